import type { INodeParameters } from 'n8n-workflow';

import { isRecord } from '../sandbox/guards';
import { seededRandom, shuffled } from '../sandbox/random';
import {
	IMPORT,
	outcomes,
	people,
	runBulk,
	sentContacts,
	storedEmails,
	tally,
	text,
	withAccount,
} from './bulk';

jest.setTimeout(60_000);

describe('many contacts', () => {
	it.concurrent(
		'are imported 250 at a time: 10,000 in 40 requests, within both limits',
		async () =>
			await withAccount({ latencyMs: 250, requestsPerSecond: 5, importsPerMinute: 100 }, async (sandbox) => {
				const run = await runBulk(sandbox, people(10_000), { options: { requestsPerSecond: 5 } });
				expect(sandbox.journal.count('POST', IMPORT)).toBe(40);
				expect(sandbox.journal.count('POST', IMPORT, 200)).toBe(40);
				expect(sandbox.account.contacts()).toHaveLength(10_000);
				expect(tally(run)).toEqual({ imported: 10_000 });
				expect(sandbox.journal.count(undefined, undefined, 429)).toBe(0);
				expect(sandbox.account.contactByEmail('person9999@example.com')?.firstName).toBe('First 9999');
				expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
					run.items.map((_, index) => ({ item: index })),
				);
				expect(run.hints).toMatchObject([
					{ message: '10000 items: 10000 imported. ActiveCampaign took 40 batches.' },
				]);
			}),
	);

	it.concurrent(
		'with bad addresses of each kind, duplicates, excluded and failing ones each get the right outcome',
		async () =>
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
				const bad = badKinds.flatMap((email) => rows(30, 'refused', () => email));
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
					expect(stored((item?.email ?? '').trim())).toBe(json.outcome === 'imported');
					if (json.outcome === 'refused' || json.outcome === 'excluded') expect(json.reason).toBeTruthy();
				}
				expect(sandbox.journal.count('POST', IMPORT, 400)).toBe(0);
			}),
	);

	it.concurrent(
		'that are large go in smaller batches, and one larger than a request is refused alone',
		async () =>
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
				expect(outcomes(run)).toEqual(items.map((_, index) => (index === 7 ? 'refused' : 'imported')));
				expect(run.items[7]?.json).toMatchObject({
					email: 'big7@example.com',
					reason: text(/399,999 bytes.*Shorten/),
				});
				for (const { email, firstName } of items) {
					const stored = sandbox.account.contactByEmail(email)?.firstName;
					expect(stored).toBe(email === 'big7@example.com' ? undefined : firstName);
				}
			}),
	);

	it.concurrent(
		'hold one person once, also across batches: later values win, earlier ones stay',
		async () =>
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
			}),
	);
});

describe('what is sent of a contact', () => {
	const rows = (...values: INodeParameters[]): INodeParameters => ({ values });
	const byName = (value: string) => ({ __rl: true, mode: 'name', value });
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });

	it.concurrent(
		'are custom fields by title, encoded, with options by their labels',
		async () =>
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
					expect(outcomes(run)).toEqual(['imported', 'imported', 'refused']);
					expect(run.items[2]?.json.reason).toMatch(/Klingon/);
				},
			),
	);

	it.concurrent(
		'are lists to subscribe to and to unsubscribe from, by name and by id, looked up once, and tags by name',
		async () =>
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
			}),
	);

	it.concurrent(
		'is one wish for a list that is given by its name and by its id, the last',
		async () =>
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
			}),
	);

	it.concurrent(
		'refuses the items whose list is not there, and imports the others',
		async () =>
			await withAccount({ lists: ['News'] }, async (sandbox) => {
				const items = people(3).map((row, index) => ({ ...row, list: index === 1 ? 'Nws' : 'News' }));
				const run = await runBulk(sandbox, items, {
					parameters: { lists: rows({ list: byName('={{ $json.list }}'), action: 'subscribe' }) },
				});
				expect(outcomes(run)).toEqual(['imported', 'refused', 'imported']);
				expect(run.items[1]?.json.reason).toMatch(/no list called 'Nws'/);
				expect(storedEmails(sandbox)).toEqual(['person0@example.com', 'person2@example.com']);
			}),
	);

	it.concurrent(
		'asks once where lists cannot be read, however many items need them, and not at all for ids',
		async () =>
			await withAccount({ lists: ['News'], deny: ['lists'] }, async (sandbox) => {
				const [news = ''] = sandbox.account.lists.keys();
				const named = await runBulk(sandbox, people(300), {
					parameters: { lists: rows({ list: byName('News'), action: 'subscribe' }) },
				});
				expect(named.error?.message).toMatch(/did not allow this API token to read the lists/);
				expect(sandbox.journal.count('GET', '/lists')).toBeLessThanOrEqual(2);
				expect(sandbox.journal.count('POST', IMPORT)).toBe(0);
				sandbox.journal.clear();
				const byTheirId = await runBulk(sandbox, people(300), {
					parameters: { lists: rows({ list: byId(news), action: 'subscribe' }) },
				});
				expect(tally(byTheirId)).toEqual({ imported: 300 });
				expect(sandbox.journal.count('GET', '/lists')).toBe(0);
			}),
	);

	it.concurrent.each([true, false])(
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

	it.concurrent(
		'comes from columns mapped automatically, with a report of what found no field',
		async () =>
			await withAccount({ fields: [{ title: 'Shoe size', type: 'number' }] }, async (sandbox) => {
				const items = [
					{ 'E-Mail': 'ada@example.com', 'First Name': 'Ada', shoe_size: 38, Weather: 'fine' },
					{ 'E-Mail': 'bo@example.com', 'First Name': 'Bo', shoe_size: '44', Weather: '' },
				];
				const run = await runBulk(sandbox, items, {
					parameters: {
						fieldsMode: 'mapColumns',
						columns: { mappingMode: 'autoMapInputData', value: null },
					},
				});
				expect(sentContacts(sandbox)).toEqual([
					[
						{ email: 'ada@example.com', first_name: 'Ada', fields: [{ id: 1, value: '38' }] },
						{ email: 'bo@example.com', first_name: 'Bo', fields: [{ id: 1, value: '44' }] },
					],
				]);
				expect(run.items.map(({ json }) => [json.outcome, json.unmapped])).toEqual([
					['imported', [{ key: 'Weather', reason: 'No column is called so' }]],
					['imported', [{ key: 'Weather', reason: 'No column is called so' }]],
				]);
				expect(run.hints).toMatchObject([{ message: text(/ Not mapped to a column: 'Weather'\. /) }]);
			}),
	);

	it.concurrent(
		'leaves unknown fields out where asked to, and warns of each',
		async () =>
			await withAccount({ fields: 1 }, async (sandbox) => {
				const run = await runBulk(sandbox, people(2), {
					parameters: { customFields: rows({ field: byName('Shoe size'), value: '38' }) },
					options: { unknownFields: 'skip' },
				});
				expect(outcomes(run)).toEqual(['imported', 'imported']);
				expect(run.items.map(({ json }) => json.warnings)).toEqual([
					[text(/no custom field 'Shoe size'/)],
					[text(/no custom field 'Shoe size'/)],
				]);
			}),
	);
});

describe('a dry run', () => {
	it.concurrent(
		'shows each request and sends nothing',
		async () =>
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
					action: 'dryRun',
					email: 'ada@example.com',
					firstName: 'Ada',
					lastName: 'King',
					customFields: { Note: 'Hello' },
					request: {
						path: '/import/bulk_import',
						body: {
							contacts: [
								{
									email: 'ada@example.com',
									first_name: 'Ada',
									last_name: 'King',
									tags: ['VIP'],
									fields: [{ id: 1, value: 'Hello' }],
									subscribe: [{ listid: [...sandbox.account.lists.keys()][0] }],
								},
							],
							exclude_automations: true,
						},
					},
				};
				expect(run.items.map(({ json }) => json)).toEqual([
					ada,
					{ outcome: 'refused', reason: text(/no email address/) },
					ada,
					{ email: 'big@example.com', outcome: 'refused', reason: text(/399,999 bytes/) },
				]);
				expect(sandbox.journal.filter({ where: ({ method }) => method !== 'GET' })).toEqual([]);
				expect(run.hints).toMatchObject([{ message: '4 items: 2 refused, 2 looked at, with nothing sent.' }]);
			}),
	);
});
