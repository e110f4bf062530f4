import { customFields } from '../harness/parameters';
import { jsonOf } from '../harness/results';
import { useAccount } from '../harness/account';

/** Arrays as text, which is how AI agents and spreadsheet cells give several values. */
const items = [
	{ email: 'ann@example.com', several: '["Lead","VIP"]' },
	{ email: 'bob@example.com', several: ' [ "VIP", 2026, null ]' },
];

describe('several values in the text of a JSON array', () => {
	const account = useAccount({
		tags: ['Lead'],
		fields: [{ title: 'Topics', type: 'checkbox', options: ['Lead', 'VIP', '2026'] }],
	});
	const tagsOf = (email: string) =>
		[...account.contact(email).tags.keys()].map((id) => account.state.tags.get(id)?.name);

	it('are read as tags and as choices of a field, one for each', async () => {
		const { status } = await account.sync(items, {
			tagsToAdd: '={{ $json.several }}',
			...customFields(['name', 'Topics', '={{ $json.several }}']),
		});

		expect(status).toBe('success');
		expect(tagsOf('ann@example.com')).toEqual(['Lead', 'VIP']);
		expect(tagsOf('bob@example.com')).toEqual(['VIP', '2026']);
		expect([...account.state.tags.values()].map(({ name }) => name).sort()).toEqual(['2026', 'Lead', 'VIP']);
		expect(account.stored('ann@example.com', 'Topics')).toBe('||Lead||VIP||');
		expect(account.stored('bob@example.com', 'Topics')).toBe('||VIP||2026||');
	});

	it('fail their item instead of becoming tags when they are not texts', async () => {
		const { items: output } = await account.sync(
			[{ email: 'ann@example.com', several: '[{"name":"Lead"}]' }, ...items.slice(1)],
			{ tagsToAdd: '={{ $json.several }}' },
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(output)[0]?.['error']).toContain(`'Tags to Add'`);
		expect(account.state.contacts().map(({ email }) => email)).toEqual(['bob@example.com']);
		expect([...account.state.tags.values()].map(({ name }) => name).sort()).toEqual(['2026', 'Lead', 'VIP']);
	});
});
