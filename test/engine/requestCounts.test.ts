import { automations, customFields, lists } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const steps = {
	...lists(['name', 'News', 'subscribe']),
	tagsToAdd: 'Lead, Webinar',
	...automations(['name', 'Welcome']),
};

describe('the requests for a contact', () => {
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News'],
		tags: ['Lead', 'Webinar'],
		automations: ['Welcome'],
		latencyMs: 300,
	});
	/** Ids found by name are remembered for a minute, as they are between two submissions of a form. */
	const warm = async () => {
		await account.sync([{ email: 'first@example.com' }], steps);
		account.sandbox.journal.clear();
	};

	it('are seven for a new contact with a list, two known tags and an automation: the list waits for a read, the enrollment is read again', async () => {
		await warm();

		const run = await account.sync([{ email: 'ann@example.com' }], steps);

		expect(run.status).toBe('success');
		expect(account.requests().sort()).toEqual([
			'GET /contacts',
			'GET /contacts',
			'POST /contact/sync',
			'POST /contactAutomations',
			'POST /contactLists',
			'POST /contactTags',
			'POST /contactTags',
		]);
		const [sync, ...others] = account.sandbox.journal.entries;
		expect(sync?.path).toBe('/contact/sync');
		expect(others.slice(-2).map(({ path }) => path)).toEqual(['/contactLists', '/contacts']);
		// All of the second round are under way before the first of them has ended.
		const secondRound = others.slice(0, -2);
		const firstEnd = Math.min(...secondRound.map(({ endedAt = 0 }) => endedAt));
		for (const { at } of secondRound) expect(at).toBeLessThan(firstEnd);
		expect(account.sandbox.journal.maxConcurrent()).toBe(4);
	});

	it('are a sync for each unchanged contact, and one read for all of them', async () => {
		await warm();
		const emails = [{ email: 'first@example.com' }, { email: 'ann@example.com' }];
		await account.sync(emails, steps);
		account.sandbox.journal.clear();

		const run = await account.sync(emails, steps);

		expect(account.requests().filter((request) => request.startsWith('POST'))).toEqual([
			'POST /contact/sync',
			'POST /contact/sync',
		]);
		expect(account.sandbox.journal.count('GET')).toBe(1);
		for (const json of jsonOf(run.items)) {
			expect(json).toMatchObject({
				lists: [{ outcome: 'alreadySubscribed' }],
				tags: [{ outcome: 'alreadyAdded' }, { outcome: 'alreadyAdded' }],
				automations: [{ outcome: 'alreadyEnrolled' }],
			});
		}
	});

	it('include one lookup of each list and automation, during the sync, when the IDs are not known', async () => {
		await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], steps);

		const lookups = account.sandbox.journal.filter({
			method: 'GET',
			where: ({ path }) => path !== '/contacts',
		});
		expect(lookups.map(({ path }) => path).sort()).toEqual(['/automations', '/lists']);
		const syncs = account.sandbox.journal.filter({ path: '/contact/sync' });
		const firstEnd = Math.min(...syncs.map(({ endedAt = 0 }) => endedAt));
		for (const { at } of lookups) expect(at).toBeLessThan(firstEnd);
		// Whether the subscription has started the automation is not known either.
		const reads = account.sandbox.journal.filter({ method: 'GET', path: '/contacts' });
		expect(reads.length).toBeLessThanOrEqual(2 + 2);
		expect(account.sandbox.journal.count('POST', '/tags')).toBe(2);
		expect(account.sandbox.journal.count('POST')).toBe(2 + 2 * 5);
	});

	it('are no more than 1.1 for each of 30 unchanged contacts that have a company, besides one lookup of it', async () => {
		const company = { additionalFields: { company: 'Acme', jobTitle: 'CEO' } };
		const emails = Array.from({ length: 30 }, (_, index) => ({ email: `c${index}@example.com` }));
		for (const { email } of emails) account.state.addContact({ email, company: 'Acme', jobTitle: 'CEO' });

		const run = await account.sync(emails, company);

		for (const json of jsonOf(run.items)) expect(json['company']).toMatchObject({ outcome: 'alreadyLinked' });
		expect(account.sandbox.journal.count('GET', '/accounts')).toBe(1);
		expect(account.sandbox.journal.count('POST')).toBe(30);
		expect(account.sandbox.journal.entries.length - 1).toBeLessThanOrEqual(1.1 * 30);
	});

	it('include no write beyond the sync for an unchanged contact, also when the IDs are not known', async () => {
		const emails = ['ann@example.com', 'bob@example.com'].map((email) => ({ email }));
		for (const { email } of emails) {
			account.state.addContact({
				email,
				lists: { News: 'active' },
				tags: ['Lead', 'Webinar'],
				automations: ['Welcome'],
			});
		}

		const run = await account.sync(emails, steps);

		expect(run.status).toBe('success');
		expect(account.requests().filter((request) => request.startsWith('POST'))).toEqual([
			'POST /contact/sync',
			'POST /contact/sync',
		]);
	});

	it('include one read of the fields for 30 contacts', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({ email: `c${index}@example.com`, index }));

		const run = await account.sync(items, customFields(['name', 'Company', '={{ $json.index }}']));

		expect(run.status).toBe('success');
		expect(account.sandbox.journal.count('GET')).toBe(1);
		expect(account.sandbox.journal.entries).toHaveLength(31);
		expect(account.sandbox.journal.maxConcurrent({ path: '/contact/sync' })).toBeGreaterThan(10);
	});
});
