import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { CONTACT_PARTS, type FoundContact } from '../../account/contactParts';
import { ContactReads, MAX_CONTACTS_PER_REQUEST } from '../../account/contactReads';
import { Lookups } from '../../account/lookups';
import { includeWithNames } from '../../account/records';
import type { RequestScope } from '../../account/requestScope';
import { shownReference, contactNotFound, type ContactReference } from '../../input/contactReference';
import { choice, yesOrNo } from '../../input/parameters';
import { addShortHint, countAction } from '../../run/hints';
import { toFailure, type ItemOutcome } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { OPTION_DEFAULTS } from '../../run/options';
import { readReferences, type ReferredContact } from '../../run/readReferences';
import type { JsonObject } from '../../shared/json';
import { Memo } from '../../shared/memo';
import { ContactView } from '../../run/contactView';

export const operation: INodePropertyOptions = {
	name: 'Get Contact',
	value: 'getContact',
	action: 'Get a contact',
	description:
		'Get one contact by email or ID, with its custom fields, lists, tags, automations, and company',
};

interface GetOptions {
	readonly ifNotFound: 'fail' | 'returnNotFound';
	readonly simplify: boolean;
}

type Wanted = ReferredContact<GetOptions>;

const RETURN_NOT_FOUND = "set the option 'If Not Found' to 'Return Not Found'";

/** Gets one contact per item: those given by address one by one, those given by ID by the hundred. */
export async function execute(run: OperationRun): Promise<void> {
	const { account, outcomes } = run;
	const contacts = await readReferences(run, readOptions);
	const reads = new ContactReads(account, includeWithNames);
	const view = new ContactView(reads, new Lookups(account));

	await run.forEach(batchesOf(contacts), async (batch) => {
		const ids = batch.flatMap(({ reference }) => (reference.by === 'id' ? [reference.id] : []));
		const itemIndexes = batch.flatMap(({ items }) => items.map(({ itemIndex }) => itemIndex));
		// A single contact is read by itself: only that says for certain that the account does not have it.
		const together =
			ids.length > 1
				? ignoreUnhandled(reads.byIds(account.scope(itemIndexes), ids, CONTACT_PARTS))
				: undefined;
		const show = async ({ reference, items }: Wanted) => {
			const scope = account.scope(items.map(({ itemIndex }) => itemIndex));
			const finding = ignoreUnhandled(find(reads, scope, reference, together));
			const shown = new Memo<IDataObject | undefined>();
			for (const { itemIndex, options } of items) {
				const showing = shown.get(String(options.simplify), async () => {
					const contact = await finding;
					return contact && (await view.show(scope, contact, options.simplify));
				});
				outcomes.set(itemIndex, await outcomeOf(reference, showing, options));
			}
		};
		await Promise.all(batch.map(show));
	});
	addShortHint(run, [
		[countAction(outcomes, 'found'), 'found'],
		[countAction(outcomes, 'notFound'), 'not found'],
	]);
}

/** @throws InputError for a value that the option cannot have */
function readOptions(given: JsonObject): GetOptions {
	const { ifNotFound, simplify } = OPTION_DEFAULTS;
	return {
		ifNotFound: choice(given['ifNotFound'], 'If Not Found', ['fail', 'returnNotFound'], ifNotFound),
		simplify: yesOrNo(given['simplify'], 'Simplify', simplify),
	};
}

/** Contacts that are read together. */
function batchesOf(contacts: readonly Wanted[]): Wanted[][] {
	const batches: Wanted[][] = [];
	let latest: Wanted[] = [];
	for (const contact of contacts) {
		if (contact.reference.by === 'email') batches.push([contact]);
		else if (latest.length > 0 && latest.length < MAX_CONTACTS_PER_REQUEST) latest.push(contact);
		else batches.push((latest = [contact]));
	}
	return batches;
}

/** A contact with all that the account loads in the same request; undefined if it has none. @throws AccountFailure */
async function find(
	reads: ContactReads,
	scope: RequestScope,
	reference: ContactReference,
	together: Promise<ReadonlyMap<string, FoundContact>> | undefined,
): Promise<FoundContact | undefined> {
	const found = reference.by === 'id' ? (await together)?.get(reference.id) : undefined;
	return found ?? (await reads.byReference(scope, reference, CONTACT_PARTS));
}

/** Never throws. */
async function outcomeOf(
	reference: ContactReference,
	showing: Promise<IDataObject | undefined>,
	{ ifNotFound }: GetOptions,
): Promise<ItemOutcome> {
	try {
		const json = await showing;
		if (json) return { action: 'found', json };
		if (ifNotFound === 'fail') return { failure: contactNotFound(reference, RETURN_NOT_FOUND) };
		return { action: 'notFound', json: { action: 'notFound', ...shownReference(reference) } };
	} catch (thrown) {
		return { failure: toFailure(thrown) };
	}
}

/** What fails is looked at by each item that awaits it; until then it is not unhandled. */
function ignoreUnhandled<Value>(work: Promise<Value>): Promise<Value> {
	work.catch(() => undefined);
	return work;
}
