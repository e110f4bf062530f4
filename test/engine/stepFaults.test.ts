import type { INodeParameters } from 'n8n-workflow';

import type { Fault, FaultMatch } from '../sandbox';
import { sized } from '../size';

import { automations, lists } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const items = [{ email: 'new@example.com' }, { email: 'there@example.com' }];
const steps: INodeParameters = {
	...lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
	tagsToAdd: 'Lead, New',
	tagsToRemove: 'Old',
	...automations(['name', 'Welcome']),
};

const STEPS: Array<[string, FaultMatch]> = [
	['reading the memberships', { method: 'GET', path: /\/contactLists$/ }],
	['changing a membership', { method: 'POST', path: '/contactLists' }],
	['reading the lists', { method: 'GET', path: '/lists' }],
	["reading the contact's tags", { method: 'GET', path: /\/contactTags$/ }],
	['looking a tag up', { method: 'GET', path: '/tags' }],
	['creating a tag', { method: 'POST', path: '/tags' }],
	['adding a tag', { method: 'POST', path: '/contactTags' }],
	['removing a tag', { method: 'DELETE', path: /^\/contactTags/ }],
	["reading the contact's automations", { method: 'GET', path: /\/contactAutomations$/ }],
	['entering an automation', { method: 'POST', path: '/contactAutomations' }],
	['reading the automations', { method: 'GET', path: '/automations' }],
];
const PERMANENT_FAULTS: Array<[string, Fault]> = [
	['403', 'forbidden'],
	['404', { status: 404, body: { message: 'No Result found' } }],
	['422', 'errorsPointer'],
	['5xx', 'serverError'],
];
const TEMPORARY_FAULTS: Array<[string, Fault]> = [
	['a cut after the write', 'resetAfterWrite'],
	['a cut before the write', 'resetBeforeWrite'],
	['a 5xx after the write', { status: 502, afterWrite: true }],
	['being over the limit', 'rateLimited'],
];
/** Every step with every fault; by default with every other one, in turns. */
const each = (faults: Array<[string, Fault]>) =>
	STEPS.flatMap(([step, match], row) =>
		faults
			.filter((_, column) => sized((row + column) % 2 === 0, true))
			.map(([name, fault]) => [step, name, match, fault] as const),
	).filter(
		// What is to be removed and not found is gone.
		([step, name]) => step !== 'removing a tag' || name !== '404',
	);

describe('a failed step', () => {
	const account = useAccount({
		lists: ['News', 'Offers'],
		tags: ['Lead', 'Old'],
		automations: ['Welcome'],
		// What contacts have is read one by one, so that each of these reads can fail.
		sideLoading: { ignoresInclude: true },
	});
	beforeEach(() => {
		account.state.addContact({
			email: 'there@example.com',
			lists: { Offers: 'active' },
			tags: ['Old'],
		});
	});

	/** What the account holds, in the words of the output. */
	const doneFor = (email: string) => {
		const { lists: memberships, tags, automations: entries } = account.contact(email);
		const hasTag = (name: string) => tags.has(account.state.tagByName(name)?.id ?? '');
		return new Map([
			['list News', memberships.get('401')?.status === 1],
			['list Offers', memberships.get('402')?.status !== 1],
			['tag Lead', hasTag('Lead')],
			['tag New', hasTag('New')],
			['tag Old', !hasTag('Old')],
			['automation Welcome', entries.length === 1],
		]);
	};
	const reported = (json: Record<string, unknown>) =>
		Object.fromEntries(
			['list', 'tag', 'automation'].flatMap((kind) => {
				const results = json[`${kind}s`];
				if (!Array.isArray(results)) throw new Error(`No ${kind}s in the output`);
				return results.map((result: { name: string; outcome: string; reason?: string }) => {
					expect(result.reason !== undefined).toBe(result.outcome === 'failed');
					return [`${kind} ${result.name}`, result.outcome !== 'failed'];
				});
			}),
		);

	it.each(each(PERMANENT_FAULTS))(
		'is reported, and the other kinds of steps still take effect: %s, %s',
		async (_step, _name, match, fault) => {
			account.sandbox.failNext({ ...match, times: 999 }, fault);

			const run = await account.sync(items, steps, { onError: 'continueRegularOutput' });

			const outputs = jsonOf(run.items);
			expect(outputs.map(({ email }) => email)).toEqual(['new@example.com', 'there@example.com']);
			for (const { action, error } of outputs) expect(action === 'failed').toBe(error !== undefined);
			const kindsNotDone = new Set<string>();
			for (const [index, { email }] of items.entries()) {
				const json = outputs[index] ?? {};
				const truth = doneFor(email);
				for (const [step, isDone] of Object.entries(reported(json))) {
					if (isDone) {
						expect(truth.get(step)).toBe(true);
						continue;
					}
					const [kind = '', name = ''] = step.split(' ');
					expect(json['error']).toContain(`${kind} '${name}'`.slice(1));
					kindsNotDone.add(kind);
				}
			}
			expect(kindsNotDone.size).toBe(1);
		},
	);

	it.each(each(TEMPORARY_FAULTS))(
		'is retried after a temporary fault: %s, %s',
		async (_step, _name, match, fault) => {
			account.sandbox.failNext(match, fault);

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			for (const [index, { email }] of items.entries()) {
				expect([...doneFor(email).values()]).toEqual(Array(6).fill(true));
				expect(Object.values(reported(jsonOf(run.items)[index] ?? {}))).toEqual(Array(6).fill(true));
			}
		},
	);

	it('fails the item with a message about the steps that were done, the failed one, its reason, and a re-run', async () => {
		account.sandbox.failNext({ method: 'POST', path: '/contactLists', times: 999 }, 'errorsPointer');

		const { error } = await account.sync(items, steps);

		const { id } = account.contact('new@example.com');
		expect(error?.message).toBe(
			`The contact new@example.com was saved (ID ${id}), but list 'News' could not be subscribed to`,
		);
		expect(error?.description).toMatch(
			/^Item 1 \(new@example\.com\): List 'News': ActiveCampaign did not accept .+\. Done: the contact/,
		);
		expect(error?.description?.replace(/^.* Done: /, 'Done: ').replace(/\(ID \d+\)/, '(ID)')).toBe(
			"Done: the contact, list 'Offers' (notSubscribed), tag 'Lead' (added), tag 'New' (created), tag 'Old' (notThere), automation 'Welcome' (enrolled). Running the item again retries only what is missing (list 'News'). It also saves the contact again, enrolls it again if it has finished automation 'Welcome'. 1 more item failed: item 2 (there@example.com): The contact there@example.com was saved (ID), but list 'News' could not be subscribed to, list 'Offers' could not be unsubscribed from. None of 2 items were synced",
		);
	});

	it('is completed by running the items again, which repeats no other step', async () => {
		account.sandbox.configure({ deny: ['tags'] });
		await account.sync(items, steps, { onError: 'continueRegularOutput' });
		account.sandbox.configure({ deny: [] });
		account.sandbox.journal.clear();

		const run = await account.sync(items, steps);

		expect(run.status).toBe('success');
		for (const { email } of items) expect([...doneFor(email).values()]).toEqual(Array(6).fill(true));
		const writes = account.requests().filter((request) => /^(POST|DELETE)/.test(request));
		expect(writes.filter((request) => !request.includes('ags'))).toEqual(Array(2).fill('POST /contact/sync'));
	});

	it.each([
		['lists', ['see lists', 'News']],
		['tags', ['see tags', 'Lead']],
		['automations', ['see automations', 'Welcome']],
	] as const)(
		'names the missing permission when the token may not see %s',
		async (right, [permission, name]) => {
			account.sandbox.configure({ deny: [right] });

			const run = await account.sync(items, steps, { onError: 'continueRegularOutput' });

			for (const json of jsonOf(run.items)) {
				const results = JSON.stringify(json[right]);
				expect(results).toContain(`"name":"${name}","outcome":"failed"`);
				expect(results).toContain(`its user may not ${permission}: ask an ActiveCampaign admin`);
				expect(Object.values(reported(json)).filter((isDone) => isDone).length).toBeGreaterThan(2);
			}
		},
	);
});
