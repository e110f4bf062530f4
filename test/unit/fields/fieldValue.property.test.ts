import fc from 'fast-check';
import type { CustomField } from '../../../nodes/ActiveCampaignSync/fields/field';
import { encodeFieldValue } from '../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { isBlankValue } from '../../../nodes/ActiveCampaignSync/shared/json';
import { storedChoices } from '../../../nodes/ActiveCampaignSync/fields/kinds/choices';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { anyValue, text } from '../input/anyValues';
import { FIELD_TYPES } from '../../sandbox/catalog';
import { customField, rulesFor } from './customFields';

const TYPES = [...FIELD_TYPES, 'new'];

const anyField: fc.Arbitrary<CustomField> = fc
	.record({
		type: fc.constantFrom(...TYPES),
		title: text,
		options: fc.array(fc.record({ value: text, label: text }), { maxLength: 6 }),
	})
	.map(({ type, title, options }) => customField(type, [], { title, options }));

const zone = fc.oneof(
	fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'),
	fc.string(),
);

/** The encoded value, or the message; anything else that is thrown makes the test fail. */
const attempt = (field: CustomField, value: unknown, timeZone: string): string | InputError => {
	try {
		return encodeFieldValue(field, value, rulesFor(timeZone));
	} catch (thrown) {
		if (thrown instanceof InputError) return thrown;
		throw thrown;
	}
};

describe('whatever goes in', () => {
	it('the encoded value is a text, or an input error is thrown', () => {
		fc.assert(
			fc.property(anyField, anyValue, zone, (field, value, timeZone) => {
				const outcome = attempt(field, value, timeZone);
				if (outcome instanceof InputError) {
					expect(outcome.message.length).toBeLessThan(400);
					expect(outcome.message + outcome.description).not.toMatch(/[\p{Cc}\p{Cs}]/u);
					expect(outcome.description).not.toBe('');
				} else {
					expect(typeof outcome).toBe('string');
				}
				if (isBlankValue(value)) expect(outcome).toBe('');
			}),
			{ numRuns: 2_000 },
		);
	});

	it('dates, times and numbers have the form that ActiveCampaign takes', () => {
		const likely = fc.oneof(
			anyValue,
			fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
			fc
				.tuple(fc.nat(9999), fc.nat(15), fc.nat(35))
				.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-')),
			fc.double().map(String),
		);
		const forms = new Map([
			['date', /^$|^\d{4}-\d\d-\d\d$/],
			['datetime', /^$|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/],
			['number', /^$|^-?\d+(\.\d+)?$/],
		]);
		fc.assert(
			fc.property(fc.constantFrom(...forms), likely, zone, ([type, form], value, timeZone) => {
				const outcome = attempt(customField(type), value, timeZone);
				if (typeof outcome === 'string') expect(outcome).toMatch(form);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('what is sent for a choice is the value of one of the options', () => {
		fc.assert(
			fc.property(anyField, anyValue, (field, value) => {
				const outcome = attempt({ ...field, type: 'dropdown' }, value, 'UTC');
				if (typeof outcome === 'string' && outcome !== '' && field.options.length > 0) {
					expect(field.options.map((option) => option.value)).toContain(outcome);
				}
			}),
		);
	});
});

describe('several choices', () => {
	const sound = fc
		.string({ minLength: 1 })
		.filter((value) => value.trim() !== '' && !value.includes('||') && !/^\||\|$/.test(value));
	const field = fc
		.uniqueArray(sound, {
			minLength: 1,
			maxLength: 8,
			selector: (value) => value.trim().normalize('NFC').toLowerCase(),
		})
		.map((options) => customField('checkbox', options));
	const withChosen = field.chain((of) =>
		fc.tuple(fc.constant(of), fc.subarray(of.options.map(({ value }) => value)), fc.boolean()),
	);

	it('parse back to the same set, in the order of the options, each once', () => {
		fc.assert(
			fc.property(withChosen, ([of, chosen, twice]) => {
				const given = twice ? [...chosen, ...chosen].reverse() : chosen;
				expect(storedChoices(encodeFieldValue(of, given, rulesFor('UTC')))).toEqual(chosen);
			}),
		);
	});

	it('parse back to the same set from what was stored', () => {
		fc.assert(
			fc.property(withChosen, ([of, chosen]) => {
				const stored = encodeFieldValue(of, chosen, rulesFor('UTC'));
				expect(encodeFieldValue(of, stored, rulesFor('UTC'))).toBe(stored);
			}),
		);
	});

	it('parse back to the same set where the account lists no options', () => {
		const pieces = fc.uniqueArray(
			sound
				.filter((value) => !/[;,\r\n]/.test(value))
				.map((value) => value.trim())
				.filter((value) => !/^\||\|$/.test(value))
				// A text such as `[]` or `["a"]` is a JSON array of choices, not a choice.
				.filter((value) => !/^\[.*\]$/s.test(value)),
		);
		fc.assert(
			fc.property(pieces, (chosen) => {
				const free = customField('listbox');
				expect(storedChoices(encodeFieldValue(free, chosen, rulesFor('UTC')))).toEqual(chosen);
			}),
		);
	});

	it('parse back to options only, whatever goes in', () => {
		fc.assert(
			fc.property(anyField, anyValue, (any, value) => {
				const of = { ...any, type: 'checkbox' };
				const outcome = attempt(of, value, 'UTC');
				if (typeof outcome !== 'string' || of.options.length === 0) return;
				const decoded = storedChoices(outcome);
				const values = of.options.map((option) => option.value);
				for (const value of decoded) expect(values).toContain(value);
				expect(new Set(decoded).size).toBe(decoded.length);
			}),
			{ numRuns: 1_000 },
		);
	});
});
