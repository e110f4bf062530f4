/** What stands where a token stood. */
const INSTEAD = '[API token]';

/** A shorter text cannot be a token (real ones have 72 digits), and may be part of any word. */
const MIN_TOKEN_LENGTH = 8;

/**
 * A value of JSON without the token: a server that echoes the request must not bring it into messages or output.
 * What does not contain it is returned as it is.
 * @param token as it is sent, so without blanks around it
 */
export function withoutToken(value: unknown, token: string): unknown {
	return token.length < MIN_TOKEN_LENGTH ? value : replaced(value, token);
}

function replaced(value: unknown, token: string): unknown {
	if (typeof value === 'string') return value.includes(token) ? value.replaceAll(token, INSTEAD) : value;
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const entries: unknown[] = value.map((entry) => replaced(entry, token));
		return entries.some((entry, index) => entry !== value[index]) ? entries : value;
	}
	const before = Object.entries(value);
	const after = before.map(([key, entry]): [string, unknown] => [
		key.includes(token) ? key.replaceAll(token, INSTEAD) : key,
		replaced(entry, token),
	]);
	const isChanged = after.some(
		([key, entry], index) => key !== before[index]?.[0] || entry !== before[index][1],
	);
	return isChanged ? Object.fromEntries(after) : value;
}
