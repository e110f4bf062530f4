import type { IDataObject } from 'n8n-workflow';

import { shownReference } from '../../input/contactReference';
import type { ContactReference } from '../../input/contactTarget';
import { STANDARD_FIELDS } from '../../fields/standardFields';
import { once } from '../../shared/memo';
import { textOf, type JsonObject } from '../../shared/json';
import { settle } from '../../shared/result';
import type { Account } from '../../account/account';
import type { RequestScope } from '../../account/requestScope';
import { readByEmail, readById } from '../../account/foundContact';
import { rowId } from '../../account/contactRows';
import { writeIfFresh } from '../../account/cachedRead';

const DELETE_PURPOSE = { action: 'delete the contact', permission: 'delete contacts' };

type Deletion = 'deleted' | 'notFound';

/** What became of a contact that was to be deleted, as it stands in an item. */
export interface DeletionResult {
	readonly action: Deletion | 'wouldDelete';
	readonly json: IDataObject;
}

/** Deletes the contacts of a run, each once, however many items mean it. */
export class ContactDeletion {
	private readonly deletions = new Map<string, Promise<Deletion>>();

	constructor(readonly account: Account) {}

	/**
	 * Deletes a contact. One that the account does not have is not a failure.
	 * @throws AccountFailure
	 */
	async delete(scope: RequestScope, reference: ContactReference): Promise<DeletionResult> {
		if (reference.by === 'id') {
			const action = await this.deleteById(reference.id, scope);
			return { action, json: { action, id: reference.id } };
		}
		// Whose ID was found may have another address a while later, so it is found again then.
		let perhapsDeleted: { id: string; email: string } | undefined;
		return await writeIfFresh(
			async () => await readByEmail(scope, reference.email, []),
			async (found, notAfter) => {
				if (!found) {
					const action = perhapsDeleted ? 'deleted' : 'notFound';
					return { action, json: { action, ...(perhapsDeleted ?? shownReference(reference)) } };
				}
				const who = { id: rowId(found.row), email: textOf(found.row['email']) };
				const { value: action, failure } = await settle(this.deleteById(who.id, scope, notAfter));
				if (!failure) return { action, json: { action, ...who } };
				if (failure.details.outcomeUnknown) perhapsDeleted = who;
				throw failure;
			},
		);
	}

	/** Who would be deleted; only reads the account. @throws AccountFailure */
	async show(scope: RequestScope, reference: ContactReference): Promise<DeletionResult> {
		const row = await this.find(scope, reference);
		if (!row) return { action: 'notFound', json: { action: 'notFound', ...shownReference(reference) } };
		const names = STANDARD_FIELDS.map((field) => [field, textOf(row[field])] as const);
		const who = { id: rowId(row), email: textOf(row['email']), ...Object.fromEntries<string>(names) };
		return { action: 'wouldDelete', json: { action: 'wouldDelete', ...who } };
	}

	private async deleteById(id: string, scope: RequestScope, notAfter?: number): Promise<Deletion> {
		return await once(this.deletions, id, async () => {
			const { failure } = await settle(
				scope.call({
					method: 'DELETE',
					path: `/contacts/${id}`,
					purpose: DELETE_PURPOSE,
					notAfter,
					isEssential: true,
				}),
			);
			if (!failure) return 'deleted';
			if (failure.kind !== 'notFound') throw failure;
			// Gone by an earlier try of this call whose response was lost, or else before.
			return failure.details.outcomeUnknown ? 'deleted' : 'notFound';
		});
	}

	private async find(scope: RequestScope, reference: ContactReference): Promise<JsonObject | undefined> {
		if (reference.by === 'email') {
			return (await readByEmail(scope, reference.email, [])).value?.row;
		}
		const { value: reading, failure } = await settle(readById(scope, reference.id, []));
		if (failure && failure.kind !== 'notFound') throw failure;
		return reading?.value.row;
	}
}
