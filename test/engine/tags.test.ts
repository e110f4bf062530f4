import { sized } from '../size';
import { jsonOf, textLike } from './harness/results';
import { useAccount } from './harness/account';

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
