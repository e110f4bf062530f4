import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';

import { textOf } from '../../nodes/ActiveCampaignSync/shared/json';
import { asText, isRecord } from '../guards';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf } from './harness/results';

/** Each run of the property is two runs of the node, with so many items. */
const RUNS = { numRuns: sized(12, 25) };
const ITEMS = 6;
const MISSING_ID = '990000';

/** The tense of a dry run. */
const TENSES: Readonly<Record<string, string>> = {
	subscribed: 'wouldSubscribe',
	added: 'wouldAdd',
	created: 'wouldCreate',
	skipped: 'wouldSkip',
	removed: 'wouldRemove',
	linked: 'wouldLink',
	moved: 'wouldMove',
};

const contact = fc.record({
	isThere: fc.boolean(),
	key: fc.constantFrom('own', 'own', 'none', 'different'),
	firstName: fc.constantFrom('', 'Ann'),
	hasLeft: fc.boolean(),
	isTagged: fc.boolean(),
	isInAutomation: fc.boolean(),
	company: fc.constantFrom('', 'Acme', 'Apex'),
});
/** A contact that no item is meant for. */
const stranger = fc.record({
	isThere: fc.boolean(),
	key: fc.constantFrom('none', 'none', 'own', 'different'),
});
const item = fc.record({
	address: fc.constantFrom('same', 'same', 'capitals', 'blank', 'new', "stranger's"),
	firstName: fc.constantFrom('', 'Ann', 'Bob'),
	company: fc.constantFrom('', 'Acme', 'apex'),
});
const ofEach = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { minLength: ITEMS, maxLength: ITEMS });
const cases = fc.record({
	contacts: ofEach(contact),
	strangers: ofEach(stranger),
	items: ofEach(item),
	matchBy: fc.constantFrom('email', 'contactId', 'customField'),
	syncMode: fc.constantFrom('createOrUpdate', 'createOrUpdate', 'updateOnly', 'createOnly'),
	emptyValues: fc.constantFrom('keep', 'clear', 'fillOnly'),
	valueFilter: fc.constantFrom('equals' as const, 'contains' as const),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

describe('a dry run with any Match By and Sync Mode', () => {
	const account = useAccount({
		fields: [{ title: 'CRM ID' }],
		lists: ['News'],
		tags: ['VIP'],
		automations: ['Welcome'],
	});

	it('shows the same outcomes and messages as the real run', async () => {
		await fc.assert(fc.asyncProperty(cases, check), RUNS);
	});

	async function check(given: Case): Promise<void> {
		account.sandbox.reset();
		account.sandbox.configure({ valueFilter: given.valueFilter });
		for (const name of ['Acme', 'Apex']) account.state.addCompany(name);
		const ids = given.contacts.map((_one, index) => seed(given, index));
		const items = given.items.map(({ address, firstName, company }, index) => ({
			id: ids[index],
			key: keyOf(index),
			email: addressOf(given.matchBy === 'email' && address === 'blank' ? 'same' : address, index),
			firstName,
			company,
		}));
		const { matchBy, emptyValues, syncMode } = given;
		const run = async (dryRun: boolean) => {
			const { items: output } = await account.sync(
				items,
				{
					matchBy,
					contactId: '={{ $json.id }}',
					matchField: locator('name', 'CRM ID'),
					matchValue: '={{ $json.key }}',
					firstName: '={{ $json.firstName }}',
					...(matchBy === 'email' ? customFields(['name', 'CRM ID', '={{ $json.key }}']) : {}),
					...lists(['name', 'News', 'subscribe']),
					tagsToAdd: 'VIP',
					...automations(['name', 'Welcome', 'remove']),
					additionalFields: { company: '={{ $json.company }}' },
					options: { emptyValues, syncMode, dryRun },
				},
				{ onError: 'continueRegularOutput' },
			);
			return jsonOf(output);
		};

		const before = stateById();
		const decisions = await run(true);
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
		expect(stateById()).toEqual(before);

		const outcomes = await run(false);

		const after = stateById();
		outcomes.forEach((outcome, index) => {
			const decision = decisions[index] ?? {};
			if (outcome.action !== 'created' && outcome.action !== 'updated') {
				expect(decision).toEqual({ ...outcome, ...inTense(outcome) });
				return;
			}
			for (const kind of ['lists', 'tags', 'automations', 'company']) {
				expect({ [kind]: decision[kind] }).toEqual({ [kind]: stepsInTense(outcome[kind]) });
			}
			expect(decision.email).toBe(outcome.email);
			const id = textOf(outcome.id);
			const had = before[id];
			const now = after[id] ?? {};
			const changes = Object.entries(now)
				.filter(([field, value]) => value !== (had?.[field] ?? '') && (had || field !== 'Email'))
				.map(([field, to]) => ({ field, from: had?.[field] ?? '', to }));
			expect(decision.changes).toEqual(changes);
			const update = changes.length > 0 ? 'wouldUpdate' : 'unchanged';
			expect(decision.action).toBe(had ? update : 'wouldCreate');
			expect(outcome.action).toBe(had ? 'updated' : 'created');
		});
	}

	/** @returns the ID that the item gives */
	function seed({ contacts, strangers }: Case, index: number): string {
		const other = strangers[index];
		if (other?.isThere) addContact(`stranger${index}@example.com`, other.key, index);
		const one = contacts[index];
		if (!one?.isThere) return `${MISSING_ID}${index}`;
		const { firstName, hasLeft, isTagged, isInAutomation, company, key } = one;
		const { id, email } = addContact(`c${index}@example.com`, key, index);
		account.state.addContact({
			email,
			firstName,
			tags: isTagged ? ['VIP'] : [],
			...(company === '' ? {} : { company }),
			automations: isInAutomation ? ['Welcome'] : [],
		});
		if (hasLeft) account.state.setMembership(email, 'News', 'unsubscribed');
		Object.assign(account.contact(id), { cdate: '2020-01-01T00:00:00-06:00' });
		return id;
	}

	function addContact(email: string, key: string, index: number) {
		const value = key === 'own' ? keyOf(index) : `K-${index}`;
		return account.state.addContact({
			email,
			...(key === 'none' ? {} : { fieldValues: { 'CRM ID': value } }),
		});
	}

	function stateById(): Record<string, Record<string, string>> {
		return Object.fromEntries(
			account.state
				.contacts()
				.map(({ id, email, firstName }) => [
					id,
					{ Email: email, 'First Name': firstName, 'CRM ID': account.stored(id, 'CRM ID') ?? '' },
				]),
		);
	}
});

/** Each contained in another one. */
function keyOf(index: number): string {
	return 'x'.repeat(index + 1);
}

function addressOf(address: string, index: number): string {
	const addresses: Readonly<Record<string, string>> = {
		same: `c${index}@example.com`,
		capitals: `C${index}@EXAMPLE.com`,
		new: `new${index}@example.com`,
		"stranger's": `stranger${index}@example.com`,
	};
	return addresses[address] ?? '';
}

function inTense({ action }: IDataObject): IDataObject {
	return typeof action === 'string' ? { action: TENSES[action] ?? action } : {};
}

function stepsInTense(results: unknown): unknown {
	if (Array.isArray(results)) return results.map(stepsInTense);
	if (!isRecord(results)) return results;
	return { ...results, outcome: TENSES[asText(results.outcome)] ?? results.outcome };
}
