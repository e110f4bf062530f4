import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../sandbox';
import { useAccount } from './harness/account';
import { jsonOf, textWith } from './harness/results';

const items = [
	{ email: 'ann@example.com', note: 'Asked for a quote' },
	{ email: 'bob@example.com', note: ' Line one\nLine two ' },
];
const fields: INodeParameters = { additionalFields: { note: '={{ $json.note }}' } };
const continuing = { onError: 'continueRegularOutput' } as const;

describe('a note', () => {
	const account = useAccount({ latencyMs: { min: 20, max: 100 } });
	const notesOf = (email: string) => account.contact(email).notes.map(({ text }) => text);
	const sync = async (rows: IDataObject[] = items, more: INodeParameters = {}) => {
		const run = await account.sync(rows, { ...fields, ...more }, continuing);
		return jsonOf(run.items);
	};
	const posts = () => account.sandbox.journal.count('POST', '/notes');
	const added = { outcome: 'added' };

	it('is added to its contact, by one request', async () => {
		expect((await sync()).map(({ note }) => note)).toEqual([added, added]);
		expect(notesOf('ann@example.com')).toEqual(['Asked for a quote']);
		expect(notesOf('bob@example.com')).toEqual(['Line one\nLine two']);
		expect(account.requests().sort()).toEqual([
			'POST /contact/sync',
			'POST /contact/sync',
			'POST /notes',
			'POST /notes',
		]);
	});

	it.each(['', ' \n', null, []])('is not added when it is blank: %j', async (note) => {
		const results = await sync(items.map((item) => ({ ...item, note })));

		expect(results.map((json) => 'note' in json)).toEqual([false, false]);
		expect(posts()).toBe(0);
	});

	it.each<[Fault]>([
		['resetAfterWrite'],
		['cutInBody'],
		['hangAfterWrite'],
		[{ status: 504, afterWrite: true }],
		[{ name: 'unavailableRetryAfter', afterWrite: true, delayMs: 30_000 }],
	])('is not added again after %j', async (fault) => {
		account.sandbox.failNext({ path: '/notes' }, fault);

		expect((await sync()).map(({ note }) => note)).toEqual([added, added]);
		account.sandbox.skip(300_000);
		expect(notesOf('ann@example.com')).toHaveLength(1);
		expect(notesOf('bob@example.com')).toHaveLength(1);
		expect(posts()).toBe(2);
	});

	it.each<[Fault]>([['resetBeforeWrite'], ['serverError'], ['rateLimited'], ['html502']])(
		'is added by a retry after %j, which wrote nothing',
		async (fault) => {
			account.sandbox.failNext({ path: '/notes', times: 2 }, fault);

			expect((await sync()).map(({ note }) => note)).toEqual([added, added]);
			expect(notesOf('ann@example.com')).toHaveLength(1);
			expect(notesOf('bob@example.com')).toHaveLength(1);
			expect(posts()).toBe(4);
		},
	);

	it('is not mistaken for an earlier one of the same text', async () => {
		account.state.addContact({ email: 'ann@example.com', notes: ['Asked for a quote'] });
		account.sandbox.skip(3_600_000);
		await new Promise((resolve) => setTimeout(resolve, 3_600_000));
		account.sandbox.failNext({ path: '/notes' }, 'resetBeforeWrite');
		account.sandbox.failNext({ path: '/notes' }, 'resetBeforeWrite');

		await sync();

		expect(notesOf('ann@example.com')).toEqual(['Asked for a quote', 'Asked for a quote']);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['resetBeforeWrite']])(
		'is not added again after %j when notes may not be read, and its outcome is reported as unclear',
		async (fault) => {
			account.sandbox.failNext({ path: '/notes', times: 2 }, fault);
			account.sandbox.failNext({ path: /^\/contacts\/\d+\/notes$/, times: 99 }, 'forbidden');

			for (const json of await sync()) {
				expect(json).toMatchObject({
					error: textWith('It is unclear whether the note was added'),
					note: { outcome: 'failed', reason: textWith("Look at the contact's notes in ActiveCampaign") },
				});
			}
			expect(posts()).toBe(2);
		},
	);

	it('fails its item when it is refused, and the contact is saved', async () => {
		account.sandbox.configure({ deny: ['notes'] });

		for (const json of await sync()) {
			expect(json).toMatchObject({
				action: 'failed',
				error: textWith("note '"),
				note: { outcome: 'failed' },
			});
		}
	});

	it('is added for each merged item, in their order, the same text once', async () => {
		const rows = ['One', 'Two', 'One', ''].map((note) => ({ email: 'ann@example.com', note }));

		const results = await sync(rows);

		expect(results.map(({ note }) => note)).toEqual(rows.map(() => ({ outcome: 'added', count: 2 })));
		expect(notesOf('ann@example.com')).toEqual(['One', 'Two']);
	});

	it('is only previewed by a dry run', async () => {
		const results = await sync(items, { options: { dryRun: true } });

		expect(results.map(({ note }) => note)).toEqual([{ outcome: 'wouldAdd' }, { outcome: 'wouldAdd' }]);
		expect(posts()).toBe(0);
	});

	it('is not repeated for a run that is stopped', async () => {
		const stop = new AbortController();
		account.sandbox.failNext({ path: '/notes', times: 99 }, { delayMs: 15_000 });
		setTimeout(() => stop.abort(), 5_000);

		const run = await account.sync(items, fields, { signal: stop.signal });

		expect(run.status).toBe('canceled');
		expect(posts()).toBe(2);
	});
});
