import { useAccount } from './harness/account';
import { jsonOf, textWith } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
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
