import { hasNoteSince } from '../../contact/steps/notes';
import { isObject } from '../../shared/json';
import { settle } from '../../shared/result';
import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { oneAtATime } from './oneAtATime';
import { comesToLight } from './unclearOutcome';

const MAX_TRIES = 4;

const UNCLEAR = { question: 'Whether the note was added', where: "the contact's notes" };
const READ_PURPOSE = { action: "read the contact's notes", permission: 'see contacts' };

/**
 * Adds a note to a contact, once at most: the API adds it again at each request, so it is looked for before a repeat.
 * @param budget what the calls are part of
 * @throws AccountFailure
 */
export async function addNote(
	account: Account,
	budget: RetryBudget,
	contactId: string,
	text: string,
): Promise<{ outcome: string }> {
	// One after the other, in their order.
	return await oneAtATime(`${account.key} note ${contactId}`, account.signal, async () => {
		const since = Date.now();
		const isThere = async () => {
			const request = { path: `/contacts/${contactId}/notes`, purpose: READ_PURPOSE };
			return hasNoteSince(await account.readRows(request, 'notes', budget), text, since);
		};
		for (let tries = 1; ; tries += 1) {
			const adding = account.call(
				{
					method: 'POST',
					path: '/notes',
					body: { note: { note: text, reltype: 'Subscriber', relid: Number(contactId) } },
					purpose: { action: 'add the note', permission: 'edit contacts' },
					repeatable: 'ifNotDone',
					hasData: (response) => isObject(response['note']),
				},
				budget,
			);
			const { failure } = await settle(adding);
			if (!failure) return { outcome: 'added' };
			if (!failure.details.outcomeUnknown) throw failure;
			if (await comesToLight(account.signal, failure, UNCLEAR, isThere)) return { outcome: 'added' };
			if (tries >= MAX_TRIES) throw failure;
		}
	});
}
