import type { SandboxSettings } from '../sandbox';
import { sampled, sized } from '../size';
import { type TestAccount, useAccount } from './harness/account';
import { runBulk } from './harness/bulk';
import { EngineCredentialsHelper } from './harness/credentialsHelper';
import { automations, customFields, lists, locator } from './harness/parameters';
import { jsonOf, outcomes, outcomesBeing } from './harness/results';

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
				lists: outcomesBeing('alreadySubscribed'),
				tags: outcomesBeing('alreadyAdded', 'alreadyAdded'),
				automations: outcomesBeing('alreadyEnrolled'),
			});
		}
	});

	it('take the credential that was read once for the run: n8n reads it from its database each time', async () => {
		const read = jest.spyOn(EngineCredentialsHelper.prototype, 'getDecrypted');

		await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], steps);

		expect(account.requests().length).toBeGreaterThan(10);
		expect(read).toHaveBeenCalledTimes(1);
		read.mockRestore();
	});

	it('include one lookup of each list and automation, during the sync, when the IDs are unknown', async () => {
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

	it('include no write beyond the sync for an unchanged contact, even when the IDs are unknown', async () => {
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

describe('reads of many contacts', () => {
	const COUNT = sized(40, 100);
	const catalog = {
		fields: [{ title: 'Company' }],
		lists: ['News'],
		tags: ['Lead', 'Webinar', 'Old'],
		automations: ['Welcome'],
	};
	const everything = {
		lists: { News: 'active' },
		tags: ['Lead', 'Webinar'],
		automations: ['Welcome'],
	} as const;
	const unchanged = {
		lists: { News: 'alreadySubscribed' },
		tags: { Lead: 'alreadyAdded', Webinar: 'alreadyAdded' },
		automations: { Welcome: 'alreadyEnrolled' },
	};
	const ownPace = { options: { requestsPerSecond: 5 } };

	function people(count: number): Array<{ email: string }> {
		return Array.from({ length: count }, (_, index) => ({ email: `c${index}@example.com` }));
	}

	function addReturning(account: TestAccount, count: number): Array<{ email: string }> {
		const items = people(count);
		for (const { email } of items) {
			account.state.addContact({
				email,
				tags: [...everything.tags],
				automations: [...everything.automations],
				lists: { ...everything.lists },
			});
		}
		return items;
	}

	/** Reads of a contact's own lists, tags, automations and values. */
	function ownReads(account: TestAccount): number {
		return account.sandbox.journal.filter({ method: 'GET', path: /^\/contacts\/\d+\// }).length;
	}

	describe('at the pace of the account, with a list, two tags and an automation', () => {
		const account = useAccount({ ...catalog, latencyMs: 300, requestsPerSecond: 5 });

		it(`${COUNT} returning contacts without changes cost at most ten requests more than syncs`, async () => {
			const items = addReturning(account, COUNT);

			const run = await account.sync(items, { ...steps, ...ownPace });

			expect(jsonOf(run.items)).toHaveLength(COUNT);
			for (const json of jsonOf(run.items)) expect(json).toMatchObject(unchanged);
			expect(account.sandbox.journal.count('POST')).toBe(COUNT);
			expect(ownReads(account)).toBe(0);
			expect(account.requests().length).toBeLessThanOrEqual(COUNT + 10);
		});

		it(`${COUNT} new contacts cost at most ten reads beside the writes`, async () => {
			await account.sync([{ email: 'first@example.com' }], steps);
			account.sandbox.journal.clear();

			const run = await account.sync(people(COUNT), { ...steps, ...ownPace });

			for (const json of jsonOf(run.items)) {
				expect(json).toMatchObject({
					lists: outcomesBeing('subscribed'),
					tags: outcomesBeing('added', 'added'),
					automations: outcomesBeing('enrolled'),
				});
			}
			expect(account.sandbox.journal.count('POST')).toBe(5 * COUNT);
			expect(account.sandbox.journal.count('GET')).toBeLessThanOrEqual(10);
		});
	});

	describe('looking at an enrollment once more', () => {
		const account = useAccount({ ...catalog, latencyMs: 300, requestsPerSecond: 5 });
		const welcome = automations(['name', 'Welcome']);

		it.each([
			[`two requests at most for ${COUNT} new contacts`, COUNT, 2],
			['one for a single form', 1, 1],
		])('costs %s', async (_cost, count, most) => {
			await account.sync([{ email: 'first@example.com' }], welcome);
			account.sandbox.journal.clear();

			const run = await account.sync(people(count), { ...welcome, ...ownPace });

			expect(jsonOf(run.items)).toMatchObject(
				people(count).map(() => ({ automations: { Welcome: 'enrolled' } })),
			);
			expect(account.sandbox.journal.count('POST')).toBe(2 * count);
			const reads = account.sandbox.journal.count() - 2 * count;
			expect(reads).toBeGreaterThan(0);
			expect(reads).toBeLessThanOrEqual(most);
		});
	});

	describe('reading what contacts have', () => {
		const account = useAccount({ ...catalog, latencyMs: 300 });

		it.each([
			['new', 2, 7],
			['known', 1, 2],
		])('takes, for a single %s contact, %d requests', async (who, reads, count) => {
			await account.sync([{ email: 'first@example.com' }], steps);
			const items = who === 'new' ? people(1) : addReturning(account, 1);
			account.sandbox.journal.clear();

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			// Whoever was enrolled is looked at once more.
			expect(account.sandbox.journal.count('GET')).toBe(reads);
			expect(account.requests()).toHaveLength(count);
		});

		it('follows the sync without a wait for other contacts', async () => {
			const items = addReturning(account, 2);

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			const [read] = account.sandbox.journal.filter({ path: '/contacts' });
			const syncs = account.sandbox.journal.filter({ path: '/contact/sync' });
			const syncedAt = Math.max(...syncs.map(({ endedAt = Infinity }) => endedAt));
			expect((read?.at ?? Infinity) - syncedAt).toBeLessThan(200);
			expect(ownReads(account)).toBe(0);
		});

		it('waits at most five seconds for another contact', async () => {
			const items = addReturning(account, 2);
			account.sandbox.failNext({ path: '/contact/sync', times: 1 }, { delayMs: 20_000, afterWrite: true });

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			const reads = account.sandbox.journal.filter({ path: '/contacts' }).map(({ at }) => at);
			const ends = account.sandbox.journal
				.filter({ path: '/contact/sync' })
				.map(({ endedAt = 0 }) => endedAt);
			expect(reads).toHaveLength(2);
			const waited = (reads[0] ?? 0) - Math.min(...ends);
			expect(waited).toBeGreaterThan(4_900);
			expect(waited).toBeLessThan(6_000);
		});

		it('does not start when the run is stopped while contacts wait', async () => {
			const items = addReturning(account, 3);
			account.sandbox.failNext({ path: '/contact/sync', times: 1 }, { delayMs: 20_000 });
			const controller = new AbortController();
			setTimeout(() => controller.abort(), 3_000);

			const run = await account.sync(items, steps, { signal: controller.signal });

			expect(run.status).toBe('canceled');
			expect(account.sandbox.journal.count('POST', '/contact/sync')).toBe(items.length);
			expect(account.sandbox.journal.filter({ path: /^\/contacts/ })).toEqual([]);
		});

		it('includes the values of fields to clear', async () => {
			const items = people(30);
			for (const { email } of items) account.state.addContact({ email, fieldValues: { Company: 'Acme' } });

			const run = await account.sync(items, {
				...steps,
				...customFields(['name', 'Company', '']),
				options: { emptyValues: 'clear' },
			});

			expect(run.status).toBe('success');
			for (const { email } of items) expect(account.stored(email, 'Company')).toBeUndefined();
			expect(ownReads(account)).toBe(0);
		});

		it('includes the contact itself under Fill Blanks Only', async () => {
			const items = people(2);
			for (const { email } of items) account.state.addContact({ email, fieldValues: { Company: 'Acme' } });

			const run = await account.sync(items, {
				...customFields(['id', '1', 'Other']),
				options: { emptyValues: 'fillOnly' },
			});

			expect(run.status).toBe('success');
			expect(account.stored('c0@example.com', 'Company')).toBe('Acme');
			expect(ownReads(account)).toBe(0);
			expect(account.sandbox.journal.filter({ path: '/contacts' })).toHaveLength(2);
		});
	});

	describe('a read of many contacts that fails', () => {
		const account = useAccount({ ...catalog, latencyMs: 50 });

		it.each(
			sampled([
				'forbidden',
				'serverError',
				'resetAfterWrite',
				'emptyOk',
				'htmlOk',
				{ status: 414, body: 'URI Too Long' },
			] as const),
		)('falls back to a read of each contact after %j', async (fault) => {
			const items = addReturning(account, 10);
			account.sandbox.failNext({ method: 'GET', path: '/contacts', times: 99 }, fault);

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			for (const json of jsonOf(run.items)) expect(json).toMatchObject(unchanged);
			expect(ownReads(account)).toBe(3 * items.length);
		});

		it.each([
			['serverError', 1],
			['forbidden', 0],
		] as const)('is tried again by the next execution: after %s, %d times', async (fault, reads) => {
			const items = addReturning(account, 10);
			account.sandbox.failNext({ method: 'GET', path: '/contacts', times: 99 }, fault);
			await account.sync(items, steps);
			account.sandbox.clearFaults();
			account.sandbox.journal.clear();

			await account.sync(items, steps);

			expect(account.sandbox.journal.count('GET', '/contacts')).toBe(reads);
			expect(ownReads(account)).toBe(reads === 1 ? 0 : 3 * items.length);
		});
	});

	describe('an account that loads less beside contacts than it is asked for', () => {
		const account = useAccount({ ...catalog, latencyMs: 50 });
		const half = 10;

		/** Half of the contacts have everything; the others have unsubscribed and lack the rest. */
		const addPeople = () => {
			const items = people(2 * half);
			items.forEach(({ email }, index) => {
				if (index % 2 === 0) {
					account.state.addContact({
						email,
						lists: { News: 'active' },
						tags: ['Lead', 'Webinar', 'Old'],
						automations: ['Welcome'],
						fieldValues: { Company: 'Acme' },
					});
				} else {
					account.state.addContact({
						email,
						lists: { News: 'unsubscribed' },
						fieldValues: { Company: 'Apex' },
					});
				}
			});
			return items;
		};

		const LOADS_LESS: Array<[string, Partial<SandboxSettings>, number | undefined]> = [
			['ignores include', { sideLoading: { ignoresInclude: true } }, 4],
			['does not know a collection', { sideLoading: { unknown: ['contactAutomations'] } }, 1],
			['leaves out a collection', { sideLoading: { withoutRows: ['contactLists'] } }, 1],
			['ends a collection after 20 rows', { sideLoading: { truncated: ['contactTags'] } }, undefined],
			['ignores ids[]', { unknownIdFilters: ['ids' as const] }, 4],
			['gives the rows of other contacts too', { sideLoading: { rowsOfOthers: true } }, 0],
			['takes short URLs only', { maxUrlLength: 200 }, 4],
		];

		it.each(sampled(LOADS_LESS, 3))(
			'gives the same result when it %s',
			async (_what, settings, ownReadsEach) => {
				account.sandbox.configure(settings);
				for (let index = 0; index < 120; index += 1)
					account.state.addContact({
						email: `other${index}@example.com`,
						tags: ['Lead'],
						lists: { News: 'active' },
					});
				const items = addPeople();
				const parameters = {
					...steps,
					tagsToRemove: 'Old',
					...customFields(['name', 'Company', '']),
					options: { emptyValues: 'clear' },
				};

				const run = await account.sync(items, parameters);

				expect(run.status).toBe('success');
				jsonOf(run.items).forEach((json, index) => {
					const had = index % 2 === 0;
					expect(json['lists']).toEqual({ News: had ? 'alreadySubscribed' : 'keptUnsubscribed' });
					expect(json['tags']).toEqual({
						Lead: had ? 'alreadyAdded' : 'added',
						Webinar: had ? 'alreadyAdded' : 'added',
						Old: had ? 'removed' : 'notThere',
					});
					expect(json['automations']).toEqual({ Welcome: had ? 'alreadyEnrolled' : 'enrolled' });
				});
				for (const { email } of items) {
					expect(account.stored(email, 'Company')).toBeUndefined();
					expect(account.state.enrollments(email, 'Welcome')).toBe(1);
				}
				// Where automations do not come with many contacts, each that was enrolled is looked at by itself.
				const looks = settings.sideLoading?.unknown ? half : 0;
				if (ownReadsEach !== undefined) {
					expect(ownReads(account)).toBe(ownReadsEach * items.length + (ownReadsEach === 4 ? half : looks));
				}
				const read = account.sandbox.journal.filter({ path: '/contacts' }).length;

				account.sandbox.journal.clear();
				await account.sync(items.slice(0, 2), parameters);

				// What the account does not load at all is not asked for again.
				const asks = ownReadsEach === 4 ? 0 : 1;
				expect(account.sandbox.journal.filter({ path: '/contacts' })).toHaveLength(asks);
				expect(read).toBeGreaterThan(0);
			},
		);
	});
});

describe('an account that refuses to side-load parts of contacts', () => {
	const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

	const account = useAccount({ fields: [{ title: 'City' }], lists: ['News'] });
	const idOf = (email: string) => account.contact(email).id;
	const steps = {
		...customFields(['name', 'City', 'Paris']),
		...lists(['name', 'News', 'subscribe']),
	};
	const done = { lists: { News: 'keptUnsubscribed' }, customFields: { City: 'Paris' } };

	beforeEach(() => {
		for (const { email } of items) account.state.addContact({ email, lists: { News: 'unsubscribed' } });
		account.sandbox.rewrite({ method: 'GET', path: /^\/contacts(\/\d+)?$/ }, (response, { query }) =>
			query.has('include') ? { status: 400, body: { message: 'include is not supported' } } : response,
		);
	});

	it.each([
		['Fill Blanks Only', {}, { emptyValues: 'fillOnly' }],
		['Update Only', {}, { syncMode: 'updateOnly' }],
		[
			'Match By Contact ID with Fill Blanks Only',
			{ matchBy: 'contactId', contactId: '={{ $json.id }}' },
			{ emptyValues: 'fillOnly' },
		],
	])('is read part by part: %s', async (_name, parameters, options) => {
		const given = items.map(({ email }) => ({ email, id: idOf(email) }));

		const run = await account.sync(given, { ...steps, ...parameters, options });

		expect(jsonOf(run.items)).toMatchObject(items.map(() => ({ action: 'updated', ...done })));
	});

	it('is read part by part for the contact with the address when nobody has the key', async () => {
		const byKey = {
			matchBy: 'customField',
			matchField: locator('name', 'City'),
			matchValue: '={{ $json.email }}',
		};

		const run = await account.sync(items, { ...byKey, ...lists(['name', 'News', 'subscribe']) });

		expect(jsonOf(run.items)).toMatchObject(
			items.map(({ email }) => ({ action: 'updated', id: idOf(email), lists: done.lists })),
		);
	});

	it('is read part by part in a dry run', async () => {
		const run = await account.sync(items, { ...steps, options: { dryRun: true } });

		expect(jsonOf(run.items)).toMatchObject(items.map(() => ({ action: 'wouldUpdate', lists: done.lists })));
	});
});

/** ActiveCampaign does not say which contacts `GET /contacts` lists where no `status` is asked for. */
describe('an account that lists only active subscribers unless a status is requested', () => {
	const account = useAccount({ lists: ['News'] });
	const items = [{ email: 'gone@example.com' }, { email: 'alone@example.com' }];
	beforeEach(() => {
		account.sandbox.configure({ listsUnlessAsked: 'active' });
		account.state.addContact({ email: 'gone@example.com', lists: { News: 'unsubscribed' } });
		account.state.addContact({ email: 'alone@example.com' });
	});

	it('has its other contacts found by Get Contact', async () => {
		const run = await account.sync(items, { operation: 'getContact' });
		expect(run.items.map(({ json }) => json.email)).toEqual(['gone@example.com', 'alone@example.com']);
	});

	it('has its other contacts deleted by Delete Contact', async () => {
		const run = await account.sync(items, { operation: 'deleteContact' });
		expect(run.items.map(({ json }) => json.action)).toEqual(['deleted', 'deleted']);
		expect(account.state.contacts()).toEqual([]);
	});

	it('has its other contacts left alone by Create Only', async () => {
		const run = await account.sync(items, { firstName: 'New', options: { syncMode: 'createOnly' } });
		expect(run.items.map(({ json }) => json.action)).toEqual(['skipped', 'skipped']);
		expect(account.contact('alone@example.com').firstName).not.toBe('New');
	});

	it('has its other contacts recognized in the results of an import', async () => {
		account.state.excludeFromImport('third@example.com');
		const run = await runBulk(account.sandbox, [...items, { email: 'third@example.com' }]);
		expect(outcomes(run)).toEqual(['imported', 'imported', 'excluded']);
	});
});

describe('the requests for many contacts', () => {
	const COUNT = sized(2_000, 10_000);
	const account = useAccount({
		fields: [{ title: 'Company' }],
		lists: ['News', 'Offers'],
		tags: ['Lead', 'Webinar'],
		automations: ['Welcome'],
	});

	it(`are at most 1.05 for each hundred of ${COUNT} contacts with everything they have`, async () => {
		for (let index = 0; index < COUNT; index += 1) {
			account.state.addContact({
				email: `c${index}@example.com`,
				fieldValues: { Company: `Company ${index}` },
				lists: { News: 'active', Offers: 'unsubscribed' },
				tags: ['Lead', 'Webinar', `Tag ${index % 200}`],
				automations: ['Welcome'],
				company: `Acme ${index % 50}`,
			});
		}

		const run = await account.sync([{}], { operation: 'getManyContacts', returnAll: true });

		expect(run.items).toHaveLength(COUNT);
		expect(jsonOf(run.items).at(-1)).toMatchObject({
			customFields: { Company: `Company ${COUNT - 1}` },
			lists: { News: 'active', Offers: 'unsubscribed' },
			tags: ['Lead', 'Webinar', 'Tag 199'],
			automations: { Welcome: 'active' },
			company: 'Acme 49',
		});
		expect(account.requests().length).toBeLessThanOrEqual((1.05 * COUNT) / 100);
	});
});
