import { invalidValueError } from '../shared/failure';
import { isBlankValue, isObject, textOf, type JsonObject } from '../shared/json';
import { plainCharacters, visibleText } from '../shared/text';
import { encodeFieldValue } from '../fields/fieldValue';
import type { ValueRules } from '../fields/kinds/kind';
import { STANDARD_TITLES, untypedField, type StandardField } from '../fields/field';
import { hasLostDigits, isNothing, withoutMarks } from '../fields/typedText';

/** What form tools and links put before a number: `p:+49…` is Facebook's. */
const PHONE_PREFIX = /^(?:p|t|m|tel|telephone|phone|mobile|mob|cell|callto|sms|whatsapp|wa):(?:\/\/)?\s*/i;

/** Where an object of a form has the whole number, the best first. */
const WHOLE_NUMBER = [
	'full',
	'international',
	'e164',
	'formatted',
	'phoneNumber',
	'value',
	'number',
	'phone',
];

/** What an object may have beside a number without it. */
const NUMBER_PREFIXES = [
	...['country', 'countryCode', 'country_code', 'dialCode', 'callingCode', 'ddi'],
	...['area', 'areaCode', 'area_code', 'ddd'],
];

/**
 * What to send as a name or a phone number: '' for nothing.
 * @throws InputError, and nothing else, for a value that cannot be one
 */
export function encodeStandardValue(field: StandardField, value: unknown, rules: ValueRules): string {
	if (isBlankValue(value)) return '';
	const isPhone = field === 'phone';
	const name = STANDARD_TITLES[field];
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	const plain = isPhone ? values.map((one) => (isObject(one) ? numberIn(one) : one)) : values;
	const odd = plain.find(isObject);
	if (odd !== undefined) {
		throw invalidValueError(
			name,
			value,
			isPhone ? 'is not a phone number' : 'is not a name',
			'Use a single value that is text, not the object that contains it',
		);
	}
	const lost = isPhone ? plain.find(hasLostDigits) : undefined;
	if (lost !== undefined) {
		throw invalidValueError(
			name,
			lost,
			'is a number of which digits are lost',
			'Format the column as text in the spreadsheet, and enter the number again',
		);
	}
	const textField = { ...untypedField(''), name, type: 'text' };
	const text = encodeFieldValue(textField, isPhone ? plain.map(phoneText) : plain, rules);
	// ActiveCampaign's screens show names without outer blanks, and so does the output.
	return visibleText(text);
}

/** A number as it is dialed, '' for words that say that there is none. */
function phoneText(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const number = withoutMarks(withoutMarks(plainCharacters(value)).replace(PHONE_PREFIX, ''));
	return isNothing(number) ? '' : number;
}

/** The number in an object of a form trigger; the object itself if it is not known where it would be. */
function numberIn(given: JsonObject): unknown {
	const parts = new Map(textParts(given));
	const key = WHOLE_NUMBER.find((one) => /\d/.test(parts.get(one) ?? ''));
	if (key === undefined) return onlyNumberIn(parts) ?? given;
	const number = parts.get(key) ?? '';
	const isWhole = ['full', 'international', 'e164', 'formatted'].includes(key) || number.startsWith('+');
	const prefixes = NUMBER_PREFIXES.map((one) => parts.get(one) ?? '').filter((text) => /^\+?\d+$/.test(text));
	return [...(isWhole ? [] : prefixes), number].join(' ');
}

/** QuickBooks has `{FreeFormNumber: …}`. */
function onlyNumberIn(parts: ReadonlyMap<string, string>): string | undefined {
	const numbers = [...parts].filter(([key, text]) => /number|phone/i.test(key) && /\d{3}/.test(text));
	return numbers.length === 1 ? numbers[0]?.[1] : undefined;
}

/** The texts in an object by their keys; none if it cannot be read. */
function textParts(given: JsonObject): Array<[string, string]> {
	try {
		return Object.entries(given).map(([key, part]) => [key, plainCharacters(textOf(part))]);
	} catch {
		return [];
	}
}
