/** An object of unknown contents, as it comes out of JSON. */
export type Json = Record<string, unknown>;

/** Whether the value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one for anything else. */
export function asObject(value: unknown): Json {
	return isRecord(value) ? value : {};
}

/** The array itself, or an empty one for anything else. */
export function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A string or number as a string; anything else as the empty string. */
export function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Follows keys into nested objects; undefined where the way ends. */
export function at(value: unknown, ...keys: Array<string | number>): unknown {
	let here = value;
	for (const key of keys) {
		if (Array.isArray(here) && typeof key === 'number') here = here[key];
		else here = asObject(here)[String(key)];
	}
	return here;
}

/** The `code` of a Node.js system fault (`ENOENT`, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
	const code = at(error, 'code');
	return typeof code === 'string' ? code : undefined;
}

/** Whether every key of the value is one of the known ones, so that a misspelled one is reported and not ignored. */
export function hasOnlyKeys(value: Record<string, unknown>, known: readonly string[]): boolean {
	return Object.keys(value).every((key) => known.includes(key));
}

/** Whether there is a value, for filters. */
export function isPresent<T>(value: T | undefined): value is T {
	return value !== undefined;
}
