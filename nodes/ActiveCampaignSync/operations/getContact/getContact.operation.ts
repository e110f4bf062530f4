import type { IDataObject, IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { shownReference } from '../../input/contactReference';
import { contactNotFound, type ContactReference } from '../../input/contactTarget';
import { Lookups } from '../../account/lookups';
import { NameLookup } from '../../account/nameLookup';
import { once } from '../../shared/memo';
import type { JsonObject } from '../../shared/json';
import { Account } from '../../account/account';
import type { RequestScope } from '../../account/requestScope';
import type { FoundContact } from '../../account/foundContact';
import { addGetHint } from '../../run/hints';
import { toFailure, type ItemOutcome, type ItemOutcomes } from '../../run/items';
import { mapWithConcurrency } from '../../run/mapWithConcurrency';
import { choice, OPTION_DEFAULTS, yesOrNo } from '../../input/optionValues';
import { readReferences, type ReferredContact } from '../../run/readReferences';
import { readRunOptions } from '../../run/runOptions';
import { ContactLoader, MAX_CONTACTS } from './contactLoader';
import { ContactView } from './contactView';

export const operation: INodePropertyOptions = {
	name: 'Get Contact',
	value: 'getContact',
	action: 'Get a contact',
	description: 'Get a contact with its custom fields, lists, tags, automations and company, by name',
};

interface GetOptions {
	readonly ifNotFound: 'fail' | 'returnNotFound';
	readonly simplify: boolean;
}

type Wanted = ReferredContact<GetOptions>;

const RETURN_NOT_FOUND = "set the option 'If Not Found' to 'Return Not Found'";

/** Reads of this many contacts, or hundreds of contacts, are under way at once at most. */
const MAX_UNDER_WAY = 100;

/** Gets one contact per item: those given by address one by one, those given by ID by the hundred. */
export async function execute(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const account = await Account.open(context, readRunOptions(context).requestsPerSecond, signal);
	const contacts = await readReferences(context, outcomes, readOptions);
	const loader = new ContactLoader();
	const view = new ContactView(new Lookups(account), new NameLookup(account));

	await mapWithConcurrency(
		batchesOf(contacts),
		{ concurrency: MAX_UNDER_WAY, shouldContinue: () => !signal?.aborted },
		async (batch) => {
			const ids = batch.flatMap(({ reference }) => (reference.by === 'id' ? [reference.id] : []));
			// A single contact is read by itself: only that says for certain that the account does not have it.
			const itemIndexes = batch.flatMap(({ items }) => items.map(({ itemIndex }) => itemIndex));
			const together = ids.length > 1 ? attempt(loader.byIds(account.scope(itemIndexes), ids)) : undefined;
			const show = async ({ reference, items }: Wanted) => {
				const scope = account.scope(items.map(({ itemIndex }) => itemIndex));
				const loading = attempt(load(loader, scope, reference, together));
				const shown = new Map<boolean, Promise<IDataObject | undefined>>();
				const showOnce = async ({ simplify }: GetOptions) =>
					await once(shown, simplify, async () => await view.show(scope, await loading, simplify));
				for (const { itemIndex, options } of items) {
					outcomes.set(itemIndex, await outcomeOf(reference, showOnce(options), options));
				}
			};
			await Promise.all(batch.map(show));
		},
	);
	addGetHint(context, outcomes, account.statistics);
}

/** @throws InputError for a value that the option cannot have */
function readOptions(given: JsonObject): GetOptions {
	const { ifNotFound, simplify } = OPTION_DEFAULTS;
	return {
		ifNotFound: choice(given['ifNotFound'], 'If Not Found', ['fail', 'returnNotFound'] as const, ifNotFound),
		simplify: yesOrNo(given['simplify'], 'Simplify', simplify),
	};
}

/** Contacts that are read together. */
function batchesOf(contacts: readonly Wanted[]): Wanted[][] {
	const batches: Wanted[][] = [];
	let latest: Wanted[] = [];
	for (const contact of contacts) {
		if (contact.reference.by === 'email') batches.push([contact]);
		else if (latest.length > 0 && latest.length < MAX_CONTACTS) latest.push(contact);
		else batches.push((latest = [contact]));
	}
	return batches;
}

async function load(
	loader: ContactLoader,
	scope: RequestScope,
	reference: ContactReference,
	together: Promise<ReadonlyMap<string, FoundContact>> | undefined,
): Promise<FoundContact | undefined> {
	if (reference.by === 'email') return await loader.byEmail(scope, reference.email);
	return (await together)?.get(reference.id) ?? (await loader.byId(scope, reference.id));
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
		return { action: 'notFound', json: { found: false, ...shownReference(reference) } };
	} catch (thrown) {
		return { failure: toFailure(thrown) };
	}
}

/** What fails is looked at by each item that awaits it; until then it is not unhandled. */
function attempt<Value>(work: Promise<Value>): Promise<Value> {
	work.catch(() => undefined);
	return work;
}
