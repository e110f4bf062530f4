import { useAccount } from './harness/account';
import { locator } from './harness/parameters';
import { jsonOf } from './harness/results';

describe('Fill Blanks Only', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }] });
	const fillOnly = { firstName: '={{ $json.name }}', options: { emptyValues: 'fillOnly' } };
	const warning = (email: string, has: string) => [
		`The email '${email}' is skipped: the contact has '${has}', and only blank fields are filled`,
	];
	const seed = () =>
		['ann', 'bob', 'cy'].map(
			(name) =>
				account.state.addContact({ email: `${name}@old.example`, fieldValues: { 'CRM ID': name } }).id,
		);

	it.each([
		['contactId', { contactId: '={{ $json.id }}' }],
		['customField', { matchField: locator('name', 'CRM ID'), matchValue: '={{ $json.key }}' }],
	])('says that another address is not taken over: %s', async (matchBy, match) => {
		const ids = seed();
		const items = [
			{ key: 'ann', email: 'ann@new.example', name: 'Ann' },
			{ key: 'bob', email: 'BOB@old.example', name: 'Bob' },
			{ key: 'cy', name: 'Cy' },
		].map((item, index) => ({ ...item, id: ids[index] }));
		const parameters = { matchBy, ...match, ...fillOnly };

		const dry = await account.sync(items, {
			...parameters,
			options: { ...fillOnly.options, dryRun: true },
		});
		const real = await account.sync(items, parameters);

		for (const { items: output } of [dry, real]) {
			expect(jsonOf(output).map(({ warnings }) => warnings)).toEqual([
				warning('ann@new.example', 'ann@old.example'),
				undefined,
				undefined,
			]);
		}
		expect(jsonOf(real.items).map(({ action, email, firstName }) => [action, email, firstName])).toEqual([
			['updated', 'ann@old.example', 'Ann'],
			['updated', 'bob@old.example', 'Bob'],
			['updated', 'cy@old.example', 'Cy'],
		]);
	});

	it('takes an address over where only some fields are filled if blank', async () => {
		const ids = seed();
		const row = { field: locator('name', 'CRM ID'), value: 'X', onlyIfBlank: true };
		const items = ids.map((id, index) => ({ id, email: `new${index}@example.com` }));

		const { items: output } = await account.sync(items, {
			matchBy: 'contactId',
			contactId: '={{ $json.id }}',
			customFields: { values: [row] },
		});

		expect(jsonOf(output).map(({ email }) => email)).toEqual(items.map(({ email }) => email));
		for (const json of jsonOf(output)) expect(json).not.toHaveProperty('warnings');
	});
});
