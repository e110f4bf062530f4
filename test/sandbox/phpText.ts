/**
 * A value as text. The vendor's service is written in PHP, where an array put into a text column becomes the word
 * "Array"; null and nothing become ''.
 */
export function phpText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return value === null || value === undefined ? '' : 'Array';
}
