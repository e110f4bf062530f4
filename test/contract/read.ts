import { CannotTry } from './fact';
import type { Reply } from './client';
import { isRecord } from '../guards';

/* Reads what an account answered without trusting it to have any shape. */

export type Row = Record<string, unknown>;

/** What lies in parsed JSON at the end of a path of keys and indexes; undefined when there is nothing. */
export function at(value: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>((inner, key) => {
		if (Array.isArray(inner)) return inner[Number(key)];
		return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
	}, value);
}

/** The objects of a collection in a reply; none when it is not there. */
export function rowsOf(reply: Reply, key: string): Row[] {
	const rows = at(reply.body, key);
	return Array.isArray(rows) ? rows.filter(isRecord) : [];
}

/** An id or a number as text, '' for anything else. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The kind of a value, for facts about shapes. */
export function kindOf(value: unknown): string {
	if (typeof value === 'string') return /^\d+$/.test(value) ? 'digits in a string' : 'a string';
	if (value === null || value === undefined) return value === null ? 'null' : 'missing';
	return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

/** The status of a JSON reply; of any other what it is, e.g. "200 with an HTML page". */
export function outcome({ status, kind }: Reply): number | string {
	if (kind === 'no response') return kind;
	return kind === 'JSON' ? status : `${status} with ${kind}`;
}

/**
 * A value that the account gave, as it may be published: itself where it is one of those that the contract knows, else
 * only its kind, since it may be anybody's.
 */
export function known(value: unknown, ...values: unknown[]): unknown {
	return values.includes(value) || typeof value === 'boolean' ? value : kindOf(value);
}

/** One of the vendor's own words or numbers, e.g. "email_invalid", "completed" or "91"; of anything else its kind. */
export function code(value: unknown): unknown {
	return typeof value === 'string' && /^([a-z]+(_[a-z]+)+|[a-z]{1,12}|\d{1,3})$/.test(value)
		? value
		: known(value);
}

/** The code of the first error; without one, the message where it is a known one. */
export function complaint(reply: Reply, ...messages: string[]): unknown {
	const errorCode = at(reply.body, 'errors', 0, 'code');
	return errorCode === undefined ? known(at(reply.body, 'message'), ...messages) : code(errorCode);
}

/** The id of a record that a request has made. @throws CannotTry when there is none */
export function madeId(reply: Reply, record: string): string {
	const id = text(at(reply.body, record, 'id'));
	if (id === '') throw new CannotTry(`making a ${record} gave ${outcome(reply)}`);
	return id;
}
