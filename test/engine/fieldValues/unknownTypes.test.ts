import type { GenericValue } from 'n8n-workflow';

import type { FieldSeed } from '../../sandbox';
import { customFields } from '../harness/parameters';
import { jsonOf, textWith } from '../harness/results';
import { useAccount } from '../harness/account';

const FIELDS: FieldSeed[] = [
	{ id: '1', title: 'Hobbies', type: 'listbox', options: ['Art', 'Music'] },
	{ id: '2', title: 'Budget', type: 'number' },
	{ id: '3', title: 'Birthday', type: 'date' },
	{ id: '4', title: 'Company', type: 'text' },
];

describe('a field whose type is unknown, since the account does not show its fields', () => {
	const account = useAccount({ fields: FIELDS, deny: ['fields'] });
	const sync = async (values: Array<[id: string, value: GenericValue]>, operation = 'syncContact') => {
		const items = values.map(([id, value], index) => ({ email: `p${index}@example.com`, id, value }));
		return await account.sync(
			items,
			{ operation, ...customFields(['id', '={{ $json.id }}', '={{ $json.value }}']) },
			{ onError: 'continueRegularOutput' },
		);
	};

	it.each(['syncContact', 'syncContactsInBulk'])(
		'fails what each type stores differently, in %s',
		async (operation) => {
			const values: Array<[string, GenericValue]> = [
				['1', 'Art, Music'],
				['1', ['Art', 'Music']],
				['1', '["Art","Music"]'],
				['2', '1.234,50'],
				['2', '1.234'],
				['2', '$5'],
				['3', '2026-12-31'],
				['3', '31/12/2026'],
				['3', new Date('2026-12-31T12:00:00Z')],
				['4', { a: 1 }],
			];

			const { items } = await sync(values, operation);

			expect(jsonOf(items).map(({ error, reason }) => error ?? reason)).toEqual(
				values.map(([id]) => textWith(`'Custom field ${id}': `)),
			);
			for (const json of jsonOf(items)) {
				expect(json).toMatchObject({
					error: textWith("the field's type is unknown, since the account's custom fields could not be read"),
				});
			}
			expect(account.state.contacts()).toEqual([]);
		},
	);

	it('takes plain text, whole numbers and single values in an array', async () => {
		const values: Array<[string, GenericValue]> = [
			['4', 'Acme GmbH'],
			['2', 42],
			['2', '1234.5'],
			['4', ['Acme']],
			['04', true],
		];

		const { items } = await sync(values);

		expect(jsonOf(items).map(({ error }) => error)).toEqual(values.map(() => undefined));
		expect(values.map((_, index) => [...account.contact(`p${index}@example.com`).fieldValues])).toEqual([
			[['4', 'Acme GmbH']],
			[['2', '42']],
			[['2', '1234.5']],
			[['4', 'Acme']],
			[['4', 'true']],
		]);
		for (const { warnings } of jsonOf(items)) {
			expect(warnings).toEqual([textWith('were sent as plain text, since their types are unknown')]);
		}
	});
});
