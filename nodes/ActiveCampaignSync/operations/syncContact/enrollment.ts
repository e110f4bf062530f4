import type { Account, AccountRequest } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { pause } from '../../transport/throttle';
import { AccountFailure, LASTING } from '../../shared/failure';
import { settle, type Failure } from '../../shared/result';
import { textOf, type JsonObject } from '../../shared/json';
import { decideEnrollment, linksTo, type EnrollmentOutcome } from '../../contact/steps/contactLinks';
import { writeWhileFresh, type FreshReading } from '../shared/freshReading';
import { oneAtATime } from './oneAtATime';

/** One automation that a contact is to enter. */
export interface Enrollment {
	readonly contactId: string;
	readonly automationId: string;
	readonly automationName: string;
	/** The contact's automations. */
	readonly automations: FreshReading<readonly JsonObject[]>;
	/** What was read earlier may lack an entry, by `performance.now()`. */
	readonly readAfter?: number;
}

/** A try that may have enrolled the contact, although its response was lost. */
interface UnclearTry {
	readonly failure: Failure;
	/** Ids of the contact's entries of the automation before it. */
	readonly entriesBefore: ReadonlySet<string>;
}

/** Where each thirteenth request is disturbed in some way, one of 30,000 enrollments is given up. */
const MAX_TRIES = 4;

/** An automation's first steps may run before the account answers (milliseconds). */
const TIMEOUT_MS = 100_000;

/**
 * A gateway may give up long before the account does, which then enrolls the contact unseen. So there is no second
 * try before the contact has stayed out for 100 seconds in all; each wait is followed by a look (milliseconds).
 */
const WAITS_BEFORE_LOOKS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 40_000];

/**
 * Enrolls a contact in an automation, unless it is in it at the moment. The API enrolls again at each request, so no two
 * of them are under way at once, and none is repeated before it is certain that the one before did nothing.
 * @param budget what the calls are part of
 * @throws AccountFailure
 */
export async function enroll(
	account: Account,
	budget: RetryBudget,
	enrollment: Enrollment,
): Promise<EnrollmentOutcome> {
	const { automations, contactId, automationId, readAfter = -Infinity } = enrollment;
	const key = `${account.key} enroll ${contactId} ${automationId}`;
	return await oneAtATime(key, account.signal, async (previousEnd) => {
		for (let tries = 1; ; tries += 1) {
			const result = await writeWhileFresh(
				async () => await automations.get(Math.max(previousEnd ?? -Infinity, readAfter)),
				async (rows, notAfter) => await tryOnce(account, budget, enrollment, rows, notAfter),
			);
			if (typeof result === 'string') return result;
			if (await appears(account.signal, enrollment, result)) return 'enrolled';
			if (tries >= MAX_TRIES) throw result.failure;
		}
	});
}

/** @throws AccountFailure when the contact is certain not to have been enrolled */
async function tryOnce(
	account: Account,
	budget: RetryBudget,
	{ contactId, automationId, automationName }: Enrollment,
	rows: readonly JsonObject[],
	notAfter: number,
): Promise<EnrollmentOutcome | UnclearTry> {
	const entries = linksTo(rows, 'automation', automationId);
	const outcome = decideEnrollment(rows, automationId);
	if (outcome === 'alreadyEnrolled') return outcome;
	const request: AccountRequest = {
		method: 'POST',
		path: '/contactAutomations',
		body: { contactAutomation: { contact: contactId, automation: automationId } },
		purpose: {
			action: `enroll the contact in automation '${automationName}'`,
			permission: 'edit contacts and automations',
		},
		repeatable: 'ifNotDone',
		timeoutMs: TIMEOUT_MS,
		notAfter,
	};
	const { failure } = await settle(account.call(request, budget));
	if (!failure) return outcome;
	if (!failure.details.outcomeUnknown) throw failure;
	return { failure, entriesBefore: new Set(entries.map((row) => textOf(row['id']))) };
}

/**
 * Whether the contact turns out to be enrolled by an unclear try.
 * @throws AccountFailure when that cannot be found out
 */
async function appears(
	signal: AbortSignal | undefined,
	{ automations, automationId }: Enrollment,
	{ failure: unclear, entriesBefore }: UnclearTry,
): Promise<boolean> {
	let unseen: Failure | undefined;
	for (const waitMs of WAITS_BEFORE_LOOKS_MS) {
		await pause(waitMs, signal);
		const { value: reading, failure } = await settle(automations.get(performance.now()));
		const entries = linksTo(reading?.value ?? [], 'automation', automationId);
		if (entries.some((row) => !entriesBefore.has(textOf(row['id'])))) return true;
		unseen = failure;
		if (failure && LASTING.has(failure.kind)) break;
	}
	if (!unseen) return false;
	throw new AccountFailure(
		'unavailable',
		`${unclear.message}. Whether the contact was enrolled nevertheless could not be found out`,
		"Look at the contact's automations in ActiveCampaign before running the item again",
		unclear.details,
	);
}
