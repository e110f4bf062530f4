import fc from 'fast-check';
import type { GenericValue } from 'n8n-workflow';

import { FIELDS, OPTIONS } from './everyType';

/** What one row of 'Custom Fields' gives: a field by id or title, and a value. */
export interface FieldRow {
	readonly field: string;
	readonly value: GenericValue;
	/** Option values that a field of several choices must hold afterwards, where that is certain. */
	readonly means?: readonly string[];
}

const LIKELY_TEXTS = [
	'',
	' ',
	'||',
	'||r||g||',
	'a||b',
	'Red, Pink',
	'; ,',
	'=1 + 1',
	'{{ $json }}',
	'__proto__',
	'constructor',
	'1,234.50',
	'1.234',
	'€ 5',
	'2026-03-04',
	'03/04/2026',
	'2026-03-04T23:30:00+09:00',
	'x'.repeat(5_000),
	'\ud800',
	'🎉',
];

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...LIKELY_TEXTS));
const option = fc.constantFrom(...OPTIONS).chain(({ value, label }) => fc.constantFrom(value, label));

const anyValue: fc.Arbitrary<GenericValue> = fc.oneof(
	{ withCrossShrink: true },
	text,
	option,
	fc.array(fc.oneof(text, option), { maxLength: 5 }),
	fc.double(),
	fc.integer(),
	fc.boolean(),
	fc.date({ noInvalidDate: false }),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.jsonValue(),
);

/** Any value in any field. */
const anyRow: fc.Arbitrary<FieldRow> = fc.record({
	field: fc.constantFrom(...FIELDS).chain(({ id, title }) => fc.constantFrom(id, title, title.toUpperCase())),
	value: anyValue,
});

/** Some of the options in a field of several choices, in one of the ways in which they are given. */
const someOptions: fc.Arbitrary<FieldRow> = fc
	.record({
		field: fc.constantFrom(...FIELDS.filter(({ column }) => column === 'choices')),
		chosen: fc.shuffledSubarray([...OPTIONS], { minLength: 1 }),
		key: fc.constantFrom('value' as const, 'label' as const),
		write: fc.constantFrom(
			(texts: string[]): GenericValue => texts,
			(texts: string[]) => [texts, null, texts],
			...[',', ', ', ';', '\n', '\r\n', '||', ' || '].map((mark) => (texts: string[]) => texts.join(mark)),
			(texts: string[]) => `||${texts.join('||')}||`.toUpperCase(),
		),
	})
	.map(({ field, chosen, key, write }) => ({
		field: field.id,
		value: write(chosen.map((one) => one[key])),
		means: chosen.map(({ value }) => value),
	}));

/** The rows of one item: several may mean the same field. */
export const anyRows: fc.Arbitrary<FieldRow[]> = fc.oneof(
	fc.array(fc.oneof(anyRow, someOptions), { minLength: 1, maxLength: 3 }),
	fc.tuple(someOptions),
);
