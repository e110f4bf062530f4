import type { INodeParameters } from 'n8n-workflow';

import { IMPORT, people, runBulk, sentContacts, storedEmails } from './harness/bulk';
import { mapAutomatically } from './harness/parameters';
import { outcomes, tally, textLike } from './harness/results';
import { withAccount } from './harness/account';

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
			expect(outcomes(run)).toEqual(['imported', 'refused', 'imported']);
			expect(run.items[1]?.json.reason).toMatch(/no list called 'Nws'/);
			expect(storedEmails(sandbox)).toEqual(['person0@example.com', 'person2@example.com']);
		}));

	it('needs one lookup when lists cannot be read, however many items name one', async () =>
		await withAccount({ lists: ['News'], deny: ['lists'] }, async (sandbox) => {
			const [news = ''] = sandbox.account.lists.keys();
			const named = await runBulk(sandbox, people(300), {
				parameters: { lists: rows({ list: byName('News'), action: 'subscribe' }) },
			});
			expect(named.error?.message).toMatch(/did not allow this API token to read the lists/);
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

	it('skips unknown fields with a warning for each when Unknown Fields is Skip', async () =>
		await withAccount({ fields: 1 }, async (sandbox) => {
			const run = await runBulk(sandbox, people(2), {
				parameters: { customFields: rows({ field: byName('Shoe size'), value: '38' }) },
				options: { unknownFields: 'skip' },
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
				lists: [{ name: 'News', outcome: 'wouldSubscribe' }],
				tags: [{ name: 'VIP', outcome: 'wouldCreateTag' }],
			};
			expect(run.items.map(({ json }) => json)).toEqual([
				ada,
				{
					action: 'failed',
					email: 'no address',
					outcome: 'refused',
					reason: textLike(/not a valid email address/),
				},
				ada,
				{
					action: 'failed',
					email: 'big@example.com',
					outcome: 'refused',
					reason: textLike(/399,999 bytes/),
				},
			]);
			expect(sandbox.journal.filter({ where: ({ method }) => method !== 'GET' })).toEqual([]);
			expect(run.hints).toMatchObject([{ message: '4 items: 2 refused, 2 only checked (dry run).' }]);
		}));
});
