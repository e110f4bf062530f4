import type { ApiResponse } from './apiResponse';
import { FAULT_RESPONSES, UNREADABLE_RESPONSES } from './faultResponses';
import { hasOnlyKeys, isRecord } from '../guards';

/** Faults that are not a response: the connection ends, stays silent, or ends in the middle of the body. */
export const CONNECTION_FAULTS = [
	'resetBeforeWrite',
	'resetAfterWrite',
	'hang',
	'hangAfterWrite',
	'cutInBody',
] as const;

export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];
export type FaultResponseName = keyof typeof FAULT_RESPONSES;
/** `notHttp` sends bytes that are not HTTP and ends the connection. */
export type FaultName = ConnectionFault | FaultResponseName | keyof typeof UNREADABLE_RESPONSES | 'notHttp';

/** When the request's work is done, and when and how fast the client gets the response. */
export interface Timing {
	/** Does the request's work at once. Without it the account's own response comes with the work, any other without. */
	afterWrite?: boolean;
	/** The response goes out so much later, the work of its own response included, even for a client that has left. */
	delayMs?: number;
	/** Sends the headers, then a blank every so many ms … */
	trickleMs?: number;
	/** … for so long until the body follows; for ever when not given. */
	trickleForMs?: number;
}

/** A response of one's own. */
export type ResponseFault = ApiResponse & Timing;
export type RedirectFault = Timing & { redirect: string; status?: 301 | 302 | 303 | 307 | 308 };
/** A named fault with a timing of its own, e.g. `{ name: 'unavailableRetryAfter', afterWrite: true }`. */
export type NamedFault = Timing & { name: FaultName };
/** A body that is that large once unpacked, JSON, and a thousandth of it on the wire. */
export type GzipBombFault = Timing & { gzipBombBytes: number };
/** The account's own response, whole and right, with so many blanks after it that it is that large on the wire. */
export type PaddedFault = Timing & { paddedToBytes: number };
/** The account's own response, late or slow, e.g. `{ afterWrite: true, delayMs: 22_000 }`. */
export type SlowFault = Timing & ({ delayMs: number } | { trickleMs: number });
export type Fault =
	FaultName | ResponseFault | RedirectFault | NamedFault | GzipBombFault | PaddedFault | SlowFault;

/** What the client gets. */
export type Delivery =
	| { kind: 'ownResponse' | 'halfOfOwnResponse' | 'reset' | 'silence' | 'notHttp' }
	| { kind: 'response'; response: ApiResponse }
	| { kind: 'gzipBomb'; bytes: number }
	| { kind: 'paddedResponse'; bytes: number };

/** What a fault does. */
export type FaultPlan = Timing & { delivery: Delivery };

const PLAN_BY_NAME = new Map<string, FaultPlan>([
	...Object.entries({ ...FAULT_RESPONSES, ...UNREADABLE_RESPONSES }).map(
		([name, response]): [string, FaultPlan] => [name, { delivery: { kind: 'response', response } }],
	),
	['resetBeforeWrite', { delivery: { kind: 'reset' } }],
	['resetAfterWrite', { delivery: { kind: 'reset' }, afterWrite: true }],
	['hang', { delivery: { kind: 'silence' } }],
	['hangAfterWrite', { delivery: { kind: 'silence' }, afterWrite: true }],
	['cutInBody', { delivery: { kind: 'halfOfOwnResponse' } }],
	['notHttp', { delivery: { kind: 'notHttp' } }],
]);

/** What a fault does, step by step. @throws Error for a name there is not */
export function planFault(fault: Fault): FaultPlan {
	if (typeof fault === 'string') {
		const plan = PLAN_BY_NAME.get(fault);
		if (!plan) throw new Error(`The sandbox has no fault "${fault}"`);
		return plan;
	}
	const timing = timingOf(fault);
	if ('name' in fault) return { ...planFault(fault.name), ...timing };
	if ('gzipBombBytes' in fault)
		return { ...timing, delivery: { kind: 'gzipBomb', bytes: fault.gzipBombBytes } };
	if ('paddedToBytes' in fault)
		return { ...timing, delivery: { kind: 'paddedResponse', bytes: fault.paddedToBytes } };
	if ('redirect' in fault) {
		const response = {
			status: fault.status ?? 307,
			headers: { Location: fault.redirect },
			contentType: null,
		};
		return { ...timing, delivery: { kind: 'response', response } };
	}
	if ('status' in fault) return { ...timing, delivery: { kind: 'response', response: fault } };
	return { ...timing, delivery: { kind: 'ownResponse' } };
}

function timingOf(fault: Timing): Timing {
	const { afterWrite, delayMs, trickleMs, trickleForMs } = fault;
	return {
		...(afterWrite === undefined ? {} : { afterWrite }),
		...{ delayMs, trickleMs, trickleForMs },
	};
}

/** The fault as the journal names it. */
export function faultName(fault: Fault): string {
	if (typeof fault === 'string') return fault;
	if ('name' in fault) return fault.name;
	if ('gzipBombBytes' in fault) return 'gzipBomb';
	if ('paddedToBytes' in fault) return 'padded';
	if ('redirect' in fault) return 'redirect';
	return 'status' in fault ? `status ${fault.status}` : 'slow';
}

const NUMBERS_OF_A_FAULT = [
	'status',
	'delayMs',
	'trickleMs',
	'trickleForMs',
	'gzipBombBytes',
	'paddedToBytes',
];
const KEYS_OF_A_FAULT = [
	...NUMBERS_OF_A_FAULT,
	...['name', 'redirect', 'afterWrite', 'body', 'text', 'headers', 'contentType'],
];

/** Whether a fault that came as JSON is one. */
export function isFault(value: unknown): value is Fault {
	if (typeof value === 'string') return PLAN_BY_NAME.has(value);
	return (
		isRecord(value) &&
		hasOnlyKeys(value, KEYS_OF_A_FAULT) &&
		NUMBERS_OF_A_FAULT.every((key) => value[key] === undefined || typeof value[key] === 'number') &&
		(value.name === undefined || (typeof value.name === 'string' && PLAN_BY_NAME.has(value.name))) &&
		['status', 'redirect', 'name', 'gzipBombBytes', 'paddedToBytes', 'delayMs', 'trickleMs'].some(
			(key) => key in value,
		)
	);
}
