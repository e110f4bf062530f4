import { visibleText } from './text';

/** Guards for what comes over the border: nothing that an account returns is trusted to have a shape. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** A longer text is hardly one in which nothing is seen. */
const MAX_INVISIBLE = 100;

/** Whether a value is an object with keys, so neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of an array; an empty list for anything else. */
export function objectsIn(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Ids and numbers come as strings from most endpoints and as numbers from some: both as a trimmed string, else ''. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/**
 * The id of a record, as digits without leading zeros: "0401" in a sheet means the list 401. '' for anything else, since
 * ids become parts of paths, where other characters could lead elsewhere.
 */
export function idOf(value: unknown): string {
	const text = textOf(value);
	return /^\d{1,20}$/.test(text) ? text.replace(/^0+(?=\d)/, '') : '';
}

/** The values of a JSON array in a text, which is how AI agents and sheets give several; undefined for other text. */
export function jsonArrayIn(text: string): readonly unknown[] | undefined {
	if (!text.trimStart().startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Whether a value is blank, as of a question without an answer: undefined, null, a text in which nothing is seen, an empty array
 * or an array of such, and an object of such, as forms have for a question with several inputs. 0, false, NaN and `{}` are
 * values, if perhaps not ones that the field can take.
 */
export function isBlankValue(value: unknown): boolean {
	try {
		const parts = isObject(value) ? Object.values(value) : [];
		if (parts.length > 0) return parts.every(isBlank);
		return Array.isArray(value) ? value.flat(Infinity).every(isBlank) : isBlank(value);
	} catch {
		// An array within itself, or one made to throw.
		return false;
	}
}

function isBlank(value: unknown): boolean {
	if (typeof value !== 'string') return value === undefined || value === null;
	return value.trim() === '' || (value.length <= MAX_INVISIBLE && visibleText(value) === '');
}
