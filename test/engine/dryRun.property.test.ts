import fc from 'fast-check';

import { MEMBERSHIP_STATUS } from '../sandbox';
import type { SideLoading } from '../sandbox/settings';
import { useAccount } from './harness/account';
import { automations, customFields, lists } from './harness/parameters';
import { jsonOf } from './harness/results';

/** Each run of the property is two runs of the node, with so many items. */
const RUNS = { numRuns: 8 };
const ITEMS = 12;
const LISTS = ['News', 'Offers'];
const TAGS = ['Lead', 'Old'];
const UNKNOWN_STATUS = 42;

/** The tense of a dry run. */
const TENSES = new Map([
	['subscribed', 'wouldSubscribe'],
	['resubscribed', 'wouldResubscribe'],
	['unsubscribed', 'wouldUnsubscribe'],
	['added', 'wouldAdd'],
	['created', 'wouldCreateTag'],
	['removed', 'wouldRemove'],
	['enrolled', 'wouldEnroll'],
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
	company: fc.constantFrom('', 'Acme', 'Apex'),
});
const wish = fc.record({
	actions: fc.tuple(fc.constantFrom('subscribe', 'unsubscribe'), fc.constantFrom('subscribe', 'unsubscribe')),
	add: fc.subarray(['Lead', 'New']),
	remove: fc.subarray(['Old', 'Nowhere']),
	firstName: fc.constantFrom('', 'Ann', 'Bob'),
	company: fc.constantFrom('', 'Acme', 'Apex'),
});
const cases = fc.record({
	contacts: fc.array(contact, { minLength: ITEMS, maxLength: ITEMS }),
	wishes: fc.array(wish, { minLength: ITEMS, maxLength: ITEMS }),
	resubscribe: fc.boolean(),
	emptyValues: fc.constantFrom('keep', 'clear', 'fillOnly'),
	sideLoading: fc.constantFrom<SideLoading>({}, { ignoresInclude: true }, { withoutRows: ['contactTags'] }),
});

describe('whatever the account has and the items ask for', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: LISTS,
		tags: TAGS,
		automations: ['Welcome'],
	});

	it("the dry run's decisions are the outcomes of the real run, and its changes what that has changed", async () => {
		const check = async ({ contacts, wishes, resubscribe, emptyValues, sideLoading }: Case) => {
			account.sandbox.reset();
			// Until ids found by name are forgotten.
			await new Promise((resolve) => setTimeout(resolve, 61_000));
			account.sandbox.configure({ sideLoading });
			contacts.forEach((one, index) => seed(emailOf(index), one));
			const items = wishes.map((one, index) => ({ email: emailOf(index), ...one }));
			const parameters = {
				firstName: '={{ $json.firstName }}',
				...customFields(['name', 'Company', '={{ $json.company }}']),
				...lists(
					['name', 'News', '={{ $json.actions[0] }}' as 'subscribe'],
					['name', 'Offers', '={{ $json.actions[1] }}' as 'subscribe'],
				),
				tagsToAdd: '={{ $json.add }}',
				tagsToRemove: '={{ $json.remove }}',
				...automations(['name', 'Welcome']),
			};
			const before = account.state.contacts().length;
			const planned = await account.sync(items, {
				...parameters,
				options: { resubscribe, emptyValues, dryRun: true },
			});
			expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
			expect(account.state.contacts()).toHaveLength(before);
			const had = items.map(({ email }) => valuesOf(email));

			const real = await account.sync(items, { ...parameters, options: { resubscribe, emptyValues } });

			const decisions = jsonOf(planned.items);
			jsonOf(real.items).forEach((json, index) => {
				const decision = decisions[index] ?? {};
				for (const kind of ['lists', 'automations']) expect(decision[kind]).toEqual(inTense(json[kind]));
				// Which of several contacts gets a new tag first is not decided.
				expect(asAdded(decision['tags'])).toEqual(asAdded(inTense(json['tags'])));
				expect(decision['action'] === 'wouldCreate').toBe(json['action'] === 'created');
				const now = valuesOf(emailOf(index));
				const changed = Object.entries(now).filter(([field, value]) => value !== had[index]?.[field]);
				expect(decision['changes']).toEqual(
					changed.map(([field, to]) => ({ field, from: had[index]?.[field], to })),
				);
			});
			const newTags = (runs: Array<Record<string, unknown>>, outcome: string) =>
				JSON.stringify(runs).split(`"outcome":"${outcome}"`).length - 1;
			expect(newTags(decisions, 'wouldCreateTag')).toBe(newTags(jsonOf(real.items), 'created'));
		};
		await fc.assert(fc.asyncProperty(cases, check), RUNS);
	});

	type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;
	type Contact = typeof contact extends fc.Arbitrary<infer Value> ? Value : never;

	function seed(email: string, one: Contact): void {
		if (!one.isThere) return;
		account.state.addContact({
			email,
			firstName: one.firstName,
			tags: one.tags,
			bouncedHard: one.bouncedHard,
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
			Company: (stored && account.stored(email, 'Company')) ?? '',
		};
	}
});

function emailOf(index: number): string {
	return `c${index}@example.com`;
}

function inTense(results: unknown): unknown {
	return mapOutcomes(results, (outcome) => TENSES.get(outcome) ?? outcome);
}

function asAdded(results: unknown): unknown {
	return mapOutcomes(results, (outcome) => (outcome === 'wouldCreateTag' ? 'wouldAdd' : outcome));
}

function mapOutcomes(results: unknown, change: (outcome: string) => string): unknown {
	if (!Array.isArray(results)) return results;
	return results.map((result: { outcome: string }) => ({ ...result, outcome: change(result.outcome) }));
}
