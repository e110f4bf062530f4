import type { GenericValue } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { jsonOf, textWith } from './harness/results';

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
