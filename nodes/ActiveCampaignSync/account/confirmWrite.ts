import { AccountFailure, PERMANENT, type Failure } from '../shared/failure';
import { settle } from '../shared/result';
import { pause } from './throttle';

/**
 * A gateway may give up long before the account does, which then does the work unseen. So there is no second try
 * before nothing has come to light for 100 seconds in all; each wait is followed by a look (milliseconds).
 */
const WAITS_BEFORE_LOOKS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 40_000];

/** What a user can do when it cannot be found out whether a try has worked. */
interface Unclear {
	/** e.g. "Whether the contact was enrolled" */
	readonly question: string;
	/** e.g. "the contact's automations" */
	readonly where: string;
}

/**
 * Whether the work of a try whose response was lost comes to light.
 * @param unclear why the try is unclear
 * @param look whether the work is visible by now
 * @throws AccountFailure when that cannot be found out
 */
export async function waitUntilVisible(
	signal: AbortSignal | undefined,
	unclear: Failure,
	{ question, where }: Unclear,
	look: () => Promise<boolean>,
): Promise<boolean> {
	let unseen: Failure | undefined;
	for (const waitMs of WAITS_BEFORE_LOOKS_MS) {
		await pause(waitMs, signal);
		const { value: isDone, failure } = await settle(look());
		if (isDone) return true;
		unseen = failure;
		if (failure && PERMANENT.has(failure.kind)) break;
	}
	if (!unseen) return false;
	throw new AccountFailure(
		'unavailable',
		`${unclear.message}. ${question} anyway is not known`,
		`Look at ${where} in ActiveCampaign before running the item again`,
		unclear.details,
	);
}
