import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../nodes/ActiveCampaignSync/shared/json';
import { asText, isRecord } from '../guards';
import { MEMBERSHIP_STATUS } from '../sandbox';
import type { SideLoading } from '../sandbox/settings';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { ACCOUNTS, setModes, type Modes } from './harness/modes';
import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf } from './harness/results';

describe('a dry run of any items in any account', () => {
	/** For each kind of account; each run of the property is two runs of the node, with so many items. */
	const RUNS = { numRuns: sized(1, 2) };
	const ITEMS = 12;
	const LISTS = ['News', 'Offers'];
	const TAGS = ['Lead', 'Old'];
	const UNKNOWN_STATUS = 42;

	/** The row of a custom field. */
	const company = {
		field: locator('name', 'Company'),
		value: '={{ $json.company }}',
		onlyIfBlank: '={{ $json.onlyIfBlank }}',
	};

	/** The tense of a dry run. */
	const TENSES = new Map([
		['subscribed', 'wouldSubscribe'],
		['resubscribed', 'wouldResubscribe'],
		['unsubscribed', 'wouldUnsubscribe'],
		['added', 'wouldAdd'],
		['created', 'wouldCreateTag'],
		['removed', 'wouldRemove'],
		['enrolled', 'wouldEnroll'],
		['linked', 'wouldLink'],
		['createdAndLinked', 'wouldCreateAndLink'],
		['moved', 'wouldMove'],
		['createdAndMoved', 'wouldCreateAndMove'],
		['titleChanged', 'wouldChangeTitle'],
	]);
	/** Which of several contacts gets a new tag or company first is not decided. */
	const WITHOUT_CREATION = new Map([
		['wouldCreateTag', 'wouldAdd'],
		['wouldCreateAndLink', 'wouldLink'],
		['wouldCreateAndMove', 'wouldMove'],
	]);

	const status = fc.option(fc.constantFrom(...Object.values(MEMBERSHIP_STATUS), UNKNOWN_STATUS), {
		nil: undefined,
	});
	const contact = fc.record({
		isThere: fc.boolean(),
		memberships: fc.tuple(status, status),
		tags: fc.subarray(TAGS),
		isEnrolled: fc.boolean(),
		hasCompleted: fc.boolean(),
		bouncedHard: fc.constantFrom(0, 0, 2),
		firstName: fc.constantFrom('', 'Ann', 'Bob'),
		phone: fc.constantFrom('', '', '123'),
		company: fc.constantFrom('', 'Acme', 'Apex'),
		employer: fc.constantFrom('', 'Acme', 'Apex'),
		title: fc.constantFrom('', 'CEO', 'CTO'),
	});
	const wish = fc.record({
		actions: fc.tuple(
			fc.constantFrom('subscribe', 'unsubscribe'),
			fc.constantFrom('subscribe', 'unsubscribe'),
		),
		add: fc.subarray(['Lead', 'New']),
		remove: fc.subarray(['Old', 'Nowhere']),
		firstName: fc.constantFrom('', 'Ann', 'Bob'),
		phone: fc.constantFrom('', '', '456'),
		company: fc.constantFrom('', 'Acme', 'Apex'),
		onlyIfBlank: fc.boolean(),
		automation: fc.constantFrom('Welcome', 'Welcome', 'Welcome', 'Inactive'),
		enrollment: fc.constantFrom('enroll', 'remove'),
		employer: fc.constantFrom('', 'Acme', 'Apex', 'New Co', 'NEW CO'),
		title: fc.constantFrom('', 'CEO', 'CTO'),
		note: fc.constantFrom('', 'Hello'),
	});
	const cases = fc.record({
		contacts: fc.array(contact, { minLength: ITEMS, maxLength: ITEMS }),
		wishes: fc.array(wish, { minLength: ITEMS, maxLength: ITEMS }),
		resubscribe: fc.boolean(),
		emptyValues: fc.constantFrom('keep', 'clear', 'fillOnly'),
		sideLoading: fc.constantFrom<SideLoading>({}, { withoutRows: ['contactTags'] }),
	});

	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News', { name: 'Offers', channel: 'sms' }],
		tags: TAGS,
		automations: ['Welcome'],
	});

	it.each(ACCOUNTS)(
		'shows the outcomes of the real run, and the changes that it makes: %s',
		async (_kind, modes) => {
			const check = async ({ contacts, wishes, resubscribe, emptyValues, sideLoading }: Case) => {
				account.sandbox.reset();
				// Until ids found by name are forgotten.
				await new Promise((resolve) => setTimeout(resolve, 61_000));
				account.sandbox.configure({ sideLoading });
				setModes(account.sandbox, modes);
				account.state.addAutomation('Inactive', { active: false });
				contacts.forEach((one, index) => seed(emailOf(index), one));
				const items = wishes.map((one, index) => ({ email: emailOf(index), ...one }));
				const parameters = {
					firstName: '={{ $json.firstName }}',
					phone: '={{ $json.phone }}',
					customFields: { values: [company] },
					additionalFields: {
						company: '={{ $json.employer }}',
						jobTitle: '={{ $json.title }}',
						note: '={{ $json.note }}',
					},
					...lists(
						['name', 'News', '={{ $json.actions[0] }}' as 'subscribe'],
						['name', 'Offers', '={{ $json.actions[1] }}' as 'subscribe'],
					),
					tagsToAdd: '={{ $json.add }}',
					tagsToRemove: '={{ $json.remove }}',
					...automations(['name', '={{ $json.automation }}', '={{ $json.enrollment }}' as 'remove']),
				};
				const before = account.state.contacts().length;
				const planned = await account.sync(items, {
					...parameters,
					options: { resubscribe, emptyValues, dryRun: true },
				});
				expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
				expect(account.state.contacts()).toHaveLength(before);
				const wasThere = items.map(({ email }) => account.state.contactByEmail(email) !== undefined);
				const had = items.map(({ email }) => valuesOf(email));

				const options = { resubscribe, emptyValues };
				// Some have no phone number for the SMS list, or no company for a job title.
				const continuing = { onError: 'continueRegularOutput' } as const;
				const real = await account.sync(items, { ...parameters, options }, continuing);

				const decisions = jsonOf(planned.items);
				jsonOf(real.items).forEach((json, index) => {
					const decision = decisions[index] ?? {};
					for (const kind of ['lists', 'automations', 'tags', 'company', 'note']) {
						expect(withoutCreation(decision[kind])).toEqual(withoutCreation(inTense(json[kind])));
					}
					const isFailed = json['action'] === 'failed';
					expect(decision['action'] === 'failed').toBe(isFailed);
					if (!isFailed) {
						expect(decision['action'] === 'wouldCreate').toBe(!wasThere[index]);
						const { action, ...rest } = decision;
						const wouldChange = decision['changes']?.toString() !== '' || /"would/.test(JSON.stringify(rest));
						expect(action === 'unchanged').toBe(wasThere[index] === true && !wouldChange);
						expect(json['action']).toBe(wasThere[index] ? 'updated' : 'created');
					}
					const now = valuesOf(emailOf(index));
					const changed = Object.entries(now).filter(([field, value]) => value !== had[index]?.[field]);
					expect(decision['changes']).toEqual(
						changed.map(([field, to]) => ({ field, from: had[index]?.[field], to })),
					);
				});
				const countOf = (runs: Array<Record<string, unknown>>, outcome: RegExp) =>
					[...JSON.stringify(runs).matchAll(outcome)].length;
				const results = jsonOf(real.items).map(({ tags, company }) => ({ tags, company }));
				expect(countOf(decisions, /"wouldCreateTag"/g)).toBe(countOf(results, /":"created"/g));
				expect(countOf(decisions, /"wouldCreateAnd/g)).toBe(countOf(results, /":"createdAnd/g));
			};
			await fc.assert(fc.asyncProperty(cases, check), RUNS);
		},
	);

	type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;
	type Contact = typeof contact extends fc.Arbitrary<infer Value> ? Value : never;

	function seed(email: string, one: Contact): void {
		if (!one.isThere) return;
		account.state.addContact({
			email,
			firstName: one.firstName,
			tags: one.tags,
			bouncedHard: one.bouncedHard,
			phone: one.phone,
			...(one.employer === '' ? {} : { company: one.employer, jobTitle: one.title }),
			...(one.company === '' ? {} : { fieldValues: { Company: one.company } }),
			...(one.isEnrolled ? { automations: ['Welcome'] } : {}),
		});
		one.memberships.forEach((given, index) => {
			if (given !== undefined) account.state.setMembership(email, LISTS[index] ?? '', given);
		});
		if (one.isEnrolled && one.hasCompleted) account.state.completeAutomation(email, 'Welcome');
	}

	function valuesOf(email: string): Record<string, string> {
		const stored = account.state.contactByEmail(email);
		return {
			'First Name': stored?.firstName ?? '',
			Phone: stored?.phone ?? '',
			Company: (stored && account.stored(email, 'Company')) ?? '',
		};
	}

	function emailOf(index: number): string {
		return `c${index}@example.com`;
	}

	function inTense(results: unknown): unknown {
		return mapOutcomes(results, (outcome) => TENSES.get(outcome) ?? outcome);
	}

	function withoutCreation(results: unknown): unknown {
		return mapOutcomes(results, (outcome) => WITHOUT_CREATION.get(outcome) ?? outcome);
	}

	/** Of outcomes by name, or of a single one with its name. */
	function mapOutcomes(results: unknown, change: (outcome: string) => string): unknown {
		if (!isRecord(results)) return results;
		return Object.fromEntries(
			Object.entries(results).map(([key, value]) => [key, key === 'name' ? value : change(String(value))]),
		);
	}
});

describe('a dry run with any Match By and Sync Mode', () => {
	/** For each kind of account; each run of the property is two runs of the node, with so many items. */
	const RUNS = { numRuns: sized(2, 4) };
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

	const account = useAccount({
		fields: [{ title: 'CRM ID' }],
		lists: ['News'],
		tags: ['VIP'],
		automations: ['Welcome'],
	});

	it.each(ACCOUNTS)('shows the same outcomes and messages as the real run: %s', async (_kind, modes) => {
		await fc.assert(
			fc.asyncProperty(cases, async (given) => await check(given, modes)),
			RUNS,
		);
	});

	async function check(given: Case, modes: Modes): Promise<void> {
		account.sandbox.reset();
		account.sandbox.configure({ valueFilter: given.valueFilter });
		setModes(account.sandbox, modes);
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
			const { action: _, ...rest } = decision;
			const wouldChange = changes.length > 0 || /"would/.test(JSON.stringify(rest));
			const update = wouldChange ? 'wouldUpdate' : 'unchanged';
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
		if (!isRecord(results)) return results;
		return Object.fromEntries(
			Object.entries(results).map(([name, outcome]) => [name, TENSES[asText(outcome)] ?? outcome]),
		);
	}
});
