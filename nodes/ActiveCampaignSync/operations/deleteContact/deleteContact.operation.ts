import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { addShortHint } from '../../run/hints';
import { toFailure, type ItemOutcome } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { OPTIONS } from '../../run/options';
import { readReferences } from '../../run/readReferences';
import { textOf } from '../../shared/json';
import type { Account } from '../../account/account';
import { writeIfFresh } from '../../account/cachedRead';
import { ContactReads, rowId } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import { shownReference, type ContactReference } from '../../input/contactReference';
import { STANDARD_FIELDS } from '../../fields/field';
import { failureOf } from '../../shared/failure';
import { Memo } from '../../shared/memo';

export const operation: INodePropertyOptions = {
	name: 'Delete Contact',
	value: 'deleteContact',
	action: 'Delete a contact',
	description:
		'Delete a contact with its custom fields and history. An ActiveCampaign admin can restore it within 30 days.',
};

export const description: INodeProperties[] = [
	{
		displayName:
			"Deletes the contact with its custom fields and history. An ActiveCampaign admin can restore it within 30 days. ActiveCampaign still remembers who has unsubscribed. To see first who would be deleted, add the option 'Dry Run'.",
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: [operation.value] } },
	},
];

/** Deletes one contact per item; items that mean the same contact delete it once. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes } = run;
	const deletion = new ContactDeletion(account);
	const referred = await readReferences(run, (given) => ({ dryRun: OPTIONS.dryRun.read(given) }));
	// Dry runs first: another item may delete the same contact.
	for (const isDryRun of [true, false]) {
		const asked = referred.filter(({ options }) => options.dryRun === isDryRun);
		await run.forEach(asked, async ({ reference, itemIndexes }) => {
			const scope = account.scope(itemIndexes);
			const outcome = await (
				isDryRun ? deletion.preview(scope, reference) : deletion.delete(scope, reference)
			).catch((thrown: unknown) => ({ failure: toFailure(thrown) }));
			outcomes.setAll(itemIndexes, outcome);
		});
	}
	// A contact that several items mean counts once.
	const deleted = outcomes.all().filter(({ action }) => action === 'deleted');
	const contacts = new Set(deleted.map(({ json }) => json?.['id'] ?? json?.['email'])).size;
	addShortHint(run, [
		[contacts, contacts === 1 ? 'contact deleted' : 'contacts deleted'],
		[outcomes.countOf(({ action }) => action === 'notFound'), 'not found'],
	]);
}

type Deletion = 'deleted' | 'notFound';

/** Deletes the contacts of a run, each once, however many items mean it. */
class ContactDeletion {
	private readonly deletions = new Memo<Deletion>(Infinity, Infinity);
	private readonly reads: ContactReads;

	constructor(account: Account) {
		this.reads = new ContactReads(account);
	}

	/**
	 * Deletes a contact. One that the account does not have is not a failure.
	 * @throws AccountFailure
	 */
	async delete(scope: RequestScope, reference: ContactReference): Promise<ItemOutcome> {
		if (reference.by === 'id') {
			const action = await this.deleteById(scope, reference.id);
			return { action, json: { action, id: reference.id } };
		}
		// The contact whose ID was found may have another address a while later, so it is found again then.
		let perhapsDeleted: { id: string; email: string } | undefined;
		return await writeIfFresh(
			async () => await this.reads.byEmail(scope, reference.email),
			async (found, notAfter): Promise<ItemOutcome> => {
				if (!found) {
					const action = perhapsDeleted ? 'deleted' : 'notFound';
					return { action, json: { action, ...(perhapsDeleted ?? shownReference(reference)) } };
				}
				const contact = { id: rowId(found.row), email: textOf(found.row['email']) };
				try {
					const action = await this.deleteById(scope, contact.id, notAfter);
					return { action, json: { action, ...contact } };
				} catch (thrown) {
					if (failureOf(thrown).details.outcomeUnknown) perhapsDeleted = contact;
					throw failureOf(thrown);
				}
			},
		);
	}

	/** Who would be deleted; only reads the account. @throws AccountFailure */
	async preview(scope: RequestScope, reference: ContactReference): Promise<ItemOutcome> {
		const row = (await this.reads.byReference(scope, reference))?.row;
		if (!row) return { action: 'dryRun', json: { action: 'notFound', ...shownReference(reference) } };
		const names = STANDARD_FIELDS.map((field) => [field, textOf(row[field])] as const);
		const contact = { id: rowId(row), email: textOf(row['email']), ...Object.fromEntries<string>(names) };
		return { action: 'dryRun', json: { action: 'wouldDelete', ...contact } };
	}

	private async deleteById(scope: RequestScope, id: string, notAfter?: number): Promise<Deletion> {
		return await this.deletions.get(id, async () => {
			try {
				await scope.call({
					method: 'DELETE',
					path: `/contacts/${id}`,
					purpose: { action: 'delete the contact', permission: 'delete contacts' },
					notAfter,
					isEssential: true,
				});
				return 'deleted';
			} catch (thrown) {
				const failure = failureOf(thrown);
				if (failure.kind !== 'notFound') throw failure;
				// Gone by an earlier try of this call whose response was lost, or else before.
				return failure.details.outcomeUnknown ? 'deleted' : 'notFound';
			}
		});
	}
}
