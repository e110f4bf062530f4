import type { Fault, RunningSandbox } from '../../sandbox';
import { faultName } from '../../sandbox/faults';
import { seededRandom, shuffled } from '../../sandbox/random';

const SECOND = 1_000;

/** All temporary faults of an account, a gateway, or the network. */
export const TEMPORARY_FAULTS: readonly Fault[] = [
	'resetBeforeWrite',
	'resetAfterWrite',
	'hang',
	'hangAfterWrite',
	'cutInBody',
	'notHttp',
	'forbidden',
	'requestTimeout',
	'tooEarly',
	'rateLimited',
	'rateLimitedSilently',
	'serverError',
	'unavailable',
	'unavailableRetryAfter',
	'html502',
	'html504',
	'cloudflareJson',
	'htmlOk',
	'emptyOk',
	'noBody',
	'notJson',
	'brokenJson',
	'deepJson',
	'brokenGzip',
	'longHeaders',
	{ name: 'unavailableRetryAfter', afterWrite: true },
	{ name: 'html504', afterWrite: true },
	{ name: 'brokenJson', afterWrite: true },
	{ name: 'html504', afterWrite: true, delayMs: 30 * SECOND },
	{ delayMs: 22 * SECOND },
	{ delayMs: 22 * SECOND, afterWrite: true },
	{ trickleMs: SECOND },
	{ trickleMs: SECOND, trickleForMs: 5 * SECOND },
];

/** From and to, in milliseconds. */
export interface Span {
	min: number;
	max: number;
}

/** When the first outage begins: until then, the account works. */
const FIRST_AFTER_MS = 20 * SECOND;
const OUTAGE_MS: Span = { min: 4 * SECOND, max: 8 * SECOND };
const NO_NETWORK_MS = 60 * SECOND;

/**
 * Meets all requests with each of the faults for a while, in an order drawn with the seed, and with a dead network first.
 * @param pauseMs how long the account works in between: an item is tried for two minutes in all, whatever it meets
 * @returns the faults as the journal names them, sorted
 */
export function startOutages(sandbox: RunningSandbox, seed: number, pauseMs: Span): string[] {
	const random = seededRandom(seed);
	const draw = ({ min, max }: Span) => min + random() * (max - min);
	setTimeout(() => void sandbox.takeOffline(NO_NETWORK_MS), FIRST_AFTER_MS);
	let beginsAt = FIRST_AFTER_MS + NO_NETWORK_MS + draw(pauseMs);
	for (const fault of shuffled(TEMPORARY_FAULTS, random)) {
		const lasts = draw(OUTAGE_MS);
		sandbox.startSpell({ fault, afterMs: beginsAt, forMs: lasts });
		beginsAt += lasts + draw(pauseMs);
	}
	return distinctSorted(TEMPORARY_FAULTS.map(faultName));
}

/** The faults that requests have met, as the journal names them, sorted. */
export function faultsMet({ journal }: RunningSandbox): string[] {
	return distinctSorted(journal.entries.flatMap(({ fault }) => fault ?? []));
}

function distinctSorted(names: string[]): string[] {
	return [...new Set(names)].sort();
}
