import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { CONTACT_PARTS, type ContactPart, type FoundContact } from '../../account/contactParts';
import { ContactReads } from '../../account/contactReads';
import { Lookups } from '../../account/lookups';
import { PAGE_SIZE } from '../../account/paging';
import { includeWithNames } from '../../account/records';
import type { RequestScope } from '../../account/requestScope';
import { choice, ItemParameters, positiveNumber, yesOrNo } from '../../input/parameters';
import { forEachInSlices } from '../../run/concurrency';
import { ContactView } from '../../run/contactView';
import { addShortHint } from '../../run/hints';
import { toFailure } from '../../run/items';
import type { OperationRun } from '../../run/operation';
import { getOptions, OPTIONS } from '../../run/options';
import { failureOf } from '../../shared/failure';
import { readFilters, resolveFilters, type ContactFilter, type GivenFilters } from './contactFilters';
import { contactsOf } from './contactSources';

export const operation: INodePropertyOptions = {
	name: 'Get Many Contacts',
	value: 'getManyContacts',
	action: 'Get many contacts',
	description:
		'Get the contacts that have a tag, are on a list or in a segment, have a value in a custom field, or have changed. For one contact whose email address or ID is known, use Get Contact.',
};

/** What can be returned of contacts besides who they are, by the values of the option. */
const DETAILS = {
	automations: 'contactAutomations',
	company: 'accountContacts',
	customFields: 'fieldValues',
	lists: 'contactLists',
	tags: 'contactTags',
} as const satisfies Record<string, ContactPart>;

/** What an item asks for. */
interface Wanted {
	readonly filters: GivenFilters;
	/** Infinity for all. */
	readonly limit: number;
	readonly simplify: boolean;
	readonly parts: readonly ContactPart[];
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000_000;

/** Gets the contacts that each item asks for; items that ask for the same share what is read. */
export async function execute(run: OperationRun): Promise<void> {
	const { outcomes } = run;
	const reader = new ManyContacts(run);
	await run.forEach(await readWanted(run), async ({ wanted, itemIndexes }) => {
		try {
			outcomes.setAll(itemIndexes, { action: 'found', contacts: await reader.read(wanted, itemIndexes) });
		} catch (thrown) {
			outcomes.setAll(itemIndexes, { failure: toFailure(thrown) });
		}
	});
	const returned = outcomes.all().reduce((sum, { contacts = [] }) => sum + contacts.length, 0);
	addShortHint(run, [[returned, returned === 1 ? 'contact returned' : 'contacts returned']]);
}

/** What the items ask for, each once; those that fail have their outcome set and are left out. */
async function readWanted({
	context,
	outcomes,
}: OperationRun): Promise<Array<{ wanted: Wanted; itemIndexes: number[] }>> {
	const parameters = new ItemParameters(context);
	const byKey = new Map<string, { wanted: Wanted; itemIndexes: number[] }>();
	await forEachInSlices(outcomes.indexes(), (itemIndex) => {
		outcomes.tryItem(itemIndex, () => {
			const wanted = wantedBy(parameters, itemIndex);
			const key = JSON.stringify([wanted, String(wanted.limit)]);
			const same = byKey.get(key) ?? { wanted, itemIndexes: [] };
			same.itemIndexes.push(itemIndex);
			byKey.set(key, same);
		});
	});
	return [...byKey.values()];
}

/** @throws InputError for a value that a parameter cannot have */
function wantedBy(parameters: ItemParameters, itemIndex: number): Wanted {
	const options = getOptions(parameters, itemIndex);
	const details = OPTIONS.details.byDefault;
	const isAll = yesOrNo(parameters.value('returnAll', itemIndex), 'Return All', false);
	const given = options['details'] || details;
	return {
		filters: readFilters(parameters, itemIndex),
		limit: isAll
			? Infinity
			: Math.ceil(positiveNumber(parameters.value('limit', itemIndex), 'Limit', DEFAULT_LIMIT, MAX_LIMIT)),
		simplify: OPTIONS.simplify.read(options),
		parts: (Array.isArray(given) ? given : [given]).map(
			(one) => DETAILS[choice(one, 'Details to Include', details, 'lists')],
		),
	};
}

/** Reads, checks and shows the contacts of a run. */
class ManyContacts {
	private readonly reads: ContactReads;
	private readonly lookups: Lookups;
	private readonly view: ContactView;

	constructor(private readonly run: OperationRun) {
		this.reads = new ContactReads(run.account, includeWithNames);
		this.lookups = new Lookups(run.account);
		this.view = new ContactView(this.reads, this.lookups);
	}

	/** @throws AccountFailure; InputError for a filter that cannot be used */
	async read(
		{ filters: given, limit, simplify, parts }: Wanted,
		itemIndexes: readonly number[],
	): Promise<IDataObject[]> {
		const query = await resolveFilters(given, this.lookups, this.run.context.getTimezone());
		const { filters } = query;
		const checked = filters.flatMap(({ part }) => part ?? []);
		const newScope = () => this.run.account.scope(itemIndexes);
		const pages = contactsOf(query, {
			reads: this.reads,
			newScope,
			parts: CONTACT_PARTS.filter((part) => parts.includes(part) || checked.includes(part)),
			firstSize: Math.min(limit, PAGE_SIZE),
		});
		const output: IDataObject[] = [];
		let isEmpty = true;
		for await (const page of pages) {
			isEmpty = false;
			const scope = newScope();
			let passing = await this.ofExisting(scope, page, async (contact) => {
				const complete = await this.withParts(scope, contact, checked);
				return passesAll(complete, filters) ? complete : undefined;
			});
			while (passing.length > 0 && output.length < limit) {
				const next = passing.slice(0, limit - output.length);
				passing = passing.slice(next.length);
				const show = async (contact: FoundContact) => await this.view.show(scope, contact, simplify, parts);
				output.push(...(await this.ofExisting(scope, next, show)));
			}
			if (output.length >= limit) break;
		}
		if (query.segmentId !== undefined && isEmpty) this.run.addHint([emptySegment(query.segmentId)]);
		return output;
	}

	/** The results for contacts, without those that are undefined, and without contacts that were deleted meanwhile. */
	private async ofExisting<Result>(
		scope: RequestScope,
		contacts: readonly FoundContact[],
		work: (contact: FoundContact) => Promise<Result | undefined>,
	): Promise<Result[]> {
		const results: Array<Result | undefined> = contacts.map(() => undefined);
		await this.run.forEach([...contacts.entries()], async ([index, contact]) => {
			try {
				results[index] = await work(contact);
			} catch (thrown) {
				const failure = failureOf(thrown);
				if (failure.kind !== 'notFound') throw failure;
				if (await this.reads.byReference(scope, { by: 'id', id: contact.id })) throw failure;
			}
		});
		return results.filter((result) => result !== undefined);
	}

	/** The contact with these parts, which are read by themselves where they did not come along. */
	private async withParts(
		scope: RequestScope,
		contact: FoundContact,
		needed: readonly ContactPart[],
	): Promise<FoundContact> {
		const read = async (part: ContactPart) => [part, await this.reads.rowsOf(scope, contact, part)] as const;
		return { ...contact, parts: new Map([...contact.parts, ...(await Promise.all(needed.map(read)))]) };
	}
}

function emptySegment(id: string): string {
	return `Segment ${id} had no contacts when ActiveCampaign was asked for 30 seconds. A large segment can take longer: run the node again in a few minutes.`;
}

function passesAll({ row, parts }: FoundContact, filters: readonly ContactFilter[]): boolean {
	return filters.every(({ part, passes }) => passes(row, (part && parts.get(part)) ?? []));
}
