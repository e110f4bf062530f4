/** Whether the value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether every key of the value is one of the known ones, so that a misspelt one is told and not ignored. */
export function hasOnlyKeys(value: Record<string, unknown>, known: readonly string[]): boolean {
	return Object.keys(value).every((key) => known.includes(key));
}

/**
 * A value as text. The vendor's service is written in PHP, where an array put into a text column becomes the word
 * "Array"; null and nothing become ''.
 */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return value === null || value === undefined ? '' : 'Array';
}

export function isPresent<T>(value: T | undefined): value is T {
	return value !== undefined;
}
