import type { RunningSandbox } from '../../sandbox';
import { isRecord } from '../../guards';
import { parseJson } from '../../sandbox/wire';

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed JSON, undefined for an empty body. */
	body: unknown;
}

/** Sends one API request, with the account's own token where none is given. */
export async function call(
	sandbox: Pick<RunningSandbox, 'url' | 'token'>,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const response = await fetch(`${sandbox.url}/api/3${path}`, {
		method,
		redirect: 'manual',
		headers: { 'Api-Token': sandbox.token, 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parseJson(text) };
}

/** Syncs one contact. */
export function sync(
	sandbox: Pick<RunningSandbox, 'url' | 'token'>,
	contact: Record<string, unknown>,
): Promise<Reply> {
	return call(sandbox, 'POST', '/contact/sync', { contact });
}

/** What lies in parsed JSON at the end of a path of keys and indexes, undefined when there is nothing. */
export function at(value: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>((inner, key) => {
		if (Array.isArray(inner)) return inner[Number(key)];
		return isRecord(inner) ? inner[key] : undefined;
	}, value);
}

/** The records of a response by one of their keys, e.g. `column(body, 'fields', 'id')`. */
export function column(body: unknown, records: string, key: string): unknown[] {
	const rows = at(body, records);
	return Array.isArray(rows) ? rows.map((row) => at(row, key)) : [];
}
