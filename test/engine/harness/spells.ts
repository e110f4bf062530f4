import type { Fault, RunningSandbox } from '../../sandbox';
import { faultName } from '../../sandbox/faults';
import { seededRandom, shuffled } from '../../sandbox/random';

const SECOND = 1_000;

/** Everything an account, a gateway or the network does for a while, and that then passes. */
export const PASSING_FAULTS: readonly Fault[] = [
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
	{ gzipBombBytes: 20_000_000 },
];

/** When the first spell begins: until then, the account is well. */
const FIRST_AFTER_MS = 20 * SECOND;
const SPELL_MS = { min: 4 * SECOND, max: 8 * SECOND };
/** How long the account is well in between: an item is tried for two minutes in all, whatever it meets. */
const PAUSE_MS = { min: 30 * SECOND, max: 45 * SECOND };
const NO_NETWORK_MS = 60 * SECOND;

/**
 * Meets all requests with each of the faults for a while, in an order drawn with the seed, and with a dead network first.
 * @returns the faults as the journal names them, sorted
 */
export function startSpells(sandbox: RunningSandbox, seed: number, faults = PASSING_FAULTS): string[] {
	const random = seededRandom(seed);
	const draw = ({ min, max }: { min: number; max: number }) => min + random() * (max - min);
	setTimeout(() => void sandbox.takeOffline(NO_NETWORK_MS), FIRST_AFTER_MS);
	let beginsAt = FIRST_AFTER_MS + NO_NETWORK_MS + draw(PAUSE_MS);
	for (const fault of shuffled(faults, random)) {
		const lasts = draw(SPELL_MS);
		sandbox.startSpell({ fault, afterMs: beginsAt, forMs: lasts });
		beginsAt += lasts + draw(PAUSE_MS);
	}
	return distinctSorted(faults.map(faultName));
}

/** The faults that requests have met, as the journal names them, sorted. */
export function faultsMet({ journal }: RunningSandbox): string[] {
	return distinctSorted(journal.entries.flatMap(({ fault }) => fault ?? []));
}

function distinctSorted(names: string[]): string[] {
	return [...new Set(names)].sort();
}
