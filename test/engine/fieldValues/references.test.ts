import { customFields, locator, mapAutomatically, mapByHand } from '../harness/parameters';
import { useAccount } from '../harness/account';

const FIELDS = [
	{ id: '1', title: 'Company' },
	{ id: '2', title: 'City' },
	{ id: '7', title: 'Industry' },
	// Titles that look like IDs of other fields.
	{ id: '20', title: '2' },
	{ id: '21', title: 'field_7' },
];
const people = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe('a reference to a custom field', () => {
	const account = useAccount({ fields: FIELDS });
	const stored = () => people.map(({ email }) => Object.fromEntries(account.contact(email).fieldValues));

	it('by name means a title or a personalization tag, never an ID', async () => {
		const { status } = await account.sync(people, customFields(['name', '2', 'a'], ['name', 'field_7', 'b']));
		const unknown = await account.sync(people, customFields(['name', '1', 'c']));

		expect(status).toBe('success');
		expect(stored()).toEqual(people.map(() => ({ 20: 'a', 21: 'b' })));
		expect(unknown.error?.message).toBe("The account has no custom field '1'");
	});

	it('by ID means an ID, with or without zeros before it, and never a title', async () => {
		const { status } = await account.sync(people, customFields(['id', '007', 'a'], ['id', '2', 'b']));
		account.state.fields.delete('2');
		const unknown = await account.sync(people, customFields(['id', '2', 'c']));

		expect(status).toBe('success');
		expect(stored()).toEqual(people.map(() => ({ 7: 'a', 2: 'b' })));
		expect(unknown.error?.message).toBe("The account has no custom field '2'");
	});

	it('by an expression in place of the picker means an ID if it is digits', async () => {
		const fields = ['={{ 2 }}', '={{ "007" }}', '={{ "company" }}'];

		await account.sync(people, { customFields: { values: fields.map((field) => ({ field, value: 'a' })) } });

		expect(stored()).toEqual(people.map(() => ({ 1: 'a', 2: 'a', 7: 'a' })));
	});

	it('by the column of a map filled by hand means its ID', async () => {
		await account.sync(people, mapByHand({ email: '={{ $json.email }}', field_7: 'a', field_2: 'b' }));

		expect(stored()).toEqual(people.map(() => ({ 7: 'a', 2: 'b' })));
	});

	it('by the key of an automatic map means a title, never an ID', async () => {
		const items = people.map(({ email }) => ({
			email,
			'1': 'x',
			'2': 'title',
			field_1: 'y',
			field_7: 'title',
		}));

		const run = await account.sync(items, mapAutomatically);

		expect(stored()).toEqual(people.map(() => ({ 20: 'title', 21: 'title' })));
		expect(run.hints[0]?.message).toContain(
			"Input fields not used: '1', 'field_1' (automatic mapping does not use IDs: name the key after the field).",
		);
	});
});

describe('a reference by name without the permission to see the fields', () => {
	const account = useAccount({ fields: FIELDS, deny: ['fields'] });

	it('is not taken for an ID', async () => {
		const { error } = await account.sync(people, {
			customFields: { values: [{ field: locator('name', '2'), value: 'a' }] },
		});

		expect(error?.message).toContain('did not allow this API token to read the custom fields');
		expect(account.state.contacts()).toEqual([]);
	});
});
