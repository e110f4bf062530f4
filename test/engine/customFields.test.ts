import { customFields, locator, mapByHand } from './harness/parameters';
import { jsonOf, textLike } from './harness/results';
import { useAccount } from './harness/account';

/** Both are texts among made-up fields of all types. */
const ann = { email: 'ann@example.com', title: 'Field 241', value: 'first' };
const bob = { email: 'bob@example.com', title: 'Field 25', value: 'second' };
const fields = 250;

describe('custom fields', () => {
	const account = useAccount({ fields });

	it('sets one of 250 fields by a title from an expression', async () => {
		const items = [ann, { ...bob, title: 'field 25 ' }];

		const run = await account.sync(items, customFields(['name', '={{ $json.title }}', '={{ $json.value }}']));

		expect(run.status).toBe('success');
		expect(account.stored('ann@example.com', 'Field 241')).toBe('first');
		expect(account.stored('bob@example.com', 'Field 25')).toBe('second');
		expect(jsonOf(run.items).map((json) => json['customFields'])).toEqual([
			{ 'Field 241': 'first' },
			{ 'Field 25': 'second' },
		]);
		expect(account.sandbox.journal.count('GET', '/fields')).toBe(3);
	});

	it.each([
		['picked from the list', locator('list', '25', 'Field 25 (%FIELD_25%)')],
		['given by id', locator('id', '25')],
		['given by id from an expression', locator('id', '={{ 5 * 5 }}')],
		['given by title', locator('name', 'Field 25')],
		['given by personalization tag', locator('name', '%field_25%')],
		['given as one expression', '={{ "Field " + 25 }}'],
	])('takes a field %s', async (_way, field) => {
		const { status } = await account.sync([ann, bob], {
			customFields: { values: [{ field, value: '={{ $json.value }}' }] },
		});

		expect(status).toBe('success');
		expect(account.stored('ann@example.com', 'Field 25')).toBe('first');
		expect(account.stored('bob@example.com', 'Field 25')).toBe('second');
	});

	it('fails an item with a field that does not exist before anything of it is sent', async () => {
		const { error, items } = await account.sync(
			[ann, { ...bob, title: 'Feild 25' }],
			customFields(['name', '={{ $json.title }}', 'x']),
		);

		expect(error?.message).toBe("The account has no custom field 'Feild 25'");
		expect(error?.description).toContain("or set 'Unknown Fields' to 'Skip'");
		expect(error?.description).toMatch(/^Item 2 /);
		expect(items).toEqual([]);
		expect(account.state.contactByEmail('bob@example.com')).toBeUndefined();
	});

	it('fails an item whose row has a value and no field, and ignores a row with neither', async () => {
		const rows = customFields(['list', '', ''], ['name', '={{ $json.title }}', '={{ $json.value }}']);
		const run = await account.sync([ann, { ...bob, title: '' }, { email: 'cat@example.com' }], rows, {
			onError: 'continueRegularOutput',
		});

		const error = "'Custom Fields': row 2 has a value but no field. Choose a field in it, or remove the row";
		expect(jsonOf(run.items)).toMatchObject([{ action: 'created' }, { error }, { action: 'created' }]);
		expect(account.sandbox.journal.count('POST', '/contact/sync')).toBe(2);
	});

	it('skips unknown fields with a warning when Unknown Fields is Skip', async () => {
		const { items, status } = await account.sync([ann, { ...bob, title: 'Color' }], {
			...customFields(['name', '={{ $json.title }}', '1'], ['id', '1', 'kept']),
			options: { unknownFields: 'skip' },
		});

		expect(status).toBe('success');
		expect(jsonOf(items).map(({ warnings }) => warnings)).toEqual([
			undefined,
			["The account has no custom field 'Color': left out"],
		]);
		expect(account.stored('ann@example.com', 'Field 241')).toBe('1');
		expect(account.stored('bob@example.com', 'Field 1')).toBe('kept');
	});

	it('names a deleted field by the title that the picker showed', async () => {
		account.state.fields.delete('25');
		const field = locator('list', '25', 'Birthday (date)');

		const run = await account.sync([ann, bob], { customFields: { values: [{ field, value: 'x' }] } });
		const mapped = await account.sync(
			[ann, bob],
			mapByHand({ email: '={{ $json.email }}', field_25: 'x' }, [
				{ id: 'field_25', displayName: 'Birthday', required: false, display: true, defaultMatch: false },
			]),
		);

		for (const { error } of [run, mapped]) {
			expect(error?.message).toBe("The account no longer has the custom field 'Birthday' (ID 25)");
			expect(error?.description).toContain("Pick another field, or set 'Unknown Fields' to 'Skip'");
		}
		expect(account.state.contacts()).toEqual([]);
	});

	it('fails when the same field is given twice with different values', async () => {
		const { error } = await account.sync(
			[ann, bob],
			customFields(['id', '25', 'x'], ['name', 'Field 25', '={{ $json.value }}']),
		);

		expect(error?.message).toBe("The custom field 'Field 25' is given twice, with different values");
		expect(account.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
	});
});

describe('an account whose custom fields the token may not see', () => {
	const account = useAccount({ fields, deny: ['fields'] });
	const byId = customFields(['id', '={{ $json.id }}', '={{ $json.value }}']);

	it('takes fields by ID as text, with a warning', async () => {
		const { items, status } = await account.sync(
			[
				{ ...ann, id: '25' },
				{ ...bob, id: 250 },
			],
			byId,
		);

		expect(status).toBe('success');
		expect(account.stored('ann@example.com', 'Field 25')).toBe('first');
		expect(account.stored('bob@example.com', 'Field 250')).toBe('second');
		expect(jsonOf(items)[0]).toMatchObject({ customFields: { 'Custom field 25': 'first' } });
		for (const { warnings } of jsonOf(items)) {
			expect(warnings).toEqual([
				textLike(
					/^ActiveCampaign did not allow .* custom fields.*sent as plain text, since their types are unknown$/,
				),
			]);
		}
	});

	it('fails for an ID that ActiveCampaign ignored, or warns when Unknown Fields is Skip', async () => {
		const items = [
			{ ...ann, id: '25' },
			{ ...bob, id: '9999' },
		];

		const stopped = await account.sync(items, byId);
		const skipped = await account.sync(items, { ...byId, options: { unknownFields: 'skip' } });

		const { id } = account.contact('bob@example.com');
		expect(stopped.error?.message).toBe(
			`The contact bob@example.com was saved (ID ${id}), but custom field '9999' could not be set`,
		);
		expect(stopped.error?.description).toMatch(/^Item 2 /);
		expect(skipped.status).toBe('success');
		expect(jsonOf(skipped.items)[1]).not.toHaveProperty('customFields');
		expect(jsonOf(skipped.items)[1]?.['warnings']).toEqual([
			expect.anything(),
			"custom field '9999': ActiveCampaign ignored it, as it does when it has no custom field with the ID 9999",
		]);
	});

	it('fails for a field by title, and names the missing permission', async () => {
		const { error } = await account.sync([ann, bob], customFields(['name', '={{ $json.title }}', 'x']));

		expect(error?.message).toContain('did not allow this API token to read the custom fields');
		expect(error?.description).toContain('its user may not see custom fields');
		expect(account.requests()).not.toContain('POST /contact/sync');
	});
});

describe('a sync response that does not list the custom values it has set', () => {
	const account = useAccount({ fields: 2, deny: ['fields'] });

	it.each([
		['in one request', {}, 0],
		['one by one', { ignoresInclude: true }, 2],
	])('makes the node read the values %s', async (_how, sideLoading, ownReads) => {
		account.sandbox.configure({ sideLoading });
		account.state.addContact({ email: 'ann@example.com', fieldValues: { '1': 'first' } });
		account.state.addContact({ email: 'bob@example.com' });
		for (const email of ['ann@example.com', 'bob@example.com']) {
			const { id } = account.contact(email);
			account.sandbox.failNext(
				{ path: '/contact/sync', bodyIncludes: email },
				{ status: 200, body: { contact: { id, email } }, afterWrite: true },
			);
		}

		const { items } = await account.sync(
			[
				{ ...ann, id: '1' },
				{ ...bob, id: '77' },
			],
			customFields(['id', '={{ $json.id }}', '={{ $json.value }}']),
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)[0]).toMatchObject({
			action: 'updated',
			customFields: { 'Custom field 1': 'first' },
		});
		expect(jsonOf(items)[0]).not.toHaveProperty('error');
		expect(jsonOf(items)[1]?.['error']).toContain(
			"custom field '77' could not be set. Custom field '77': ActiveCampaign ignored it",
		);
		expect(jsonOf(items)[1]).not.toHaveProperty('customFields');
		expect(account.sandbox.journal.count('GET', /fieldValues$/)).toBe(ownReads);
		expect(account.sandbox.journal.count('GET', '/contacts')).toBe(1);
	});
});
