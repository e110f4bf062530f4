import type { INodePropertyOptions } from 'n8n-workflow';

import { CONTACT_PARTS, type FoundContact } from '../../account/contactParts';
import { ContactReads, MAX_CONTACTS_PER_REQUEST } from '../../account/contactReads';
import { Lookups } from '../../account/lookups';
import { includeWithNames } from '../../account/records';
import { contactNotFound, referenceKey, shownReference } from '../../input/contactReference';
import { addShortHint, countAction } from '../../run/hints';
import { toFailure, type ItemOutcome } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { OPTIONS } from '../../run/options';
import { readReferences, type ReferredContact } from '../../run/readReferences';
import { Memo } from '../../shared/memo';
import { groupBy } from '../../shared/multiMap';
import { ContactView } from '../../run/contactView';

export const operation: INodePropertyOptions = {
	name: 'Get Contact',
	value: 'getContact',
	action: 'Get a contact',
	description:
		'Get one contact by email or ID, with its custom fields, lists, tags, automations, and company',
};

type Wanted = ReferredContact<{
	readonly ifNotFound: 'fail' | 'returnNotFound';
	readonly simplify: boolean;
}>;

const RETURN_NOT_FOUND = "set the option 'If Not Found' to 'Return Not Found'";

/** Gets one contact per item: those given by address one by one, those given by ID by the hundred. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes } = run;
	const contacts = await readReferences(run, (given) => ({
		ifNotFound: OPTIONS.ifNotFound.read(given),
		simplify: OPTIONS.simplify.read(given),
	}));
	const reads = new ContactReads(account, includeWithNames);
	const view = new ContactView(reads, new Lookups(account));

	await run.forEach(batchesOf(contacts), async (batch) => {
		const ids = new Set(batch.flatMap(({ reference }) => (reference.by === 'id' ? [reference.id] : [])));
		const scopeOfAll = account.scope(batch.flatMap(({ itemIndexes }) => itemIndexes));
		// A single contact is read by itself: only that says for certain that the account does not have it.
		const together = ids.size > 1 ? reads.byIds(scopeOfAll, [...ids], CONTACT_PARTS) : undefined;
		// Items with other options share the contact.
		const found = new Memo<FoundContact | undefined>();
		const show = async ({ reference, options, itemIndexes }: Wanted): Promise<ItemOutcome> => {
			const scope = account.scope(itemIndexes);
			const contact = await found.get(referenceKey(reference), async () => {
				const known = reference.by === 'id' ? (await together)?.get(reference.id) : undefined;
				return known ?? (await reads.byReference(scope, reference, CONTACT_PARTS));
			});
			if (contact) return { action: 'found', json: await view.show(scope, contact, options.simplify) };
			if (options.ifNotFound === 'fail') return { failure: contactNotFound(reference, RETURN_NOT_FOUND) };
			return { action: 'notFound', json: { action: 'notFound', ...shownReference(reference) } };
		};
		const showAll = batch.map(async (wanted) => {
			const outcome = await show(wanted).catch((thrown: unknown) => ({ failure: toFailure(thrown) }));
			outcomes.setAll(wanted.itemIndexes, outcome);
		});
		await Promise.all(showAll);
	});
	addShortHint(run, [
		[countAction(outcomes, 'found'), 'found'],
		[countAction(outcomes, 'notFound'), 'not found'],
	]);
}

/** What is read together: a contact given by address with all of its options, or up to a hundred contacts given by ID. */
function batchesOf(wanted: readonly Wanted[]): Wanted[][] {
	const batches: Wanted[][][] = [];
	let latest: Wanted[][] = [];
	for (const contact of groupBy(wanted, ({ reference }) => referenceKey(reference)).values()) {
		if (contact[0]?.reference.by === 'email') batches.push([contact]);
		else if (latest.length > 0 && latest.length < MAX_CONTACTS_PER_REQUEST) latest.push(contact);
		else batches.push((latest = [contact]));
	}
	return batches.map((batch) => batch.flat());
}
