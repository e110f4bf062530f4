import type { GenericValue } from 'n8n-workflow';

import { sized } from '../size';
import { useAccount } from './harness/account';
import { jsonOf, textLike, textWith } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe('tags', () => {
	const account = useAccount({ tags: ['Lead', 'Old'] });
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);
	const outcomes = (json: unknown) => JSON.stringify(json);

	it.each([
		['text separated by commas', ' lead , Webinar 2026,, LEAD,'],
		['an array', "={{ ['lead', 'Webinar 2026', ' LEAD '] }}"],
		['an array of texts separated by commas', "={{ ['lead,Webinar 2026', null, ''] }}"],
	])('are taken from %s, whatever their case, each once', async (_what, tagsToAdd) => {
		account.state.addContact({ email: 'bob@example.com', tags: ['LEAD'] });

		const run = await account.sync(items, { tagsToAdd });

		expect(tagsOf('ann@example.com').sort()).toEqual(['Lead', 'Webinar 2026']);
		expect(tagsOf('bob@example.com').sort()).toEqual(['Lead', 'Webinar 2026']);
		expect(jsonOf(run.items).map(({ tags }) => tags)).toEqual([
			{ lead: 'added', 'Webinar 2026': 'created' },
			{ lead: 'alreadyAdded', 'Webinar 2026': 'added' },
		]);
	});

	it('are created once, as contact tags, for 50 items with the same new tag', async () => {
		account.sandbox.configure({ latencyMs: 5 });
		const many = Array.from({ length: 50 }, (_, index) => ({ email: `c${index}@example.com`, index }));

		const run = await account.sync(many, { tagsToAdd: '={{ $json.index % 2 ? "New Tag" : "new tag" }}' });

		expect(run.status).toBe('success');
		expect(account.sandbox.journal.bodies('POST', '/tags')).toEqual([
			{ tag: { tag: textLike(/^new tag$/i), tagType: 'contact' } },
		]);
		expect(account.sandbox.journal.count('GET', '/tags')).toBe(0);
		expect([...account.state.tags.values()]).toHaveLength(3);
		for (const { email } of many) expect(tagsOf(email)).toHaveLength(1);
		const created = jsonOf(run.items).filter(({ tags }) => outcomes(tags).includes('"created"'));
		expect(created).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			textLike(/^50 items: 50 created\. A new tag was created: 'new tag'\.$/i),
		]);
	});

	it('are named above the output when they are new, so that a typo is noticed', async () => {
		const run = await account.sync(items, { tagsToAdd: 'Lead, Laed', tagsToRemove: 'Older' });

		expect(jsonOf(run.items).map(({ tags }) => outcomes(tags))).toEqual(
			expect.arrayContaining([textLike(/"Lead":"added","Laed":"created"/)]),
		);
		expect(run.hints.map(({ message }) => message)).toEqual([
			"2 items: 2 created. A new tag was created: 'Laed'.",
		]);
	});

	it.each([
		['new contacts and known tags', undefined, ['Lead', 'Old', 'Third'], 0],
		['new contacts and new tags', undefined, [], 0],
		['contacts without tags, and new tags', [], [], 0],
		['contacts that have them all', ['Lead', 'Old', 'Third'], ['Lead', 'Old', 'Third'], 3],
	])('cost three lookups or creations in all for many %s', async (_who, present, known, lookups) => {
		account.state.tags.clear();
		for (const name of known) account.state.addTag(name);
		const many = Array.from({ length: sized(15, 40) }, (_, index) => ({ email: `c${index}@example.com` }));
		if (present) for (const { email } of many) account.state.addContact({ email, tags: present });

		await account.sync(many, { tagsToAdd: 'Lead, Old, Third' });
		const counts = [
			account.sandbox.journal.count('GET', '/tags'),
			account.sandbox.journal.count('POST', '/tags'),
		];
		account.sandbox.journal.clear();
		await account.sync(many.slice(0, 20), { tagsToAdd: 'Lead, Old, Third' });

		expect(counts).toEqual([lookups, 3 - lookups]);
		expect(account.sandbox.journal.count(undefined, '/tags')).toBe(0);
		expect(account.state.tags.size).toBe(3);
		for (const { email } of many) expect(tagsOf(email).sort()).toEqual(['Lead', 'Old', 'Third']);
	});

	it('fail their items with the missing permission when they may not be created, unless they exist', async () => {
		account.sandbox.failNext({ method: 'POST', path: '/tags', times: 99 }, 'forbidden');

		const run = await account.sync(
			items,
			{ tagsToAdd: '={{ $itemIndex === 0 ? "lead" : "New" }}' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(run.items)[0]?.['tags']).toEqual({ lead: 'added' });
		expect(outcomes(jsonOf(run.items)[1]?.['problems'])).toContain('its user may not manage tags');
		expect(tagsOf('ann@example.com')).toEqual(['Lead']);
	});

	it('are removed from contacts that have them', async () => {
		account.state.addContact({ email: 'ann@example.com', tags: ['Old', 'Lead'] });

		const run = await account.sync(items, { tagsToRemove: 'OLD, Never Heard Of', tagsToAdd: 'Lead' });

		expect(tagsOf('ann@example.com')).toEqual(['Lead']);
		expect(jsonOf(run.items).map(({ tags }) => tags)).toEqual([
			{ Lead: 'alreadyAdded', OLD: 'removed', 'Never Heard Of': 'notThere' },
			{ Lead: 'added', OLD: 'notThere', 'Never Heard Of': 'notThere' },
		]);
		expect(account.sandbox.journal.count('DELETE')).toBe(1);
		expect(account.state.tags.size).toBe(2);
	});

	it('are looked up again, once for all items, when they were deleted after the lookup', async () => {
		await account.sync(items, { tagsToAdd: 'Lead' });
		account.state.tags.delete(account.state.tagByName('Lead')?.id ?? '');
		account.sandbox.journal.clear();
		account.sandbox.configure({ latencyMs: 5 });
		const many = Array.from({ length: 20 }, (_, index) => ({ email: `c${index}@example.com` }));

		const run = await account.sync(many, { tagsToAdd: 'lead' });

		expect(run.status).toBe('success');
		for (const { email } of many) expect(tagsOf(email)).toEqual(['lead']);
		expect(account.sandbox.journal.count('GET', '/tags')).toBe(0);
		expect(account.sandbox.journal.count('POST', '/tags')).toBe(1);
	});

	it.each(['R&D + "Sales" 100%', 'Ünïcödé 🎉', "O'Brien", 'a=b&c=d#e?f/g\\h'])(
		'may be called %s',
		async (name) => {
			account.state.addTag(name);
			account.state.addTag(`${name} too`);
			// One who has tags may have this one, which is looked up then.
			account.state.addContact({ email: 'bob@example.com', tags: ['Old'] });

			const run = await account.sync(items, { tagsToAdd: `={{ [${JSON.stringify(name.toUpperCase())}] }}` });

			expect(run.status).toBe('success');
			expect(account.state.tags.size).toBe(4);
			expect(tagsOf('ann@example.com')).toEqual([name]);
			expect(tagsOf('bob@example.com')).toEqual(['Old', name]);
		},
	);

	it('are not removed when only a template has one of that name', async () => {
		account.state.addTag('Layout', 'template');

		await account.sync(items, { tagsToRemove: 'Layout' });

		expect(account.sandbox.journal.count('GET', '/tags')).toBe(1);
		expect(account.sandbox.journal.count('DELETE')).toBe(0);
	});

	it('are removed when one item adds and the next one removes them', async () => {
		const parameters = {
			tagsToAdd: '={{ $itemIndex === 1 ? "New" : "" }}',
			tagsToRemove: '={{ $itemIndex === 1 ? "" : "New" }}',
			options: { mergeDuplicates: false },
		};

		const run = await account.sync([items[0] ?? {}, items[0] ?? {}, items[0] ?? {}], parameters);

		expect(outcomes(jsonOf(run.items).map(({ tags }) => tags))).toMatch(/notThere.*created.*removed/);
		expect(tagsOf('ann@example.com')).toEqual([]);
	});

	it('fail the item when one is to be added and removed, or is not a text', async () => {
		const contradiction = await account.sync(items, { tagsToAdd: 'Lead', tagsToRemove: 'lead' });
		const object = await account.sync(items, { tagsToAdd: '={{ { name: "Lead" } }}' });

		expect(contradiction.error?.message).toBe("The tag 'Lead' is in both 'Tags to Add' and 'Tags to Remove'");
		expect(object.error?.message).toBe(`'Tags to Add' cannot contain '{"name":"Lead"}'`);
		expect(account.requests()).toEqual([]);
	});

	it('fail their items with the missing permission after one request when they may not be looked up', async () => {
		account.sandbox.configure({ deny: ['tags'] });

		const run = await account.sync(items, { tagsToAdd: 'Lead' }, { onError: 'continueRegularOutput' });

		for (const json of jsonOf(run.items)) {
			expect(json).toMatchObject({ action: 'failed', tags: { Lead: 'failed' } });
			expect(outcomes(json['problems'])).toContain('did not allow this API key to look up tags');
			expect(outcomes(json['problems'])).toContain('its user may not see tags');
		}
		// A refusal is tried again for two seconds, since single ones are seen on good tokens.
		expect(account.sandbox.journal.count('GET', '/tags')).toBeLessThan(5);
		expect(account.sandbox.journal.count('POST', '/tags')).toBeLessThan(5);
	});
});

const continuing = { onError: 'continueRegularOutput' } as const;

describe('a tag that the account refuses to create since it exists', () => {
	const account = useAccount({ tags: ['Lead', 'Webinar', 'Old'] });
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);
	const counts = () => [
		account.sandbox.journal.count('POST', '/tags'),
		account.sandbox.journal.count('GET', '/tags'),
	];
	const startedAt = () => performance.now();

	it.each([400, 422, 500] as const)('with %d is looked up once, and added', async (existingTag) => {
		account.sandbox.configure({ existingTag });
		const before = startedAt();

		const run = await account.sync(items, { tagsToAdd: 'lead' });

		for (const json of jsonOf(run.items)) expect(json['tags']).toEqual({ lead: 'added' });
		for (const { email } of items) expect(tagsOf(email)).toEqual(['Lead']);
		expect(counts()).toEqual([1, 1]);
		expect(performance.now() - before).toBeLessThan(5_000);
	});

	it('with 500 without a reason is looked up before anything is repeated', async () => {
		account.sandbox.configure({ existingTag: 500 });
		account.sandbox.rewrite({ method: 'POST', path: '/tags' }, ({ status }) => ({
			status,
			body: status === 500 ? { message: 'Não foi possível' } : undefined,
		}));

		const run = await account.sync(items, { tagsToAdd: 'Lead' });

		for (const json of jsonOf(run.items)) expect(json['tags']).toEqual({ Lead: 'added' });
		expect(counts()).toEqual([1, 1]);
	});

	it('is looked up first from then on, and new tags are created', async () => {
		account.sandbox.configure({ existingTag: 500 });
		const [ann, bob] = items;

		await account.sync([ann ?? {}, ann ?? {}, bob ?? {}], {
			tagsToAdd: '={{ ["Lead", "Webinar", "Fresh"][$itemIndex] }}',
			options: { mergeDuplicates: false },
		});

		expect(tagsOf('ann@example.com').sort()).toEqual(['Lead', 'Webinar']);
		expect(tagsOf('bob@example.com')).toEqual(['Fresh']);
	});

	it.each([400, 422, 500] as const)(
		'with %d by another program just after it was not found is looked up again, for contacts that may have it',
		async (existingTag) => {
			account.sandbox.configure({ existingTag });
			for (const { email } of items) account.state.addContact({ email, tags: ['Old'] });
			account.sandbox.rewrite({ method: 'GET', path: '/tags' }, (response) => {
				if (!account.state.tagByName('Fresh')) account.state.addTag('Fresh');
				return response;
			});

			const run = await account.sync(items, { tagsToAdd: 'Fresh' });

			for (const json of jsonOf(run.items)) {
				expect(json['tags']).toEqual({ Fresh: 'added' });
			}
			expect(counts()).toEqual([1, 2]);
		},
	);

	it.each([400, 422, 500] as const)(
		'with %d and that no search finds fails at once, and says so',
		async (existingTag) => {
			account.sandbox.configure({ existingTag, findsTags: false });
			const before = startedAt();

			const run = await account.sync(
				items,
				{ tagsToAdd: '={{ ["Lead", "Fresh"][$itemIndex] }}' },
				continuing,
			);

			expect(jsonOf(run.items)).toMatchObject([
				{
					action: 'failed',
					tags: { Lead: 'failed' },
					problems: [{ name: 'Lead', reason: textWith('So the tag exists, but no search finds it') }],
				},
				{ action: 'created', tags: { Fresh: 'created' } },
			]);
			expect(performance.now() - before).toBeLessThan(5_000);

			account.sandbox.journal.clear();
			const people = Array.from({ length: 30 }, (_, index) => ({ email: `c${index}@example.com` }));
			const again = await account.sync(people, { tagsToAdd: 'Lead' }, continuing);
			for (const json of jsonOf(again.items)) expect(json).toMatchObject({ action: 'failed' });
			expect(counts()).toEqual([1, 1]);
		},
	);

	it('is not confused with a tag that cannot be created for another reason', async () => {
		account.sandbox.failNext({ method: 'POST', path: '/tags', times: 99 }, 'errorsPointer');

		const run = await account.sync(items, { tagsToAdd: 'Fresh' }, continuing);

		for (const json of jsonOf(run.items)) {
			expect(json['error']).toEqual(textWith('Correct the value named here'));
			expect(json['error']).not.toEqual(textWith('exists'));
		}
	});

	it.each(['serverError', 'resetAfterWrite', 'resetBeforeWrite', { status: 502, afterWrite: true }] as const)(
		'does not keep a new tag from being created in spite of faults that pass: %j',
		async (fault) => {
			account.sandbox.configure({ existingTag: 500 });
			account.sandbox.startSpell({ match: { method: 'POST', path: '/tags' }, fault, forMs: 30_000 });

			const run = await account.sync(items, { tagsToAdd: 'Fresh' });

			expect(run.status).toBe('success');
			for (const { email } of items) expect(tagsOf(email)).toEqual(['Fresh']);
		},
	);
});

describe('names in an account that ignores accents', () => {
	const account = useAccount({ tags: ['Cafe', 'Muller', 'Cafeteria'], collation: 'accentsIgnored' });
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);
	const names = () => [...account.state.companies.values()].map(({ name }) => name);

	it.each([200, 400, 422, 500] as const)(
		'are those of the tags that its filter returns, where it responds with %d to an existing one',
		async (existingTag) => {
			account.sandbox.configure({ existingTag });
			account.state.addContact({ email: 'bob@example.com', tags: ['Cafe', 'Muller'] });

			const run = await account.sync(items, { tagsToAdd: 'Café, müller' });

			expect(jsonOf(run.items).map(({ tags }) => tags)).toEqual([
				{ Café: 'added', müller: 'added' },
				{ Café: 'alreadyAdded', müller: 'alreadyAdded' },
			]);
			expect(tagsOf('ann@example.com').sort()).toEqual(['Cafe', 'Muller']);
			expect(account.state.tags.size).toBe(3);

			await account.sync(items, { tagsToRemove: 'CAFÉ' });
			for (const { email } of items) expect(tagsOf(email)).toEqual(['Muller']);
		},
	);

	it('are those of the companies because of which it refuses to create another one', async () => {
		for (const name of ['Muller', 'Muller & Sons', 'Acme']) account.state.addCompany(name);
		const rows = items.map((item, index) => ({ ...item, company: ['Müller', 'Acmé'][index] }));
		const parameters = { additionalFields: { company: '={{ $json.company }}' } };

		const first = await account.sync(rows, parameters);
		const second = await account.sync(rows, parameters);

		expect(jsonOf(first.items)).toMatchObject([
			{ company: { name: 'Müller', outcome: 'linked' } },
			{ company: { name: 'Acmé', outcome: 'linked' } },
		]);
		for (const json of jsonOf(second.items))
			expect(json).toMatchObject({ company: { outcome: 'alreadyLinked' } });
		expect(names()).toHaveLength(3);
	});
});

describe('names in an account that tells accents apart', () => {
	const account = useAccount({ tags: ['Cafe', 'Old'] });

	it.each([[[]], [['filters[search][eq]']]])(
		'are compared exactly, also where it ignores the filter: %j',
		async (ignored) => {
			account.sandbox.configure({ ignoredParameters: { '/tags': ignored } });
			for (const name of ['Muller', 'Acme']) account.state.addCompany(name);
			for (const { email } of items) account.state.addContact({ email, tags: ['Old'] });

			await account.sync(items, { tagsToAdd: 'Café', additionalFields: { company: 'Müller' } });

			for (const { email } of items) {
				const [, id = ''] = account.contact(email).tags.keys();
				expect(account.state.tags.get(id)?.name).toBe('Café');
				const { companyId = '' } = account.contact(email).company ?? {};
				expect(account.state.companies.get(companyId)?.name).toBe('Müller');
			}
		},
	);
});

describe('tags in texts of other programs', () => {
	const account = useAccount({ tags: ['Gold Club'] });
	const people = ['ann@example.com', 'bob@example.com'];
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);
	const add = async (given: GenericValue, tags = '={{ $json.given }}') =>
		await account.sync(
			people.map((email) => ({ email, given })),
			{ tagsToAdd: tags },
		);

	it.each<[GenericValue, string[]]>([
		['"VIP","Blog"', ['VIP', 'Blog']],
		[' "VIP" , "New Blog"', ['VIP', 'New Blog']],
		['“VIP”,„Blog“, «Neu»', ['VIP', 'Blog', 'Neu']],
		["'VIP', 'Blog'", ['VIP', 'Blog']],
		['"VIP, Blog", Neu', ['VIP', 'Blog', 'Neu']],
		['Lead\nVIP', ['Lead', 'VIP']],
		['Lead\r\n\r\nVIP\u2028Blog', ['Lead', 'VIP', 'Blog']],
		[
			['"VIP"', 'Lead\nBlog'],
			['VIP', 'Lead', 'Blog'],
		],
		["O'Brien, 5\" pipe, '90s", ["O'Brien", '5" pipe', "'90s"]],
		['a;b', ['a;b']],
		['#N/A, Lead, #REF!', ['Lead']],
		['👩‍💻 Dev', ['👩‍💻 Dev']],
	])('are read from %j', async (given, names) => {
		const { error } = await add(given);

		expect(error).toBeUndefined();
		for (const email of people) expect(tagsOf(email).sort()).toEqual([...names].sort());
	});

	it.each([
		'Gold\u00a0Club',
		'Gold  Club',
		'Gold\u200b Club',
		'\u2060gold\u2009\u202fclub\ufeff',
		'"Gold\tClub"',
	])('are the tag that looks so: %j', async (given) => {
		await add(given);

		for (const email of people) expect(tagsOf(email)).toEqual(['Gold Club']);
		expect(account.state.tags.size).toBe(1);
	});

	it('are left out with a warning where a cell has an error', async () => {
		const { items } = await add(['#N/A', 'Lead, #REF!']);

		const warnings = ['#N/A', '#REF!'].map(
			(shown) => `'Tags to Add': '${shown}' is what a spreadsheet shows for a formula that fails: skipped`,
		);
		expect(jsonOf(items)).toMatchObject(
			people.map(() => ({ tags: { Lead: expect.anything() as unknown }, warnings })),
		);
	});

	it('fail their item where an expression has gone wrong', async () => {
		const { error } = await add('Lead, [object Object]');

		expect(error?.message).toBe("'Tags to Add' cannot contain 'Lead, [object Object]'");
		expect(account.requests()).toEqual([]);
	});

	it.each([
		['Lead;VIP', ';'],
		['Lead | VIP', '|'],
	])('that are new and may be several come with an expression that splits them: %j', async (given, mark) => {
		const advice = `If '${given}' is meant as several tags, separate them with commas, or with an expression such as {{ $json.tags.split('${mark}') }}.`;
		const { hints } = await add(given);
		expect(hints[0]?.message).toContain(`A new tag was created: '${given}'. ${advice}`);

		account.sandbox.reset();
		const items = people.map((email) => ({ email, tags: given }));
		const run = await account.sync(items, { tagsToAdd: `={{ $json.tags.split('${mark}') }}` });
		for (const email of people) expect(tagsOf(email).sort()).toEqual(['Lead', 'VIP']);
		expect(run.hints[0]?.message).not.toContain('several tags');
	});

	it('that look like HTML are shown in the hint as they are', async () => {
		const { hints } = await add('<New>');

		expect(hints[0]?.message).toContain("A new tag was created: '&lt;New>'.");
	});

	it('with `;` in them get no advice where the account has them', async () => {
		account.state.addTag('a;b');
		for (const email of people) account.state.addContact({ email, tags: ['Gold Club'] });
		const { hints, items } = await add('a;b');

		expect(hints).toEqual([expect.not.objectContaining({ message: textWith('several tags') })]);
		expect(jsonOf(items)).toMatchObject(people.map(() => ({ tags: { 'a;b': 'added' } })));
	});
});

describe('a company, a job title or a note', () => {
	const account = useAccount();

	it('that is an error in a cell is none, and fails its item where an expression has gone wrong', async () => {
		const items = ['#N/A', '#REF!', '[object Object]'].map((value, index) => ({
			email: `p${index}@example.com`,
			value,
		}));
		for (const [key, title] of [
			['company', 'Company'],
			['jobTitle', 'Job Title'],
			['note', 'Note'],
		] as const) {
			account.sandbox.reset();
			const { items: output } = await account.sync(
				items,
				{ additionalFields: { [key]: '={{ $json.value }}' } },
				{ onError: 'continueRegularOutput' },
			);

			expect(jsonOf(output)).toMatchObject([
				{ action: 'created', warnings: [textWith(`'${title}': '#N/A' is what a spreadsheet shows`)] },
				{ action: 'created', warnings: [textWith(`'${title}': '#REF!' is what`)] },
				{ error: textWith("cannot contain '[object Object]'") },
			]);
			for (const json of jsonOf(output)) expect(json).not.toHaveProperty(key);
		}
		expect(account.requests().filter((request) => /accounts|notes/.test(request))).toEqual([]);
	});
});
