import { hasNoteSince } from './notes';
import { isObject } from '../shared/json';
import { settle } from '../shared/result';
import type { RequestScope } from '../account/requestScope';
import { withLock } from '../account/withLock';
import { waitUntilVisible } from '../account/confirmWrite';

const MAX_TRIES = 4;

const UNCLEAR = { question: 'Whether the note was added', where: "the contact's notes" };
const READ_PURPOSE = { action: "read the contact's notes", permission: 'see contacts' };

/**
 * Adds a note to a contact, once at most: the API adds it again at each request, so it is looked for before a repeat.
 * @param scope what the calls are part of
 * @throws AccountFailure
 */
export async function addNote(
	scope: RequestScope,
	contactId: string,
	text: string,
): Promise<{ outcome: string }> {
	// One after the other, in their order.
	return await withLock(`${scope.account.key} note ${contactId}`, scope.signal, async () => {
		const since = Date.now();
		const isThere = async () => {
			const request = { path: `/contacts/${contactId}/notes`, purpose: READ_PURPOSE };
			return hasNoteSince(await scope.readRows(request, 'notes'), text, since);
		};
		for (let tries = 1; ; tries += 1) {
			const adding = scope.call({
				method: 'POST',
				path: '/notes',
				body: { note: { note: text, reltype: 'Subscriber', relid: Number(contactId) } },
				purpose: { action: 'add the note', permission: 'edit contacts' },
				repeatable: 'ifNotDone',
				hasData: (response) => isObject(response['note']),
			});
			const { failure } = await settle(adding);
			if (!failure) return { outcome: 'added' };
			if (!failure.details.outcomeUnknown) throw failure;
			if (await waitUntilVisible(scope.signal, failure, UNCLEAR, isThere)) return { outcome: 'added' };
			if (tries >= MAX_TRIES) throw failure;
		}
	});
}
