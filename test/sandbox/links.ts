/** Where links point to; the vendor's own examples have the account's address here. No client follows them. */
const BASE = 'https://sandbox.api-us1.com/api/3';

/** The `links` of a record: its path below `/api/3` and the names of what hangs on it. */
export function links(path: string, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, `${BASE}/${path}/${name}`]));
}
