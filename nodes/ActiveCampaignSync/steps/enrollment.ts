import type { Account, AccountRequest } from '../account/account';
import type { RequestScope } from '../account/requestScope';
import type { Failure } from '../shared/failure';
import { settle } from '../shared/result';
import { textOf, type JsonObject } from '../shared/json';
import { decideEnrollment, linksTo, type EnrollmentOutcome } from './contactLinks';
import { writeIfFresh, type CachedRead } from '../account/cachedRead';
import { rowId } from '../account/contactRows';
import { withLock } from '../account/withLock';
import { waitUntilVisible } from '../account/confirmWrite';

/** One automation that a contact is to enter or to leave. */
export interface Enrollment {
	readonly contactId: string;
	readonly automationId: string;
	readonly automationName: string;
	/** The contact's automations. */
	readonly automations: CachedRead<readonly JsonObject[]>;
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

/** An automation's first steps may run before the account responds (milliseconds). */
const TIMEOUT_MS = 100_000;

/**
 * Enrolls a contact in an automation, unless it is in it at the moment. The API enrolls again at each request, so no two
 * of them are under way at once, and none is repeated before it is certain that the one before did nothing.
 * @param scope what the calls are part of
 * @throws AccountFailure
 */
export async function enroll(scope: RequestScope, enrollment: Enrollment): Promise<EnrollmentOutcome> {
	const { automations, readAfter = -Infinity } = enrollment;
	return await withLock(keyOf(scope.account, enrollment), scope.signal, async (previousEnd) => {
		for (let tries = 1; ; tries += 1) {
			const result = await writeIfFresh(
				async () => await automations.get(Math.max(previousEnd ?? -Infinity, readAfter)),
				async (rows, notAfter) => await tryOnce(scope, enrollment, rows, notAfter),
			);
			if (typeof result === 'string') return result;
			if (await showsNewEntry(scope.signal, enrollment, result)) return 'enrolled';
			if (tries >= MAX_TRIES) throw result.failure;
		}
	});
}

/** @throws AccountFailure when the contact is certain not to have been enrolled */
async function tryOnce(
	scope: RequestScope,
	{ contactId, automationId, automationName }: Enrollment,
	rows: readonly JsonObject[],
	notAfter: number,
): Promise<EnrollmentOutcome | UnclearTry> {
	const entries = linksTo(rows, 'automation', automationId);
	const { outcome } = decideEnrollment('enroll', rows, automationId);
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
	const { failure } = await settle(scope.call(request));
	if (!failure) return outcome;
	if (!failure.details.outcomeUnknown) throw failure;
	return { failure, entriesBefore: new Set(entries.map((row) => textOf(row['id']))) };
}

/**
 * Whether the contact turns out to be enrolled by an unclear try.
 * @throws AccountFailure when that cannot be found out
 */
async function showsNewEntry(
	signal: AbortSignal | undefined,
	{ automations, automationId }: Enrollment,
	{ failure, entriesBefore }: UnclearTry,
): Promise<boolean> {
	const unclear = { question: 'Whether the contact was enrolled', where: "the contact's automations" };
	return await waitUntilVisible(signal, failure, unclear, async () => {
		const { value: rows } = await automations.get(performance.now());
		const entries = linksTo(rows, 'automation', automationId);
		return entries.some((row) => !entriesBefore.has(textOf(row['id'])));
	});
}

/**
 * Takes a contact out of an automation: every entry of it that is under way. An entry has an id of its own, so that a
 * deletion that is repeated or late removes nothing else.
 * @param scope what the calls are part of
 * @throws AccountFailure
 */
export async function leave(scope: RequestScope, enrollment: Enrollment): Promise<EnrollmentOutcome> {
	const { automations, automationId, automationName, readAfter = -Infinity } = enrollment;
	return await withLock(keyOf(scope.account, enrollment), scope.signal, async (previousEnd) => {
		const { value: rows } = await automations.get(Math.max(previousEnd ?? -Infinity, readAfter));
		const { outcome, entries } = decideEnrollment('remove', rows, automationId);
		const purpose = {
			action: `remove the contact from automation '${automationName}'`,
			permission: 'edit contacts and automations',
		};
		const remove = async (row: JsonObject) => {
			const { failure } = await settle(scope.remove(`/contactAutomations/${rowId(row)}`, purpose));
			// Instead of 404: 403 "No Result found for SubscriberSeries".
			if (failure && !(failure.details.httpCode === '403' && /No Result found/i.test(failure.message))) {
				throw failure;
			}
		};
		await Promise.all(entries.map(remove));
		return outcome;
	});
}

/** Enrolling a contact in an automation and removing it from there follow each other, in all executions of this process. */
function keyOf(account: Account, { contactId, automationId }: Enrollment): string {
	return `${account.key} enroll ${contactId} ${automationId}`;
}
