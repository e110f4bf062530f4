import { page, type Answer } from './answer';
import { hasOnlyKeys, isRecord } from './guards';
import { pathMatches } from './journal';
import type { RandomFaults } from './settings';

/** Faults that are no answer: the connection ends, stays silent, or ends in the middle of the body. */
export const CONNECTION_FAULTS = [
	'resetBeforeWrite',
	'resetAfterWrite',
	'hang',
	'hangAfterWrite',
	'cutInBody',
] as const;

/** Answers that were recorded in place of the expected one, by name. */
export const FAULT_ANSWERS = {
	emptyOk: { status: 200, headers: { 'X-Ac-Error': 'The contact could not be saved' }, contentType: null },
	htmlOk: page(200, 'Log in to ActiveCampaign'),
	brokenJson: { status: 200, text: '{"contact":{"id":', contentType: 'application/json' },
	serverError: { status: 500, body: { message: 'Internal Server Error' } },
	unavailable: { status: 503, body: { message: 'Service Unavailable' } },
	unavailableRetryAfter: {
		status: 503,
		body: { message: 'Service Unavailable' },
		headers: { 'Retry-After': '1' },
	},
	html502: page(502, '502: Bad gateway', { Server: 'cloudflare' }),
	html504: page(504, '504: Gateway time-out', { Server: 'cloudflare' }),
	html511: page(511, '511: Network authentication required', { Server: 'cloudflare' }),
	cloudflareJson: {
		status: 502,
		body: {
			title: 'Error 502: Bad gateway',
			status: 502,
			detail: 'The origin web server returned an invalid response.',
			error_name: 'origin_bad_gateway',
			cloudflare_error: true,
			retryable: true,
			retry_after: 2,
		},
		headers: { Server: 'cloudflare' },
	},
	rateLimited: { status: 429, body: { message: 'Too Many Requests' }, headers: { 'Retry-After': '1' } },
	rateLimitedSilently: { status: 429, contentType: null },
	forbidden: { status: 403, contentType: null },
	paymentRequired: { status: 402, body: { message: 'Payment required' } },
	errorsPointer: {
		status: 422,
		body: {
			errors: [
				{
					title: 'The value is not valid.',
					detail: 'Nothing was saved.',
					code: 'value_invalid',
					source: { pointer: '/data/attributes/phone' },
				},
			],
		},
	},
	errorsStatus: {
		status: 400,
		body: { errors: [{ status: 400, title: 'Bad Request', detail: 'The request was not understood.' }] },
	},
	errorsParameter: {
		status: 400,
		body: { errors: [{ title: 'Unknown parameter', source: { parameter: 'limit' } }] },
	},
	message: { status: 400, body: { message: 'The request was not understood.' } },
	errorMessageCode: {
		status: 400,
		body: { error: 'bad_request', message: 'The request was not understood.', code: 40 },
	},
	errorsString: { status: 400, body: { errors: 'The request was not understood.' } },
	emptyBody: { status: 400, contentType: null },
	htmlPage: page(400, 'Bad Request'),
} satisfies Record<string, Answer>;

export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];
export type FaultAnswerName = keyof typeof FAULT_ANSWERS;

/** An answer of one's own; with `afterWrite` the request's work is done first. */
export type AnswerFault = Answer & { afterWrite?: boolean };
export type RedirectFault = { redirect: string; status?: 301 | 302 | 303 | 307 | 308 };
export type Fault = ConnectionFault | FaultAnswerName | AnswerFault | RedirectFault;

/** Which requests a scripted fault meets: after leaving out `skip` of them, the next `times` (1). */
export interface FaultMatch {
	method?: string;
	/** Without `/api/3`. */
	path?: string | RegExp;
	/** Text the request's body holds, e.g. an address: requests that overlap come in any order. */
	bodyIncludes?: string;
	skip?: number;
	times?: number;
}

interface Rule {
	match: FaultMatch;
	fault: Fault;
	left: number;
	toSkip: number;
}

/** The canned answer a fault stands for, undefined for a connection fault. */
export function faultAnswer(fault: Fault): AnswerFault | undefined {
	if (typeof fault !== 'string') {
		if (!('redirect' in fault)) return fault;
		return { status: fault.status ?? 307, headers: { Location: fault.redirect }, contentType: null };
	}
	return isFaultAnswerName(fault) ? FAULT_ANSWERS[fault] : undefined;
}

/** The fault as the journal names it. */
export function faultName(fault: Fault): string {
	if (typeof fault === 'string') return fault;
	return 'redirect' in fault ? 'redirect' : `status ${fault.status}`;
}

function isFaultAnswerName(value: string): value is FaultAnswerName {
	return Object.hasOwn(FAULT_ANSWERS, value);
}

/** Whether a fault that came as JSON is one. */
export function isFault(value: unknown): value is Fault {
	if (typeof value === 'string')
		return isFaultAnswerName(value) || CONNECTION_FAULTS.some((name) => name === value);
	return isRecord(value) && (typeof value.status === 'number' || typeof value.redirect === 'string');
}

/** Whether a match that came as JSON is one. */
export function isFaultMatch(value: unknown): value is FaultMatch {
	return isRecord(value) && hasOnlyKeys(value, ['method', 'path', 'bodyIncludes', 'skip', 'times']);
}

const RANDOM_SERVER_ERRORS = [500, 502, 503, 504];

/** The faults a sandbox meets its requests with: first the scripted ones, then the random ones. */
export class Faults {
	private rules: Rule[] = [];

	failNext(match: FaultMatch, fault: Fault): void {
		this.rules.push({ match, fault, left: match.times ?? 1, toSkip: match.skip ?? 0 });
	}

	clear(): void {
		this.rules = [];
	}

	/** The fault for this request, undefined for none. Draws at most two random numbers. */
	pick(
		request: { method: string; path: string; text: string },
		rates: RandomFaults,
		random: () => number,
	): Fault | undefined {
		return this.scripted(request) ?? randomFault(rates, random);
	}

	private scripted({
		method,
		path,
		text,
	}: {
		method: string;
		path: string;
		text: string;
	}): Fault | undefined {
		for (const rule of this.rules) {
			const { match } = rule;
			if (rule.left <= 0 || (match.method !== undefined && match.method !== method)) continue;
			if (!pathMatches(path, match.path) || !text.includes(match.bodyIncludes ?? '')) continue;
			if (rule.toSkip-- > 0) continue;
			rule.left--;
			return rule.fault;
		}
		return undefined;
	}
}

function randomFault(rates: RandomFaults, random: () => number): Fault | undefined {
	if (Object.keys(rates).length === 0) return undefined;
	const chances: Array<[number | undefined, () => Fault]> = [
		[rates.serverErrorRate, () => randomServerError(random)],
		[rates.htmlPageRate, () => 'html502'],
		[rates.cloudflareJsonRate, () => 'cloudflareJson'],
		[rates.resetBeforeWriteRate, () => 'resetBeforeWrite'],
		[rates.resetAfterWriteRate, () => 'resetAfterWrite'],
		[rates.hangRate, () => 'hang'],
		[rates.forbiddenRate, () => 'forbidden'],
		[rates.htmlOkRate, () => 'htmlOk'],
		[rates.emptyOkRate, () => 'emptyOk'],
	];
	let drawn = random();
	for (const [chance = 0, fault] of chances) {
		if (drawn < chance) return fault();
		drawn -= chance;
	}
	return undefined;
}

function randomServerError(random: () => number): Fault {
	const status = RANDOM_SERVER_ERRORS[Math.floor(random() * RANDOM_SERVER_ERRORS.length)] ?? 500;
	return { status, body: { message: 'The server could not complete the request' } };
}
