import type { GenericValue } from 'n8n-workflow';

import { FIELDS, type Column, type TypedField } from './everyType';

/** Two values that a field takes, with what the account then stores. */
type Samples = readonly [Sample, Sample];
export interface Sample {
	readonly given: GenericValue;
	readonly stored: string;
}

/** Given in Berlin, stored in Chicago. */
const SAMPLES: Readonly<Record<Column, Samples>> = {
	text: [
		{ given: 'Hello, 🌍', stored: 'Hello, 🌍' },
		{ given: ['a', false, 7], stored: 'a, false, 7' },
	],
	date: [
		// What the date picker of a column gives.
		{ given: '2026-03-04T00:00:00', stored: '2026-03-04' },
		{ given: new Date('2026-03-04T23:30:00Z'), stored: '2026-03-05' },
	],
	dateTime: [
		{ given: '2026-03-04T10:00:00', stored: '2026-03-04T03:00:00-06:00' },
		{ given: '2026-03-04T23:30:00Z', stored: '2026-03-04T17:30:00-06:00' },
	],
	number: [
		{ given: '1.234,50', stored: '1234.5' },
		{ given: 0, stored: '0' },
	],
	choice: [
		{ given: 'Green', stored: 'g' },
		{ given: ['A, or B'], stored: 'ab' },
	],
	choices: [
		{ given: ['Green', 'Red'], stored: '||r||g||' },
		{ given: 'A, or B; red', stored: '||r||ab||' },
	],
};

/** A sample for every field, of the first or the second kind. */
export function samplesOf(kind: 0 | 1): Array<readonly [TypedField, Sample]> {
	return FIELDS.map((field) => [field, SAMPLES[field.column][kind]]);
}

/** What the contact's fields hold once the samples have been stored. */
export function storedSamples(kind: 0 | 1): Map<string, string> {
	return new Map(samplesOf(kind).map(([{ id }, { stored }]) => [id, stored]));
}
