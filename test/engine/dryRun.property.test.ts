import fc from 'fast-check';

import { isRecord } from '../guards';
import { MEMBERSHIP_STATUS } from '../sandbox';
import type { SideLoading } from '../sandbox/settings';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { automations, lists, locator } from './harness/parameters';
import { jsonOf } from './harness/results';

/** Each run of the property is two runs of the node, with so many items. */
const RUNS = { numRuns: sized(4, 8) };
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
	actions: fc.tuple(fc.constantFrom('subscribe', 'unsubscribe'), fc.constantFrom('subscribe', 'unsubscribe')),
	add: fc.subarray(['Lead', 'New']),
	remove: fc.subarray(['Old', 'Nowhere']),
	firstName: fc.constantFrom('', 'Ann', 'Bob'),
	phone: fc.constantFrom('', '', '456'),
	company: fc.constantFrom('', 'Acme', 'Apex'),
	onlyIfBlank: fc.boolean(),
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
	sideLoading: fc.constantFrom<SideLoading>({}, { ignoresInclude: true }, { withoutRows: ['contactTags'] }),
});

describe('a dry run of any items in any account', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News', { name: 'Offers', channel: 'sms' }],
		tags: TAGS,
		automations: ['Welcome'],
	});

	it('shows the outcomes of the real run, and the changes that it makes', async () => {
		const check = async ({ contacts, wishes, resubscribe, emptyValues, sideLoading }: Case) => {
			account.sandbox.reset();
			// Until ids found by name are forgotten.
			await new Promise((resolve) => setTimeout(resolve, 61_000));
			account.sandbox.configure({ sideLoading });
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
				...automations(['name', 'Welcome', '={{ $json.enrollment }}' as 'remove']),
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
			const results = jsonOf(real.items);
			expect(countOf(decisions, /"wouldCreateTag"/g)).toBe(countOf(results, /"outcome":"created"/g));
			expect(countOf(decisions, /"wouldCreateAnd/g)).toBe(countOf(results, /"outcome":"createdAnd/g));
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
});

function emailOf(index: number): string {
	return `c${index}@example.com`;
}

function inTense(results: unknown): unknown {
	return mapOutcomes(results, (outcome) => TENSES.get(outcome) ?? outcome);
}

function withoutCreation(results: unknown): unknown {
	return mapOutcomes(results, (outcome) => WITHOUT_CREATION.get(outcome) ?? outcome);
}

/** Of a list of results, or of a single one. */
function mapOutcomes(results: unknown, change: (outcome: string) => string): unknown {
	if (Array.isArray(results)) return results.map((result) => mapOutcomes(result, change));
	if (!isRecord(results)) return results;
	return { ...results, outcome: change(String(results['outcome'])) };
}
