import {
	isHonorific,
	isNobody,
	isOrganization,
	isStatus,
	MAX_LENGTH,
	readHeading,
	type Meaning,
} from './headings';
import { isObject, textOf, type JsonObject } from '../shared/json';
import { plainCharacters } from '../shared/text';

/** A whole name, taken apart. */
export interface SplitName {
	/** Either may be ''. */
	readonly firstName: string;
	readonly lastName: string;
}

/** The fewest digits of a phone number. */
const MIN_DIGITS = 5;

/** "CT000007" is the number of a record, "2026-03-04 10:00" a time of consent. */
const NO_PHONE = /@|:\/\/|^\p{L}{2,}\d|^\d{4}-\d\d-\d\d(?!\d)/u;

/** People with names in these scripts write the family name first. */
const FAMILY_FIRST_SCRIPTS =
	/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\sー々]+$/u;

/** "DUPONT Marie": a family name is often in capitals, wherever it stands. */
const FAMILY_IN_CAPITALS = /^(\p{Lu}{3,}(?:[ '’-]\p{Lu}{2,})*) (\p{Lu}['’]?\p{Ll}.*)$/u;

/** Where the word for a name often asks for the family name alone. */
const FAMILY_NAME_LANGUAGES = ['fr', 'nl', 'ca', 'ro'];

/** Whether a value can be what its heading is guessed to mean. */
export function fitsMeaning(meaning: Meaning, value: unknown): boolean {
	const text = plainCharacters(plainText(value));
	switch (meaning) {
		case 'email':
			return text.includes('@');
		case 'phone':
			return !NO_PHONE.test(text) && (text.match(/\d/g) ?? []).length >= MIN_DIGITS;
		case 'birthday':
			// A date may come as an object. A day alone isn't one.
			return text === '' || /\d\D+\d|\d{5}/.test(text);
		case 'zip':
			return isPlain(value) && /\d/.test(text);
		case 'country':
			return isPlain(value) && !/\d/.test(text);
		case 'jobTitle':
			// Some lists number their rows by a "Position".
			return /\p{L}/u.test(text);
		case 'firstName':
		case 'lastName':
			return isNameLike(text);
		case 'state':
			return isPlain(value) && !isStatus(text);
		default:
			return isPlain(value);
	}
}

/** Whether a value isn't an object, which would be sent as JSON, a link, an email address, or yes or no, as in `is_company`. */
function isPlain(value: unknown): boolean {
	const text = typeof value === 'boolean' ? String(value) : textOf(value);
	return !isObject(value) && !/@|:\/\/|^(?:true|false|yes|no|0|1)$/i.test(text);
}

/**
 * A whole name split at its first blank, as ActiveCampaign's own forms do; undefined for other values, and for names that
 * would be split in the wrong place: "Lee, Ann", "Dr. Ann Lee", and "Acme Ltd".
 * @param heading where it stands: some say that the family name comes first, others often have nothing but that
 */
export function splitName(
	value: unknown,
	{ meaning, languages }: { readonly meaning?: Meaning; readonly languages: ReadonlySet<string> },
): SplitName | undefined {
	if (isObject(value)) return splitObject(value);
	const text = plainText(value).replace(/\s+/gu, ' ');
	if (text.length > MAX_LENGTH) return undefined;
	const isFamilyFirst = meaning === 'familyFirst';
	const [, family, given] = isFamilyFirst ? (/^([^,]+), ?([^,]+)$/.exec(text) ?? []) : [];
	if (family !== undefined && given !== undefined) return { firstName: given, lastName: family };
	if (!isNameLike(text) || /[,;/|]/.test(text)) return undefined;
	const [first = '', ...others] = text.split(' ');
	const rest = others.join(' ');
	if (isHonorific(first) || isNobody(text) || isOrganization(text)) return undefined;
	const hasFamilyFirst = FAMILY_FIRST_SCRIPTS.test(text);
	// Where it comes last: "山田太郎 様".
	if (hasFamilyFirst && isHonorific(others.at(-1) ?? '')) return undefined;
	const [, capitals, givenName] = FAMILY_IN_CAPITALS.exec(text) ?? [];
	if (capitals !== undefined && givenName !== undefined) {
		return { firstName: givenName, lastName: capitals };
	}
	if (!isFamilyFirst && !hasFamilyFirst) {
		const isFamilyName = rest === '' && meaning === 'name' && isOftenFamilyName(languages);
		return isFamilyName ? undefined : { firstName: first, lastName: rest };
	}
	if (rest !== '') return { firstName: rest, lastName: first };
	// A name in one piece is shown whole, as a first name; where the family name comes first, it is only that.
	return isFamilyFirst ? undefined : { firstName: first, lastName: '' };
}

/** The email address in the array or object in which some tools have it; the value itself unless there is exactly one. */
export function soleAddress(value: unknown): unknown {
	if (typeof value !== 'object') return value;
	const inner = (one: unknown): unknown[] =>
		Array.isArray(one) || isObject(one) ? Object.values(one) : [one];
	const addresses = new Set(inner(value).flatMap(inner).flatMap(inner).map(textOf).filter(isAddress));
	const [address] = addresses;
	return addresses.size === 1 ? address : value;
}

function isAddress(text: string): boolean {
	return /^\S+@\S+$/.test(text);
}

function isOftenFamilyName(languages: ReadonlySet<string>): boolean {
	return FAMILY_NAME_LANGUAGES.some((language) => languages.has(language));
}

/** `{first: 'Ann', last: 'Lee'}`, as some forms give a name. */
function splitObject(value: JsonObject): SplitName | undefined {
	const parts = new Map(
		Object.entries(value).map(([key, part]) => [readHeading(key)[0]?.meaning, textOf(part)] as const),
	);
	const firstName = parts.get('givenHalf') ?? parts.get('firstName') ?? '';
	const lastName = parts.get('familyHalf') ?? parts.get('lastName') ?? '';
	return firstName === '' && lastName === '' ? undefined : { firstName, lastName };
}

/** `order.created` and `user_signup` are names of events. */
function isNameLike(text: string): boolean {
	return /\p{L}/u.test(text) && !/[\p{N}@#=]|\p{Ll}[._]\p{Ll}/u.test(text);
}

/** The text of a value, of an object's values together: form triggers give a phone number as `{full: …}`. */
function plainText(value: unknown): string {
	return isObject(value) ? Object.values(value).map(textOf).join(' ') : textOf(value);
}
