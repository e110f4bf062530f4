import type { Account } from '../account/account';
import type { StepResult } from './stepResults';
import { REMEMBER_IDS_MS, TtlCache } from '../shared/ttlCache';

/** Automations that subscribing a new contact to a list did not start, by account, list and automation. */
const notStarted = new TtlCache<true>(REMEMBER_IDS_MS, 10_000);

/** The outcomes of a list step that has, or may have, subscribed a contact. */
const MAY_START: ReadonlySet<string> = new Set(['subscribed', 'resubscribed', 'failed']);

/** Whether the automation may be one that a subscription to the list starts: the API does not say which do. */
export function mayStart(account: Account, listId: string, automationId: string): boolean {
	return notStarted.get(keyOf(account, listId, automationId)) === undefined;
}

/** Notes that a new contact had not entered the automation once it was subscribed to the list. */
export function noteNotStarted(account: Account, listId: string, automationId: string): void {
	notStarted.set(keyOf(account, listId, automationId), true);
}

/** Whether list steps have, or may have, made the contact a subscriber, so that automations start. */
export function hasSubscribed(listResults: readonly StepResult[]): boolean {
	return listResults.some(({ outcome }) => MAY_START.has(outcome));
}

function keyOf(account: Account, listId: string, automationId: string): string {
	return `${account.key} ${listId} ${automationId}`;
}
