import type { INodeParameters } from 'n8n-workflow';

import { isRecord } from '../guards';
import type { RunningSandbox } from '../sandbox';
import { seededRandom, shuffled } from '../sandbox/random';
import { sized } from '../size';
import { useAccount, withAccount } from './harness/account';
import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { lists, mapAutomatically } from './harness/parameters';
import { jsonOf, outcomes, tally, textLike } from './harness/results';

describe('many contacts', () => {
	it('are imported 250 at a time, within both limits', async () =>
		await withAccount({ latencyMs: 250, requestsPerSecond: 5, importsPerMinute: 100 }, async (sandbox) => {
			const batches = sized(12, 40);
			const count = 250 * batches;
			const run = await runBulk(sandbox, people(count), { options: { requestsPerSecond: 5 } });
			expect(sandbox.journal.count('POST', IMPORT)).toBe(batches);
			expect(sandbox.journal.count('POST', IMPORT, 200)).toBe(batches);
			expect(sandbox.account.contacts()).toHaveLength(count);
			expect(tally(run)).toEqual({ imported: count });
			expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
			expect(sandbox.account.contactByEmail(`person${count - 1}@example.com`)?.firstName).toBe(
				`First ${count - 1}`,
			);
			expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
				run.items.map((_, index) => ({ item: index })),
			);
			expect(run.hints).toMatchObject([
				{
					message: `${count} items: ${count} imported. ActiveCampaign accepted ${count} contacts in ${batches} batches.`,
				},
			]);
		}));

	it('each get the right outcome: invalid, duplicate, excluded, and rejected ones', async () =>
		await withAccount({}, async (sandbox) => {
			const badKinds = [
				'@example.com',
				...'" ( ) , : ; < > @ [ \\ ]'.split(' ').map((character) => `a${character}b@example.com`),
				'a b@example.com',
				'a\tb@example.com',
				'a@localhost',
				'a@example.c',
				'a@exam ple.com',
				'nobody',
				'',
			];
			const rows = (count: number, expected: string, email: (index: number) => string) =>
				Array.from({ length: count }, (_, index) => ({ email: email(index), expected }));
			const bad = badKinds.flatMap((email) => rows(30, 'failed', () => email));
			const excluded = rows(20, 'excluded', (index) => `excluded${index}@example.com`);
			const failing = rows(10, 'refused', (index) => `failing${index}@example.com`);
			const duplicates = rows(50, 'imported', (index) => ` GOOD${index}@Example.com `);
			const goodCount = 1_000 - bad.length - excluded.length - failing.length - duplicates.length;
			const good = rows(goodCount, 'imported', (index) => `good${index}@example.com`);
			for (const { email } of excluded) sandbox.account.excludeFromImport(email);
			for (const { email } of failing) sandbox.account.failInImport(email);

			const items = shuffled([...bad, ...excluded, ...failing, ...duplicates, ...good], seededRandom(3));
			const run = await runBulk(sandbox, items);

			expect(items).toHaveLength(1_000);
			expect(outcomes(run)).toEqual(items.map(({ expected }) => expected));
			expect(new Set(storedEmails(sandbox).map((email) => email.toLowerCase()))).toEqual(
				new Set(good.map(({ email }) => email)),
			);
			expect(sandbox.account.contacts()).toHaveLength(goodCount);
			const stored = (email: string) => sandbox.account.contactByEmail(email) !== undefined;
			for (const { json, pairedItem } of run.items) {
				const item = isRecord(pairedItem) ? items[Number(pairedItem.item)] : undefined;
				expect(stored((item?.email ?? '').trim())).toBe(json.action === 'imported');
				expect(json.reason).toBeTruthy();
			}
			expect(sandbox.journal.count('POST', IMPORT, 400)).toBe(0);
		}));

	it('go in smaller batches when they are large, and one larger than a request is rejected alone', async () =>
		await withAccount({}, async (sandbox) => {
			const random = seededRandom(5);
			const items = Array.from({ length: 300 }, (_, index) => ({
				email: `big${index}@example.com`,
				firstName: '😀"é'.repeat(1 + Math.floor(random() * 900)),
			}));
			items[7] = { email: 'big7@example.com', firstName: '😀'.repeat(100_000) };
			const run = await runBulk(sandbox, items);
			const requests = sandbox.journal.filter({ method: 'POST', path: IMPORT });
			expect(requests.length).toBeGreaterThan(2);
			for (const { headers, status } of requests) {
				expect(Number(headers['content-length'])).toBeLessThanOrEqual(399_999);
				expect(status).toBe(200);
			}
			for (const contacts of sentContacts(sandbox)) expect(contacts.length).toBeLessThanOrEqual(250);
			expect(outcomes(run)).toEqual(items.map((_, index) => (index === 7 ? 'failed' : 'imported')));
			expect(run.items[7]?.json).toMatchObject({
				email: 'big7@example.com',
				reason: textLike(/399,999 bytes.*Shorten/),
			});
			for (const { email, firstName } of items) {
				const stored = sandbox.account.contactByEmail(email)?.firstName;
				expect(stored).toBe(email === 'big7@example.com' ? undefined : firstName);
			}
		}));

	it('are merged when they have the same address, even across batches: later values win', async () =>
		await withAccount({}, async (sandbox) => {
			const items = [
				{ email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron', phone: '1' },
				...people(300),
				{ email: 'ADA@Example.com', firstName: '', lastName: 'Lovelace', phone: '' },
				{ email: ' ada@example.COM ', phone: '3' },
			];
			const run = await runBulk(sandbox, items);
			const sent = sentContacts(sandbox).flat();
			expect(sent).toHaveLength(301);
			expect(sent.filter(({ email }) => /ada/i.test(String(email)))).toEqual([
				{ email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', phone: '3' },
			]);
			expect(tally(run)).toEqual({ imported: 303 });
			expect([0, 301, 302].map((index) => run.items[index]?.json.email)).toEqual([
				'ada@example.com',
				'ada@example.com',
				'ada@example.com',
			]);
		}));
});

describe('items of one address', () => {
	it.each([false, true])(
		'are imported once, also with another Unusable Values each, in a dry run: %s',
		async (dryRun) =>
			await withAccount({}, async (sandbox) => {
				const items = ['saveRest', 'skip', 'saveRest'].map((unusable, index) => ({
					...{ email: 'ada@example.com', firstName: `Ada ${index}`, unusable },
				}));
				const run = await runBulk(sandbox, items, {
					options: { unusableValues: '={{ $json.unusable }}', dryRun },
				});
				const expected = [[{ email: 'ada@example.com', first_name: 'Ada 2' }]];
				expect(sentContacts(sandbox)).toEqual(dryRun ? [] : expected);
				expect(outcomes(run)).toEqual(items.map(() => (dryRun ? 'wouldCreate' : 'imported')));
				expect(jsonOf(run.items)[0]?.['changes'] ?? []).toEqual(
					dryRun ? [{ field: 'First Name', from: '', to: 'Ada 2' }] : [],
				);
			}),
	);
});

describe('a contact in an import request', () => {
	const rows = (...values: INodeParameters[]): INodeParameters => ({ values });
	const byName = (value: string) => ({ __rl: true, mode: 'name', value });
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });

	it('has its custom fields encoded, with fields by title and options by label', async () =>
		await withAccount(
			{
				fields: [
					{ title: 'Birthday', type: 'date' },
					{ title: 'Languages', type: 'listbox', options: [{ value: 'af', label: 'Afrikaans' }, 'fr'] },
					{ title: 'Note', type: 'text' },
				],
			},
			async (sandbox) => {
				const items = [
					{ email: 'ada@example.com', born: '31 December 2001', speaks: ['Afrikaans', 'fr'], note: '' },
					{ email: 'bo@example.com', born: '', speaks: '', note: 'Hello' },
					{ email: 'cy@example.com', born: '2001-01-02', speaks: 'Klingon', note: '' },
				];
				const run = await runBulk(sandbox, items, {
					options: { unusableValues: 'fail' },
					parameters: {
						customFields: {
							values: [
								{ field: byName('Birthday'), value: '={{ $json.born }}' },
								{ field: byName('%LANGUAGES%'), value: '={{ $json.speaks }}' },
								{ field: byName('Note'), value: '={{ $json.note }}' },
							],
						},
					},
				});
				expect(sentContacts(sandbox)).toEqual([
					[
						{
							email: 'ada@example.com',
							fields: [
								{ id: 1, value: '2001-12-31' },
								{ id: 2, value: '||af||fr||' },
							],
						},
						{ email: 'bo@example.com', fields: [{ id: 3, value: 'Hello' }] },
					],
				]);
				expect(outcomes(run)).toEqual(['imported', 'imported', 'failed']);
				expect(run.items[2]?.json.reason).toMatch(/Klingon/);
			},
		));

	it('has lists by name and by ID, looked up once for all contacts, and tags by name', async () =>
		await withAccount({ lists: ['News', 'Club', 'Old'] }, async (sandbox) => {
			const [news = '', club = '', old = ''] = sandbox.account.lists.keys();
			sandbox.account.addContact({
				email: 'person1@example.com',
				lists: { News: 'unsubscribed', Old: 'active' },
			});
			const run = await runBulk(sandbox, people(300), {
				parameters: {
					lists: rows(
						{ list: byName('news'), action: 'subscribe' },
						{ list: byId(club), action: 'subscribe' },
						{ list: byName('Old'), action: 'unsubscribe' },
					),
					tagsToAdd: 'VIP, Sheet 2026',
				},
			});
			expect(tally(run)).toEqual({ imported: 300 });
			expect(sandbox.journal.count('GET', '/lists')).toBe(1);
			expect(sandbox.journal.count('GET', '/tags')).toBe(0);
			const statuses = (email: string) =>
				[news, club, old].map((id) => sandbox.account.contactByEmail(email)?.lists.get(id)?.status);
			expect(statuses('person0@example.com')).toEqual([1, 1, 2]);
			expect(statuses('person299@example.com')).toEqual([1, 1, 2]);
			// An import never subscribes again who has unsubscribed.
			expect(statuses('person1@example.com')).toEqual([2, 1, 2]);
			expect(sandbox.account.contactByEmail('person299@example.com')?.tags.size).toBe(2);
		}));

	it('has one change for a list that is given by name and by ID: the last one', async () =>
		await withAccount({ lists: ['News'] }, async (sandbox) => {
			const [news = ''] = sandbox.account.lists.keys();
			const lists = rows(
				{ list: byName('News'), action: 'subscribe' },
				{ list: byId(news), action: '={{ $json.wish }}' },
			);
			const items = [
				{ email: 'ada@example.com', wish: 'unsubscribe' },
				{ email: 'bo@example.com', wish: 'subscribe' },
			];
			await runBulk(sandbox, items, { parameters: { lists }, options: { waitForResult: false } });
			expect(sentContacts(sandbox)).toEqual([
				[
					{ email: 'ada@example.com', unsubscribe: [{ listid: news }] },
					{ email: 'bo@example.com', subscribe: [{ listid: news }] },
				],
			]);
		}));

	it('is rejected if its list does not exist, and the others are imported', async () =>
		await withAccount({ lists: ['News'] }, async (sandbox) => {
			const items = people(3).map((row, index) => ({ ...row, list: index === 1 ? 'Nws' : 'News' }));
			const run = await runBulk(sandbox, items, {
				parameters: { lists: rows({ list: byName('={{ $json.list }}'), action: 'subscribe' }) },
			});
			expect(outcomes(run)).toEqual(['imported', 'failed', 'imported']);
			expect(run.items[1]?.json.reason).toMatch(/no list called 'Nws'/);
			expect(storedEmails(sandbox)).toEqual(['person0@example.com', 'person2@example.com']);
		}));

	it('needs one lookup when lists cannot be read, however many items name one', async () =>
		await withAccount({ lists: ['News'], deny: ['lists'] }, async (sandbox) => {
			const [news = ''] = sandbox.account.lists.keys();
			const named = await runBulk(sandbox, people(300), {
				parameters: { lists: rows({ list: byName('News'), action: 'subscribe' }) },
			});
			expect(named.error?.message).toMatch(/did not allow this API key to read the lists/);
			// A 403 for a token that has not worked yet is tried again for two seconds.
			expect(sandbox.journal.count('GET', '/lists')).toBeLessThanOrEqual(4);
			expect(sandbox.journal.count('POST', IMPORT)).toBe(0);
			sandbox.journal.clear();
			const byTheirId = await runBulk(sandbox, people(300), {
				parameters: { lists: rows({ list: byId(news), action: 'subscribe' }) },
			});
			expect(tally(byTheirId)).toEqual({ imported: 300 });
			// Whether it is a list for text messages.
			expect(sandbox.journal.count('GET', '/lists')).toBeLessThanOrEqual(4);
		}));

	it.each([true, false])(
		'starts automations unless they are excluded (excluded: %j)',
		async (isExcluded) =>
			await withAccount({ lists: ['News'] }, async (sandbox) => {
				const [news = ''] = sandbox.account.lists.keys();
				sandbox.account.addAutomation('Welcome', { startsOnList: news });
				await runBulk(sandbox, people(2), {
					parameters: { lists: rows({ list: byId(news), action: 'subscribe' }) },
					options: { excludeAutomations: isExcluded },
				});
				expect(sandbox.account.contacts().map(({ automations }) => automations.length)).toEqual(
					isExcluded ? [0, 0] : [1, 1],
				);
			}),
	);

	it('comes from automatically mapped columns, with a report of what matched no field', async () =>
		await withAccount({ fields: [{ title: 'Shoe size', type: 'number' }] }, async (sandbox) => {
			const items = [
				{ 'E-Mail': 'ada@example.com', 'First Name': 'Ada', shoe_size: 38, Weather: 'fine' },
				{ 'E-Mail': 'bo@example.com', 'First Name': 'Bo', shoe_size: '44', Weather: '' },
			];
			const run = await runBulk(sandbox, items, {
				parameters: mapAutomatically,
			});
			expect(sentContacts(sandbox)).toEqual([
				[
					{ email: 'ada@example.com', first_name: 'Ada', fields: [{ id: 1, value: '38' }] },
					{ email: 'bo@example.com', first_name: 'Bo', fields: [{ id: 1, value: '44' }] },
				],
			]);
			expect(outcomes(run)).toEqual(['imported', 'imported']);
			expect(run.hints).toMatchObject([
				{ message: textLike(/ Input fields not used: 'Weather' \(no field has this name\)\./) },
			]);
		}));

	it('skips unknown fields with a warning for each when Unusable Values is Skip', async () =>
		await withAccount({ fields: 1 }, async (sandbox) => {
			const run = await runBulk(sandbox, people(2), {
				parameters: { customFields: rows({ field: byName('Shoe size'), value: '38' }) },
				options: { unusableValues: 'skip' },
			});
			expect(outcomes(run)).toEqual(['imported', 'imported']);
			expect(run.items.map(({ json }) => json.warnings)).toEqual([
				[textLike(/no custom field 'Shoe size'/)],
				[textLike(/no custom field 'Shoe size'/)],
			]);
		}));
});

describe('a dry run of import requests', () => {
	it('shows each request and sends nothing', async () =>
		await withAccount({ lists: ['News'], fields: [{ title: 'Note', type: 'text' }] }, async (sandbox) => {
			const items = [
				{ email: 'ada@example.com', firstName: 'Ada', note: 'Hello' },
				{ email: 'no address', firstName: 'Nobody', note: '' },
				{ email: 'ADA@example.com', lastName: 'King', note: '' },
				{ email: 'big@example.com', firstName: 'x'.repeat(400_000), note: '' },
			];
			const run = await runBulk(sandbox, items, {
				parameters: {
					customFields: {
						values: [{ field: { __rl: true, mode: 'name', value: 'Note' }, value: '={{ $json.note }}' }],
					},
					lists: { values: [{ list: { __rl: true, mode: 'name', value: 'News' }, action: 'subscribe' }] },
					tagsToAdd: 'VIP',
				},
				options: { dryRun: true, excludeAutomations: true },
			});
			const ada = {
				action: 'wouldCreate',
				email: 'ada@example.com',
				changes: [
					{ field: 'First Name', from: '', to: 'Ada' },
					{ field: 'Last Name', from: '', to: 'King' },
					{ field: 'Note', from: '', to: 'Hello' },
				],
				lists: { News: 'wouldSubscribe' },
				tags: { VIP: 'wouldCreateTag' },
			};
			expect(jsonOf(run.items)).toEqual([
				ada,
				{
					action: 'failed',
					email: 'no address',
					reason: textLike(/not a valid email address/),
				},
				ada,
				{
					action: 'failed',
					email: 'big@example.com',
					reason: textLike(/399,999 bytes/),
				},
			]);
			expect(sandbox.journal.filter({ where: ({ method }) => method !== 'GET' })).toEqual([]);
			expect(run.hints).toMatchObject([
				{
					message: textLike(
						/^Dry run: 2 would be created, 2 would fail, nothing sent\.<br>\nNot imported:<br>\nItem 2 /,
					),
				},
			]);
		}));
});

describe('companies in bulk', () => {
	const parameters = { additionalFields: { company: '={{ $json.company }}' } };

	const account = useAccount();
	const rows = people(4).map((person, index) => ({
		...person,
		company: ['Acme', ' Acme ', '', 'Apex'][index],
	}));
	const companyOf = (email: string) =>
		account.state.companies.get(account.contact(email).company?.companyId ?? '')?.name;

	it('go with their contacts, without a request of their own', async () => {
		const run = await runBulk(account.sandbox, rows, { parameters });

		expect(tally(run)).toEqual({ imported: 4 });
		expect(
			sentContacts(account.sandbox)
				.flat()
				.map((contact) => contact['customer_acct_name']),
		).toEqual(['Acme', 'Acme', undefined, 'Apex']);
		expect(rows.map(({ email }) => companyOf(email))).toEqual(['Acme', 'Acme', undefined, 'Apex']);
		expect(account.requests().filter((request) => /account/i.test(request))).toEqual([]);
	});

	it('come from the last merged row that has one', async () => {
		const merged = ['Acme', 'Apex', ''].map((company) => ({ email: 'ann@example.com', company }));

		await runBulk(account.sandbox, merged, { parameters });

		expect(sentContacts(account.sandbox).flat()).toEqual([
			{ email: 'ann@example.com', customer_acct_name: 'Apex' },
		]);
	});

	it('are imported without job titles and notes, which only single contacts get', async () => {
		await runBulk(account.sandbox, rows, {
			parameters: { additionalFields: { company: 'Acme', jobTitle: 'CEO', note: 'Hello' } },
		});

		expect(account.state.contacts().map(({ company, notes }) => [company?.jobTitle, notes.length])).toEqual(
			rows.map(() => ['', 0]),
		);
	});

	it('are compared with the account by a dry run', async () => {
		account.state.addContact({ email: 'person0@example.com', company: 'Apex' });
		account.state.addContact({ email: 'person3@example.com', company: 'Apex' });

		const run = await runBulk(account.sandbox, rows, {
			parameters: { additionalFields: { company: '={{ $json.company }}', jobTitle: 'CEO', note: 'Hello' } },
			options: { dryRun: true },
		});

		const results = jsonOf(run.items);
		const [first, second, , fourth] = results.map(
			({ company }) => company as { outcome: string } | undefined,
		);
		expect([
			['wouldCreateAndMove', 'wouldLink'],
			['wouldMove', 'wouldCreateAndLink'],
		]).toContainEqual([first?.outcome, second?.outcome]);
		expect(fourth).toEqual({ name: 'Apex', outcome: 'alreadyLinked' });
		for (const json of results) expect(json).not.toHaveProperty('note');
		expect(results[2]).not.toHaveProperty('company');
	});
});

describe('contacts excluded by an import', () => {
	const items = people(120);
	const left = [3, 50, 119];
	const expected = items.map((_, index) => (left.includes(index) ? 'excluded' : 'imported'));
	const excludeSome = ({ account }: RunningSandbox) => {
		for (const index of left) account.excludeFromImport(items[index]?.email ?? '');
		// Contacts of other people, older and newer, with ids around those of the import.
		for (const { email } of people(130, 'other')) account.addContact({ email });
	};

	it('are found by reading the contacts, a hundred IDs per request', async () =>
		await withAccount({}, async (sandbox) => {
			excludeSome(sandbox);
			const run = await runBulk(sandbox, items);
			expect(outcomes(run)).toEqual(expected);
			expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
		}));

	it('take no request when all contacts were imported', async () =>
		await withAccount({}, async (sandbox) => {
			expect(tally(await runBulk(sandbox, items))).toEqual({ imported: 120 });
			expect(sandbox.journal.count('GET', '/contacts')).toBe(0);
		}));

	it('are found one address at a time in a small batch where the account ignores the filter by IDs', async () =>
		await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
			excludeSome(sandbox);
			const few = items.slice(0, 60);
			expect(outcomes(await runBulk(sandbox, few))).toEqual(expected.slice(0, 60));
			expect(sandbox.journal.count('GET', '/contacts')).toBeLessThanOrEqual(1 + 60);
		}));

	it('are found one address at a time in a small batch where the account refuses so many IDs', async () =>
		await withAccount({ maxUrlLength: 300 }, async (sandbox) => {
			excludeSome(sandbox);
			const few = items.slice(0, 60);
			expect(outcomes(await runBulk(sandbox, few))).toEqual(expected.slice(0, 60));
		}));

	it('stay unknown for a large batch where the account ignores the filter by IDs', async () =>
		await withAccount({ unknownIdFilters: ['ids'] }, async (sandbox) => {
			excludeSome(sandbox);
			const run = await runBulk(sandbox, items);
			expect(tally(run)).toEqual({ pending: 120 });
			expect(run.items[0]?.json.reason).toMatch(/imported 117 of 120 contacts but did not say which/);
			expect(sandbox.journal.count('GET', '/contacts')).toBe(1);
		}));

	it('stay unknown when the token may not see contacts', async () =>
		await withAccount({ deny: ['contacts'] }, async (sandbox) => {
			excludeSome(sandbox);
			sandbox.account.failInImport('person7@example.com');
			const run = await runBulk(sandbox, items);
			expect(tally(run)).toEqual({ pending: 119, refused: 1 });
			expect(run.items[0]?.json.reason).toMatch(/imported 116 of 119 contacts.*did not allow this API key/);
		}));

	it('stay unknown when imported contacts can no longer be read', async () =>
		await withAccount({}, async (sandbox) => {
			excludeSome(sandbox);
			sandbox.failNext(
				{ path: '/contacts', times: Number.POSITIVE_INFINITY },
				{ status: 200, body: { contacts: [], meta: { total: '0' } } },
			);
			const run = await runBulk(sandbox, items);
			expect(tally(run)).toEqual({ pending: 120 });
			expect(run.items[0]?.json.reason).toMatch(/imported 117 of 120 contacts/);
			expect(sandbox.journal.count('GET', '/contacts')).toBe(2);
		}));
});

describe('items that are not imported', () => {
	const items = [
		...people(3),
		{ email: 'no address' },
		{ email: 'refused@example.com' },
		{ email: 'failing@example.com' },
		{ email: 'excluded@example.com' },
	];
	const prepare = ({ account }: RunningSandbox) => {
		account.refuseInImport(({ email }) => email === 'refused@example.com', 'Field ‘email’ is blocked');
		account.failInImport('failing@example.com');
		account.excludeFromImport('excluded@example.com');
	};
	const expected = ['imported', 'imported', 'imported', 'failed', 'refused', 'refused', 'excluded'];
	const hasError = (outcome: string) => outcome === 'failed' || outcome === 'refused';

	it('do not stop the workflow while others are imported', async () =>
		await withAccount({}, async (sandbox) => {
			prepare(sandbox);
			const run = await runBulk(sandbox, items);
			expect(run.status).toBe('success');
			expect(outcomes(run)).toEqual(expected);
			for (const json of jsonOf(run.items)) expect(json).not.toHaveProperty('error');
			expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			expect(run.hints).toMatchObject([
				{
					message: [
						'7 items: 3 imported, 2 refused, 1 failed, 1 excluded. ActiveCampaign accepted 5 contacts in 1 batch.',
						'Not imported:',
						"Item 4 (no address): 'Email' is not a valid email address: 'no address' (the @ is missing). Use one address such as jane@example.com, with no name or anything else around it",
						'Item 5 (refused@example.com): ActiveCampaign did not accept the contact: Field ‘email’ is blocked. Correct the contact and run the item again',
						"Item 6 (failing@example.com): ActiveCampaign did not import the contact and gave no reason. Sync this contact with the operation Sync Contact, which reports ActiveCampaign's reasons",
						"Item 7 (excluded@example.com): ActiveCampaign skipped this contact, probably because its address is on the account's exclusion list",
					].join('<br>\n'),
				},
			]);
		}));

	it('have an error with On Error at Continue, if they were rejected', async () =>
		await withAccount({}, async (sandbox) => {
			prepare(sandbox);
			const run = await runBulk(sandbox, items, { onError: 'continueRegularOutput' });
			expect(outcomes(run)).toEqual(expected);
			expect(run.items.map(({ json }) => Boolean(json['error']))).toEqual(expected.map(hasError));
		}));

	it('go to the error output, linked to their items, if they were rejected', async () =>
		await withAccount({}, async (sandbox) => {
			prepare(sandbox);
			const run = await runBulk(sandbox, items, { onError: 'continueErrorOutput' });
			expect(outcomes(run)).toEqual(expected.filter((outcome) => !hasError(outcome)));
			expect(run.errorItems.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 3 },
				{ item: 4 },
				{ item: 5 },
			]);
			expect(run.errorItems[1]?.json).toMatchObject({
				error: textLike(/is blocked/),
				email: 'refused@example.com',
			});
		}));
});

describe('a dry run of a bulk import', () => {
	const COMPARED = 100;

	const account = useAccount({ lists: ['News'], tags: ['Lead'] });

	it('shows changes by name, and memberships that consent keeps even with Resubscribe', async () => {
		account.state.addContact({
			email: 'person0@example.com',
			firstName: 'First 0',
			lists: { News: 'unsubscribed' },
			tags: ['Lead'],
		});

		const run = await runBulk(account.sandbox, people(2), {
			parameters: { ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'Lead' },
			options: { dryRun: true, resubscribe: true },
		});

		expect(jsonOf(run.items)).toEqual([
			{
				action: 'unchanged',
				id: account.contact('person0@example.com').id,
				email: 'person0@example.com',
				changes: [],
				lists: { News: 'keptUnsubscribed' },
				tags: { Lead: 'alreadyAdded' },
			},
			{
				action: 'wouldCreate',
				email: 'person1@example.com',
				changes: [{ field: 'First Name', from: '', to: 'First 1' }],
				lists: { News: 'wouldSubscribe' },
				tags: { Lead: 'wouldAdd' },
			},
		]);
		expect(account.sandbox.journal.count('GET')).toBe(account.sandbox.journal.entries.length);
	});

	it('compares the first 100 contacts with the account, and reports that limit in the hint', async () => {
		const run = await runBulk(account.sandbox, people(COMPARED + 20), { options: { dryRun: true } });

		const actions = jsonOf(run.items).map(({ action }) => action);
		expect(actions.slice(0, COMPARED)).toEqual(Array.from({ length: COMPARED }, () => 'wouldCreate'));
		expect(jsonOf(run.items).slice(COMPARED)).toEqual(
			people(COMPARED + 20)
				.slice(COMPARED)
				.map(({ email }) => ({ action: 'notCompared', email })),
		);
		expect(account.requests()).toHaveLength(COMPARED);
		expect(run.hints.map(({ message }) => message)).toEqual([
			'The dry run compared the first 100 contacts with the account; the others would be sent as well.',
			'Dry run: 100 would be created, 20 not compared, nothing sent.',
		]);
	});
});

describe('waiting for an import', () => {
	const INFO = '/import/info';
	const TOO_LONG = { importDurationMs: 600_000 };

	const batchIds = ({ account }: RunningSandbox) => account.imports.map(({ batchId }) => batchId);

	/** Waits until something holds; the test's own time-out ends what never does. */
	async function until(holds: () => boolean): Promise<void> {
		while (!holds()) await pause(20);
	}

	async function pause(ms: number): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, ms));
	}

	describe('a run that does not wait for the result', () => {
		it('ends when all contacts are queued, with the batch ID of each', async () =>
			await withAccount(TOO_LONG, async (sandbox) => {
				const run = await runBulk(sandbox, people(300), { options: { waitForResult: false } });
				expect(tally(run)).toEqual({ pending: 300 });
				expect(sandbox.journal.count('GET', INFO)).toBe(0);
				const idOf = new Map(
					sandbox.account.imports.flatMap(({ batchId, contacts }) =>
						contacts.map(({ email }): [unknown, string] => [email, batchId]),
					),
				);
				expect(jsonOf(run.items)).toEqual(
					people(300).map(({ email }) => ({
						action: 'pending',
						email,
						reason: 'The import has not finished yet',
						batchId: idOf.get(email),
					})),
				);
				expect(run.hints).toMatchObject([
					{ message: '300 items: 300 pending. ActiveCampaign accepted 300 contacts in 2 batches.' },
				]);
			}));
	});

	describe('Maximum Wait', () => {
		it('leaves unfinished contacts pending, and keeps the results of the others', async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
				const run = await runBulk(sandbox, people(300), { options: { maxWait: 0.05 } });
				const { pending = 0, imported = 0 } = tally(run);
				expect([pending, imported].sort((one, other) => one - other)).toEqual([50, 250]);
				const open = run.items.find(({ json }) => json.action === 'pending');
				expect(open?.json).toMatchObject({
					batchId: batchIds(sandbox)[0],
					reason: textLike(/did not finish the import within 'Maximum Wait \(Minutes\)'/),
				});
			}));
	});

	describe('Stop', () => {
		it('sends no further batch while batches are submitted, and keeps the queued ones', async () =>
			await withAccount({ latencyMs: 100, ...TOO_LONG }, async (sandbox) => {
				sandbox.failNext({ method: 'POST', path: IMPORT, skip: 5, times: 5 }, 'hangAfterWrite');
				const stop = new AbortController();
				const running = runBulk(sandbox, people(3_000), {
					signal: stop.signal,
					options: { requestsPerSecond: 5 },
				});
				// Five go at once: when a sixth has arrived, a second later, the responses to those are long there.
				await until(() => sandbox.account.imports.length >= 6);
				stop.abort();
				const run = await running;
				await pause(1_000);
				const { imports } = sandbox.account;
				expect(imports.length).toBeLessThanOrEqual(10);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(imports.length);
				expect(sandbox.journal.count('GET', INFO)).toBe(0);
				expect(run.status).toBe('canceled');
				// n8n cuts what is on its way: it is not known that the batches without a response were accepted.
				const known = new Set(run.items.flatMap(({ json }) => json.batchId ?? []));
				expect(known.size).toBe(5);
				for (const { batchId, contacts } of imports) {
					const emails = new Set(contacts.map(({ email }) => email));
					const reported = run.items.filter(({ json }) => emails.has(json.email));
					expect(reported).toHaveLength(250);
					for (const { json } of reported) {
						expect(json.action).toBe('pending');
						if (known.has(batchId)) expect(json.batchId).toBe(batchId);
						else expect(json.reason).toMatch(/stopped before ActiveCampaign responded/);
					}
				}
				const begun = run.items.length;
				expect(tally(run)).toEqual({ pending: begun });
				expect(run.hints).toMatchObject([
					{
						message: `3000 items: ${begun} pending, ${3_000 - begun} not started. ActiveCampaign accepted 1250 contacts in 5 batches.`,
					},
				]);
			}));

		it('ends the polling while the node waits for results, and outputs the known ones', async () =>
			await withAccount({}, async (sandbox) => {
				sandbox.account.scriptImport({ outcome: 'completed', durationMs: 600_000 });
				const stop = new AbortController();
				const running = runBulk(sandbox, people(300), { signal: stop.signal });
				await until(() => sandbox.journal.count('GET', INFO, 200) >= 3);
				stop.abort();
				const run = await running;
				const polls = sandbox.journal.count('GET', INFO);
				await pause(2_000);
				expect(sandbox.journal.count('GET', INFO)).toBe(polls);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(2);
				expect(Object.keys(tally(run)).sort()).toEqual(['imported', 'pending']);
				expect(run.items).toHaveLength(300);
			}));
	});

	describe('two bulk runs on one account at the same time', () => {
		it('each report the right outcomes and stay within the limits together', async () =>
			await withAccount({ latencyMs: 50, requestsPerSecond: 5, importsPerMinute: 100 }, async (sandbox) => {
				const shared = people(50, 'shared').map((row) => ({ ...row, lastName: 'Shared' }));
				for (const email of ['one7@example.com', 'two9@example.com', 'shared3@example.com']) {
					sandbox.account.excludeFromImport(email);
				}
				const lists = [
					[...people(500, 'one'), ...shared],
					[...shared, ...people(500, 'two')],
				];
				const runs = await Promise.all(
					lists.map(async (items) => await runBulk(sandbox, items, { options: { requestsPerSecond: 5 } })),
				);
				for (const [index, run] of runs.entries()) {
					expect(outcomes(run)).toEqual(
						lists[index]?.map(({ email }) =>
							sandbox.account.contactByEmail(email) ? 'imported' : 'excluded',
						),
					);
					expect(tally(run)).toEqual({ imported: 548, excluded: 2 });
				}
				expect(storedEmails(sandbox)).toHaveLength(1_050 - 3);
				expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
				expect(sentContacts(sandbox)).toHaveLength(6);
			}));
	});
});
