import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { AccountFailure } from '../../shared/failure';
import { settle, type Failure } from '../../shared/result';
import { idOf, textOf, type JsonObject } from '../../shared/json';
import { pause } from '../../transport/throttle';

/** One automation that a contact shall enter. */
export interface Enrollment {
	readonly contactId: string;
	readonly automationId: string;
	readonly automationName: string;
	/** What the contact's automations were before. */
	readonly before: readonly JsonObject[];
}

/** Tries of an enrollment whose outcome stayed unclear: each after a look at the contact's automations. */
const MAX_TRIES = 3;
/** A gateway may give up before the account does: what is under way there gets this time to be seen (milliseconds). */
const WAIT_BEFORE_LOOK_MS = 1_000;

/**
 * Enrols a contact into an automation unless it is in it at the moment.
 * "A repeat may enroll twice": after an unclear outcome the contact's automations are read before anything is repeated.
 * @param budget what the calls are part of
 * @throws AccountFailure
 */
export async function enroll(
	account: Account,
	budget: RetryBudget,
	enrollment: Enrollment,
): Promise<'enrolled' | 'alreadyEnrolled'> {
	const { contactId, automationId, automationName } = enrollment;
	if (entriesOf(enrollment, enrollment.before).some(isUnderWay)) return 'alreadyEnrolled';
	const request = {
		method: 'POST',
		path: '/contactAutomations',
		body: { contactAutomation: { contact: contactId, automation: automationId } },
		purpose: {
			action: `enroll the contact into automation '${automationName}'`,
			permission: 'edit contacts and automations',
		},
		repeatable: 'ifNotDone',
	} as const;
	for (let tries = 1; ; tries += 1) {
		const { failure } = await settle(account.call(request, budget));
		if (!failure) return 'enrolled';
		if (!failure.details.outcomeUnknown) throw refusedByAutomation(failure, automationName) ?? failure;
		await pause(WAIT_BEFORE_LOOK_MS * tries, account.signal);
		if (await wasEnrolled(account, budget, enrollment, failure)) return 'enrolled';
		if (tries >= MAX_TRIES) throw failure;
	}
}

async function wasEnrolled(
	account: Account,
	budget: RetryBudget,
	enrollment: Enrollment,
	unclear: Failure,
): Promise<boolean> {
	const known = new Set(enrollment.before.map((row) => textOf(row['id'])));
	const path = `/contacts/${enrollment.contactId}/contactAutomations`;
	const purpose = { action: "read the contact's automations", permission: 'see automations' };
	const { value, failure } = await settle(account.readRows({ path, purpose }, 'contactAutomations', budget));
	if (!failure) {
		const entries = entriesOf(enrollment, value);
		return entries.some((row) => !known.has(textOf(row['id'])));
	}
	throw new AccountFailure(
		unclear.kind,
		`${unclear.message}. Whether the contact was enrolled all the same could not be found out`,
		"Look at the contact's automations in ActiveCampaign before running the item again",
		unclear.details,
	);
}

function entriesOf({ automationId }: Enrollment, rows: readonly JsonObject[]): JsonObject[] {
	return rows.filter((row) => idOf(row['automation']) === automationId);
}

/** `status` is 1 while the contact is in the automation and 2 when it is through or was taken out. */
function isUnderWay(row: JsonObject): boolean {
	return textOf(row['status']) !== '2' && textOf(row['completed']) !== '1';
}

/** 403 "Could not create SubscriberSeries" is no matter of rights: the automation itself did not take the contact. */
function refusedByAutomation({ kind, message, details }: Failure, name: string): AccountFailure | undefined {
	if (kind !== 'rejected' || !/SubscriberSeries/i.test(message)) return undefined;
	return new AccountFailure(
		'rejected',
		`The automation '${name}' did not take the contact: ActiveCampaign could not create SubscriberSeries`,
		'Check in ActiveCampaign that the automation is active and that the contact may enter it, perhaps once more',
		details,
	);
}
