import { AccountFailure, failureOf, PERMANENT, type Failure } from '../shared/failure';
import { pause } from './throttle';

/**
 * A gateway may give up long before the account does, which then still does the work. So a write is tried
 * again only after nothing has become visible for 100 seconds in all; each wait is followed by a look (milliseconds).
 */
const WAITS_BEFORE_LOOKS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 40_000];

/** Where each thirteenth request is disturbed in some way, one of 30,000 writes is given up. */
const MAX_TRIES = 4;

/** How to find out about a write whose response was lost. */
interface Confirmation<Value> {
	/** What is unclear then, e.g. "whether the contact was enrolled". */
	readonly question: string;
	/** Where a user can look, e.g. "the contact's automations". */
	readonly where: string;
	/** What the write ended in, if it is visible now; undefined if it is not. */
	readonly look: () => Promise<Value | undefined>;
}

/**
 * Makes a write that the API makes again at each request: it is looked for before a repeat.
 * @param write one try, with `repeatable: 'ifNotDone'`
 * @throws AccountFailure
 */
export async function writeOnce<Value>(
	signal: AbortSignal | undefined,
	write: () => Promise<Value>,
	confirmation: Confirmation<Value>,
): Promise<Value> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await write();
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (!failure.details.outcomeUnknown) throw failure;
			const done = await waitUntilVisible(signal, failure, confirmation);
			if (done !== undefined) return done;
			if (tries >= MAX_TRIES) throw failure;
		}
	}
}

/** @throws AccountFailure when it cannot be found out what the write ended in */
async function waitUntilVisible<Value>(
	signal: AbortSignal | undefined,
	lost: Failure,
	{ question, where, look }: Confirmation<Value>,
): Promise<Value | undefined> {
	let isUnseen = false;
	for (const waitMs of WAITS_BEFORE_LOOKS_MS) {
		await pause(waitMs, signal);
		try {
			const done = await look();
			if (done !== undefined) return done;
			isUnseen = false;
		} catch (thrown) {
			isUnseen = true;
			if (PERMANENT.has(failureOf(thrown).kind)) break;
		}
	}
	if (!isUnseen) return undefined;
	throw new AccountFailure(
		'unavailable',
		`${lost.message}. It is unclear ${question}`,
		`Look at ${where} in ActiveCampaign before running the item again`,
		lost.details,
	);
}
