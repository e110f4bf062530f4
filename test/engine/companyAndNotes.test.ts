import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../sandbox';
import { useAccount } from './harness/account';
import { jsonOf, textWith } from './harness/results';

const continuing = { onError: 'continueRegularOutput' } as const;

describe('the company of a contact', () => {
	const items = [
		{ email: 'ann@example.com', company: 'Acme', title: 'CEO' },
		{ email: 'bob@example.com', company: ' acme ', title: '' },
	];
	const fields: INodeParameters = {
		additionalFields: { company: '={{ $json.company }}', jobTitle: '={{ $json.title }}' },
	};

	const account = useAccount({ latencyMs: { min: 20, max: 100 } });
	/** In capitals: which of two spellings comes first is not decided. */
	const companyOf = (email: string) => {
		const { company } = account.contact(email);
		const name = company && account.state.companies.get(company.companyId)?.name.toUpperCase();
		return company && [name, company.jobTitle];
	};
	const names = () => [...account.state.companies.values()].map(({ name }) => name);
	const sync = async (rows: IDataObject[], more: INodeParameters = {}) => {
		const run = await account.sync(rows, { ...fields, ...more }, continuing);
		return jsonOf(run.items);
	};
	const outcomes = (results: IDataObject[]) =>
		results.map(({ company }) => (company as { outcome: string }).outcome);
	const requests = (path: RegExp) => account.requests().filter((request) => path.test(request));

	it('is found by its name, whatever its case, and linked', async () => {
		account.state.addCompany('Acme International');
		account.state.addCompany('ACME');

		const results = await sync(items);

		expect(results.map(({ company }) => company)).toEqual([
			{ name: 'Acme', outcome: 'linked' },
			{ name: 'acme', outcome: 'linked' },
		]);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
		expect(companyOf('bob@example.com')).toEqual(['ACME', '']);
		expect(names()).toHaveLength(2);
	});

	it('may end in half an emoji, as text that was cut off does', async () => {
		const cut = 'Acme 🚀'.slice(0, -1);

		const run = await account.sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }], {
			additionalFields: { company: cut },
			tagsToRemove: cut,
		});

		expect(run.status).toBe('success');
		expect(names()).toHaveLength(1);
	});

	it('is named above the output when it was created, so that a typo is noticed', async () => {
		account.state.addCompany('Apex');
		const rows = ['Acme', 'Apex', 'Amce'].map((company, index) => ({
			email: `c${index}@example.com`,
			company,
		}));

		const { hints } = await account.sync(rows, { additionalFields: { company: '={{ $json.company }}' } });

		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/New companies were created: '(Acme', 'Amce|Amce', 'Acme)'\.$/),
		]);
	});

	it('is found on a later page', async () => {
		for (let index = 0; index < 130; index += 1) account.state.addCompany(`Acme ${index}`);
		account.state.addCompany('Acme');

		expect(outcomes(await sync(items))).toEqual(['linked', 'linked']);
		expect(requests(/GET \/accounts$/)).toHaveLength(2);
	});

	it('is created once by items that are synced at the same time', async () => {
		expect(outcomes(await sync(items)).sort()).toEqual(['createdAndLinked', 'linked']);
		expect(names()).toHaveLength(1);
		expect(requests(/POST \/accounts$/)).toHaveLength(1);
	});

	it('is created once by items that write its accents in two ways', async () => {
		const rows = ['Caf\u00e9', 'Cafe\u0301'].map((company, index) => ({
			email: `c${index}@example.com`,
			company,
		}));

		expect(outcomes(await sync(rows)).sort()).toEqual(['createdAndLinked', 'linked']);
		expect(names()).toHaveLength(1);
		expect(requests(/POST \/accounts$/)).toHaveLength(1);
	});

	it('is created once by executions at the same time', async () => {
		const [ann, bob] = items;
		const runs = await Promise.all([sync([ann ?? {}]), sync([bob ?? {}])]);

		expect(outcomes(runs.flat()).sort()).toEqual(['createdAndLinked', 'linked']);
		expect(names()).toHaveLength(1);
		expect(requests(/POST \/accounts$/)).toHaveLength(1);
	});

	it('is neither looked up nor linked again when the contact already has it', async () => {
		for (const { email } of items) account.state.addContact({ email, company: 'Acme', jobTitle: 'CEO' });

		expect(outcomes(await sync(items))).toEqual(['alreadyLinked', 'alreadyLinked']);
		expect(account.requests().sort()).toEqual([
			'GET /accounts',
			'GET /contacts',
			'POST /contact/sync',
			'POST /contact/sync',
		]);
		account.sandbox.journal.clear();
		await sync(items);
		expect(account.requests()).not.toContain('GET /accounts');
	});

	it('changes nothing when it is blank', async () => {
		account.state.addContact({ email: 'ann@example.com', company: 'Acme', jobTitle: 'CEO' });

		const results = await sync([
			{ email: 'ann@example.com', company: '', title: null },
			{ email: 'bob@example.com', company: ' ', title: '' },
		]);

		expect(results.map((json) => 'company' in json)).toEqual([false, false]);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
		expect(requests(/account/i)).toEqual([]);
	});

	it('replaces another one: the contact is moved and keeps its job title', async () => {
		account.state.addContact({ email: 'ann@example.com', company: 'Apex', jobTitle: 'CTO' });
		account.state.addContact({ email: 'bob@example.com', company: 'Apex', jobTitle: 'CTO' });

		expect(outcomes(await sync(items)).sort()).toEqual(['createdAndMoved', 'moved']);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
		expect(companyOf('bob@example.com')).toEqual(['ACME', 'CTO']);
		expect(requests(/DELETE/)).toEqual([]);
	});

	it.each<[string, object]>([
		['refused', { status: 400, body: { message: 'Read only' } }],
		['ignored', { status: 200, body: { accountContact: { id: '1', account: '999' } } }],
	])('replaces the old one where a change of the link is %s', async (_how, fault) => {
		for (const { email } of items) account.state.addContact({ email, company: 'Apex', jobTitle: 'CTO' });
		account.sandbox.failNext({ method: 'PUT', path: /accountContacts/, times: 99 }, fault as Fault);

		expect(outcomes(await sync(items)).sort()).toEqual(['createdAndMoved', 'moved']);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
		expect(companyOf('bob@example.com')).toEqual(['ACME', 'CTO']);
	});

	it('is replaced by two executions at once where a change of the link is refused', async () => {
		account.state.addContact({ email: 'ann@example.com', company: 'Apex', jobTitle: 'CTO' });
		account.state.addCompany('Acme');
		const refused = { status: 422, body: { message: 'Read only' } };
		account.sandbox.failNext({ method: 'PUT', path: /accountContacts/, times: 99 }, refused);
		// So that both have found the old link before one of them removes it.
		account.sandbox.failNext({ method: 'DELETE', times: 2 }, { delayMs: 1_000 });

		const runs = await Promise.all([sync(items.slice(0, 1)), sync(items.slice(0, 1))]);

		expect(outcomes(runs.flat())).toEqual(['moved', 'moved']);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
	});

	it('stays the old one where the new link cannot be made', async () => {
		for (const { email } of items) account.state.addContact({ email, company: 'Apex', jobTitle: 'CTO' });
		const refuse = { status: 400, body: { message: 'Read only' } };
		account.sandbox.failNext({ method: 'PUT', path: /accountContacts/, times: 99 }, refuse);
		account.state.addCompany('Acme');
		const acme = [...account.state.companies.values()].find(({ name }) => name === 'Acme')?.id ?? '';
		account.sandbox.failNext(
			{ method: 'POST', path: '/accountContacts', bodyIncludes: `"account":${acme}`, times: 99 },
			refuse,
		);

		const results = await sync(items);

		expect(results).toMatchObject([
			{ error: textWith("company 'Acme' could not be linked"), company: { outcome: 'failed' } },
			{ error: textWith("company 'acme' could not be linked"), company: { outcome: 'failed' } },
		]);
		for (const { email } of items) expect(companyOf(email)).toEqual(['APEX', 'CTO']);
	});

	it('takes a changed job title, also without its name', async () => {
		account.state.addContact({ email: 'ann@example.com', company: 'Acme', jobTitle: 'CTO' });
		account.state.addContact({ email: 'bob@example.com', company: 'Apex' });

		const results = await sync([
			{ email: 'ann@example.com', company: 'Acme', title: 'CEO' },
			{ email: 'bob@example.com', company: '', title: 'CEO' },
		]);

		expect(results.map(({ company }) => company)).toEqual([
			{ name: 'Acme', outcome: 'titleChanged' },
			{ outcome: 'titleChanged' },
		]);
		expect(companyOf('ann@example.com')).toEqual(['ACME', 'CEO']);
		expect(companyOf('bob@example.com')).toEqual(['APEX', 'CEO']);
	});

	it('is required by a job title, for new and for existing contacts', async () => {
		account.state.addContact({ email: 'bob@example.com' });

		const results = await sync(items.map((item) => ({ ...item, company: '', title: 'CEO' })));

		for (const json of results) {
			expect(json).toMatchObject({
				error: textWith('job title could not be set. Job title: the contact has no company'),
				company: { outcome: 'failed' },
				problems: [{ what: 'job title', name: '', reason: textWith("Fill in 'Company' as well") }],
			});
		}
	});

	it('is kept under Fill Blanks Only, and no company is created for it', async () => {
		account.state.addContact({ email: 'ann@example.com', company: 'Apex', jobTitle: '' });

		const results = await sync(
			items.slice(0, 1).concat({ ...items[1], company: 'Apex' } as (typeof items)[0]),
			{
				options: { emptyValues: 'fillOnly' },
			},
		);

		expect(outcomes(results)).toEqual(['kept', 'linked']);
		expect(companyOf('ann@example.com')).toEqual(['APEX', '']);
		expect(names()).toEqual(['Apex']);
	});

	it.each<[string, string | RegExp, Fault]>([
		['POST', '/accounts', 'resetAfterWrite'],
		['POST', '/accounts', 'hangAfterWrite'],
		['POST', '/accountContacts', 'resetAfterWrite'],
		['POST', '/accountContacts', { status: 504, afterWrite: true }],
		['POST', '/accountContacts', 'serverError'],
		['GET', '/accounts', 'serverError'],
	])('is created and linked once after %s %s: %j', async (method, path, fault) => {
		account.sandbox.failNext({ method, path }, fault);

		expect(outcomes(await sync(items)).sort()).toEqual(['createdAndLinked', 'linked']);
		expect(names()).toHaveLength(1);
		expect(companyOf('ann@example.com')?.[1]).toBe('CEO');
		expect(companyOf('bob@example.com')).toBeDefined();
	});

	it.each<[Fault]>([['resetAfterWrite'], [{ status: 504, afterWrite: true }]])(
		'is moved once after %j',
		async (fault) => {
			for (const { email } of items) account.state.addContact({ email, company: 'Apex' });
			account.sandbox.failNext({ method: 'PUT', path: /accountContacts/ }, fault);

			expect(outcomes(await sync(items)).sort()).toEqual(['createdAndMoved', 'moved']);
			expect(requests(/PUT/)).toHaveLength(3);
		},
	);

	it('is reported as created when the account cannot link it at first', async () => {
		const unseen = { status: 404, body: { message: 'Account not found' } };
		account.sandbox.failNext({ method: 'POST', path: '/accountContacts', times: 2 }, unseen);

		const results = await sync(items.map((item, index) => ({ ...item, company: `Company ${index}` })));

		expect(outcomes(results)).toEqual(['createdAndLinked', 'createdAndLinked']);
		expect(requests(/GET \/accounts$/)).toHaveLength(2);
		expect(names()).toHaveLength(2);
	});

	it('is created again when it was deleted after the lookup', async () => {
		await sync(items);
		await account.sync(items);
		const [id = ''] = account.state.companies.keys();
		account.state.companies.delete(id);
		for (const { email } of items) account.contact(email).company = undefined;

		expect(outcomes(await sync(items)).sort()).toEqual(['createdAndLinked', 'linked']);
		expect(names()).toHaveLength(1);
		expect(companyOf('ann@example.com')).toBeDefined();
	});

	it('is read by itself where the account does not load it beside contacts', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		for (const { email } of items) account.state.addContact({ email, company: 'Acme', jobTitle: 'CEO' });

		expect(outcomes(await sync(items))).toEqual(['alreadyLinked', 'alreadyLinked']);
		expect(requests(/GET \/contacts\/\d+\/accountContacts$/)).toHaveLength(2);
	});

	it('fails its item with the reason where the token may not see accounts, and the contact is saved', async () => {
		account.sandbox.configure({ deny: ['accounts'] });

		for (const json of await sync(items)) {
			expect(json).toMatchObject({
				action: 'failed',
				error: textWith('its user may not see accounts'),
				company: { outcome: 'failed' },
			});
		}
	});

	it('is the latest of merged items', async () => {
		const results = await sync([
			{ email: 'ann@example.com', company: 'Acme', title: 'CEO' },
			{ email: 'ANN@example.com', company: 'Apex', title: '' },
		]);

		expect(outcomes(results)).toEqual(['createdAndLinked', 'createdAndLinked']);
		expect(companyOf('ann@example.com')).toEqual(['APEX', 'CEO']);
		expect(names()).toEqual(['Apex']);
	});

	it('fails the item before any request when it is not text', async () => {
		const results = await sync(items.map((item) => ({ ...item, company: { name: 'Acme' } })));

		for (const json of results) expect(json).toMatchObject({ error: textWith("'Company' cannot contain") });
		expect(account.requests()).toEqual([]);
	});

	it('is previewed by a dry run, which shows a new one as created once', async () => {
		account.state.addContact({ email: 'cat@example.com', company: 'Apex' });
		account.state.addContact({ email: 'dan@example.com', company: 'Apex', jobTitle: 'CEO' });
		const rows = [
			...items,
			{ email: 'cat@example.com', company: 'Acme', title: '' },
			{ email: 'dan@example.com', company: 'Apex', title: 'CTO' },
			{ email: 'eve@example.com', company: '', title: 'CTO' },
		];

		const results = await sync(rows, { options: { dryRun: true } });

		expect(outcomes(results).slice(0, 2).sort()).toEqual(['wouldCreateAndLink', 'wouldLink']);
		expect(outcomes(results).slice(2)).toEqual(['wouldMove', 'wouldChangeTitle', 'failed']);
		expect(account.sandbox.journal.count('POST')).toBe(0);
		expect(names()).toEqual(['Apex']);
	});
});

describe('a note', () => {
	const items = [
		{ email: 'ann@example.com', note: 'Asked for a quote' },
		{ email: 'bob@example.com', note: ' Line one\nLine two ' },
	];
	const fields: INodeParameters = { additionalFields: { note: '={{ $json.note }}' } };

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

	it('is not mistaken for one of the same text that this n8n has added before', async () => {
		await sync();
		account.sandbox.skip(120_000);
		account.sandbox.failNext({ path: '/notes', times: 2 }, 'resetBeforeWrite');

		await sync();

		expect(notesOf('ann@example.com')).toEqual(['Asked for a quote', 'Asked for a quote']);
		expect(notesOf('bob@example.com')).toHaveLength(2);
	});

	it.each<[Fault]>([['resetAfterWrite'], ['resetBeforeWrite']])(
		'is not added again after %j when notes may not be read, and its outcome is reported as unclear',
		async (fault) => {
			account.sandbox.failNext({ path: '/notes', times: 2 }, fault);
			account.sandbox.failNext({ path: /^\/contacts\/\d+\/notes$/, times: 99 }, 'forbidden');

			for (const json of await sync()) {
				expect(json).toMatchObject({
					error: textWith('It is unclear whether the note was added'),
					note: { outcome: 'failed' },
					problems: [{ what: 'note', reason: textWith("Look at the contact's notes in ActiveCampaign") }],
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
