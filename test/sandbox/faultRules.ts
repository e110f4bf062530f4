import { isFault, type Fault } from './faults';
import { hasOnlyKeys, isRecord } from '../guards';
import { pathMatches } from './journal';
import type { RandomFaults } from './settings';

/** Which requests a fault meets: all parts given must agree. */
export interface RequestMatch {
	method?: string;
	/** Without `/api/3`; a string is the whole path, an expression is searched in it. */
	path?: string | RegExp;
	/** Text in the request's body, e.g. an address: requests that overlap come in any order. */
	bodyIncludes?: string;
}

/** Which requests a scripted fault meets: after leaving out `skip` of them, the next `times` (1). */
export interface FaultMatch extends RequestMatch {
	skip?: number;
	times?: number;
}

/** A fault that lasts: it begins after `afterMs`, after `skip` matching requests, and ends by time or count, or never. */
export interface Spell {
	/** All requests when not given. */
	match?: RequestMatch & { skip?: number };
	fault: Fault;
	afterMs?: number;
	forMs?: number;
	forRequests?: number;
}

/** A request as the rules look at it; `text` is its body, `atMs` its arrival. */
export interface FaultableRequest {
	method: string;
	path: string;
	text: string;
	atMs: number;
}

interface Rule {
	match: RequestMatch;
	fault: Fault;
	left: number;
	toSkip: number;
	fromMs: number;
	untilMs: number;
}

/** Whether the request is one of those. */
export function requestMatches(
	{ method, path, text }: Pick<FaultableRequest, 'method' | 'path' | 'text'>,
	match: RequestMatch,
): boolean {
	return (
		(match.method === undefined || match.method === method) &&
		pathMatches(path, match.path) &&
		text.includes(match.bodyIncludes ?? '')
	);
}

/** Whether a match that came as JSON is one. */
export function isFaultMatch(value: unknown): value is FaultMatch {
	return isRecord(value) && hasOnlyKeys(value, ['method', 'path', 'bodyIncludes', 'skip', 'times']);
}

/** Whether a spell that came as JSON is one. */
export function isSpell(value: unknown): value is Spell {
	return (
		isRecord(value) &&
		hasOnlyKeys(value, ['match', 'fault', 'afterMs', 'forMs', 'forRequests']) &&
		isFault(value.fault) &&
		(value.match === undefined || isFaultMatch(value.match)) &&
		['afterMs', 'forMs', 'forRequests'].every((key) => ['undefined', 'number'].includes(typeof value[key]))
	);
}

const RANDOM_SERVER_ERRORS = [500, 502, 503, 504];

/** The faults a sandbox meets its requests with: first the scripted ones, in their order, then the random ones. */
export class Faults {
	private rules: Rule[] = [];

	failNext({ skip = 0, times = 1, ...match }: FaultMatch, fault: Fault): void {
		this.rules.push({ match, fault, left: times, toSkip: skip, fromMs: -Infinity, untilMs: Infinity });
	}

	/** @returns ends the spell */
	startSpell(
		{
			match: { skip = 0, ...match } = {},
			fault,
			afterMs = 0,
			forMs = Infinity,
			forRequests = Infinity,
		}: Spell,
		nowMs: number,
	): () => void {
		const fromMs = nowMs + afterMs;
		const rule = { match, fault, left: forRequests, toSkip: skip, fromMs, untilMs: fromMs + forMs };
		this.rules.push(rule);
		return () => {
			rule.left = 0;
		};
	}

	clear(): void {
		this.rules = [];
	}

	/** The fault for this request, undefined for none. Draws at most two random numbers. */
	pick(request: FaultableRequest, rates: RandomFaults, random: () => number): Fault | undefined {
		return this.scripted(request) ?? randomFault(rates, random);
	}

	private scripted(request: FaultableRequest): Fault | undefined {
		for (const rule of this.rules) {
			const isTime = request.atMs >= rule.fromMs && request.atMs < rule.untilMs;
			if (rule.left <= 0 || !isTime || !requestMatches(request, rule.match)) continue;
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
