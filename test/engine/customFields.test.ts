import type { FieldSeed } from '../sandbox';
import { useAccount } from './harness/account';
import { runBulk, sentContacts } from './harness/bulk';
import { customFields, locator, mapByHand } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';

describe('Custom Fields', () => {
	/** Both are texts among made-up fields of all types. */
	const ann = { email: 'ann@example.com', title: 'Field 241', value: 'first' };
	const bob = { email: 'bob@example.com', title: 'Field 25', value: 'second' };
	const fields = 250;

	describe('custom fields', () => {
		const account = useAccount({ fields });

		it('sets one of 250 fields by a title from an expression', async () => {
			const items = [ann, { ...bob, title: 'field 25 ' }];

			const run = await account.sync(
				items,
				customFields(['name', '={{ $json.title }}', '={{ $json.value }}']),
			);

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

		it('fails an item with a field that does not exist before anything of it is sent when Unusable Values is Fail', async () => {
			const { error, items } = await account.sync([ann, { ...bob, title: 'Feild 25' }], {
				...customFields(['name', '={{ $json.title }}', 'x']),
				options: { unusableValues: 'fail' },
			});

			expect(error?.message).toBe("The account has no custom field 'Feild 25'");
			expect(error?.description).toContain("or set 'Unusable Values' to 'Skip'");
			expect(error?.description).toMatch(/^Item 2 /);
			expect(items).toEqual([]);
			expect(account.state.contactByEmail('bob@example.com')).toBeUndefined();
		});

		it('fails an item whose row has a value and no field, and ignores a row with neither', async () => {
			const rows = customFields(['list', '', ''], ['name', '={{ $json.title }}', '={{ $json.value }}']);
			const run = await account.sync([ann, { ...bob, title: '' }, { email: 'cat@example.com' }], rows, {
				onError: 'continueRegularOutput',
			});

			const error =
				"'Custom Fields': row 2 has a value but no field. Choose a field in it, or remove the row";
			expect(jsonOf(run.items)).toMatchObject([{ action: 'created' }, { error }, { action: 'created' }]);
			expect(account.sandbox.journal.count('POST', '/contact/sync')).toBe(2);
		});

		it('skips unknown fields with a warning when Unusable Values is Skip', async () => {
			const { items, status } = await account.sync([ann, { ...bob, title: 'Color' }], {
				...customFields(['name', '={{ $json.title }}', '1'], ['id', '1', 'kept']),
				options: { unusableValues: 'skip' },
			});

			expect(status).toBe('success');
			expect(jsonOf(items).map(({ warnings }) => warnings)).toEqual([
				undefined,
				["The account has no custom field 'Color': skipped"],
			]);
			expect(account.stored('ann@example.com', 'Field 241')).toBe('1');
			expect(account.stored('bob@example.com', 'Field 1')).toBe('kept');
		});

		it('names a deleted field by the title that the picker showed', async () => {
			account.state.fields.delete('25');
			const field = locator('list', '25', 'Birthday (date)');

			const options = { unusableValues: 'fail' };
			const values = [{ field, value: 'x' }];
			const run = await account.sync([ann, bob], { customFields: { values }, options });
			const mapped = await account.sync([ann, bob], {
				...mapByHand({ email: '={{ $json.email }}', field_25: 'x' }, [
					{ id: 'field_25', displayName: 'Birthday', required: false, display: true, defaultMatch: false },
				]),
				options,
			});

			for (const { error } of [run, mapped]) {
				expect(error?.message).toBe("The account no longer has the custom field 'Birthday' (ID 25)");
				expect(error?.description).toContain("Pick another field, or set 'Unusable Values' to 'Skip'");
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

		it('fails for an ID that ActiveCampaign ignored, or warns when Unusable Values is Skip', async () => {
			const items = [
				{ ...ann, id: '25' },
				{ ...bob, id: '9999' },
			];

			const stopped = await account.sync(items, byId);
			const skipped = await account.sync(items, { ...byId, options: { unusableValues: 'skip' } });

			const { id } = account.contact('bob@example.com');
			expect(stopped.error?.message).toBe(
				`The contact bob@example.com was saved (ID ${id}), but custom field '9999' could not be set`,
			);
			expect(stopped.error?.description).toMatch(/^Item 2 /);
			expect(skipped.status).toBe('success');
			expect(jsonOf(skipped.items)[1]).not.toHaveProperty('customFields');
			expect(jsonOf(skipped.items)[1]?.['warnings']).toEqual([
				expect.anything(),
				"custom field '9999': ActiveCampaign ignored it, which usually means that no custom field has the ID 9999",
			]);
		});

		it('fails for a field by title, and names the missing permission', async () => {
			const { error } = await account.sync([ann, bob], customFields(['name', '={{ $json.title }}', 'x']));

			expect(error?.message).toContain('did not allow this API key to read the custom fields');
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
});

describe.each(['ignore', 'store'] as const)(
	'empty values, in an account that would %s ""',
	(emptyFieldValue) => {
		/** One field of each type, what the contact has in it, and another value to give it. */
		const KINDS: Array<[field: FieldSeed & { title: string }, stored: string, given: string, sent: string]> =
			[
				[{ title: 'Text', type: 'text' }, 'old', 'new', 'new'],
				[{ title: 'Textarea', type: 'textarea' }, 'old', 'new', 'new'],
				[{ title: 'Hidden', type: 'hidden' }, 'old', 'new', 'new'],
				[{ title: 'Date', type: 'date' }, '2020-01-01', '2026-12-31', '2026-12-31'],
				[
					{ title: 'Datetime', type: 'datetime' },
					'2020-01-01T08:00:00-06:00',
					'2026-12-31T12:00:00-06:00',
					'2026-12-31T12:00:00-06:00',
				],
				[{ title: 'Dropdown', type: 'dropdown', options: ['a', 'b'] }, 'a', 'b', 'b'],
				[{ title: 'Radio', type: 'radio', options: ['a', 'b'] }, 'a', 'b', 'b'],
				[{ title: 'Checkbox', type: 'checkbox', options: ['a', 'b'] }, '||a||', 'b', '||b||'],
				[{ title: 'Listbox', type: 'listbox', options: ['a', 'b'] }, '||a||b||', 'b', '||b||'],
				[{ title: 'Number', type: 'number' }, '1', '2.5', '2.5'],
				[{ title: 'Currency', type: 'currency' }, '1', '2.5', '2.5'],
				[{ title: 'Untyped', type: '' }, 'old', 'new', 'new'],
			];
		const titles = KINDS.map(([{ title }]) => title);
		const storedValues = Object.fromEntries(KINDS.map(([{ title }, stored]) => [title, stored]));
		const givenValues = Object.fromEntries(KINDS.map(([{ title }, , given]) => [title, given]));
		const sentValues = Object.fromEntries(KINDS.map(([{ title }, , , sent]) => [title, sent]));

		const everyField = customFields(
			...titles.map((title): ['name', string, string] => ['name', title, `={{ $json['${title}'] }}`]),
		);
		const names = {
			firstName: '={{ $json.first }}',
			lastName: '={{ $json.last }}',
			phone: '={{ $json.phone }}',
		};
		const oldNames = { firstName: 'Ann', lastName: 'Old', phone: '123' };

		const account = useAccount({ fields: KINDS.map(([field]) => field), emptyFieldValue });
		const valuesOf = (email: string) =>
			Object.fromEntries(titles.map((title) => [title, account.stored(email, title)]));
		const namesOf = (email: string) => {
			const { firstName, lastName, phone } = account.contact(email);
			return { firstName, lastName, phone };
		};
		const withValues = ['ann+a@example.com', 'bob@example.com'];
		const blankValues = ['', null, '  ', []];
		const blanks = withValues.map((email, index) => ({
			email,
			...Object.fromEntries(titles.map((title, at) => [title, blankValues[(at + index) % 4]])),
			first: '',
			last: null,
		}));

		beforeEach(() => {
			for (const email of withValues) {
				account.state.addContact({ email, ...oldNames, fieldValues: storedValues });
				Object.assign(account.contact(email), { cdate: '2020-01-01T00:00:00-06:00' });
			}
			account.state.addContact({ email: 'blank@example.com' });
		});

		it('change nothing under Keep', async () => {
			const { status } = await account.sync(blanks, { ...names, ...everyField });

			expect(status).toBe('success');
			for (const email of withValues) {
				expect(valuesOf(email)).toEqual(storedValues);
				expect(namesOf(email)).toEqual(oldNames);
			}
			expect(account.sandbox.journal.bodies('POST')).toEqual(
				withValues.map((email) => ({ contact: { email } })),
			);
		});

		it('empty fields of every type under Clear', async () => {
			const { items, status } = await account.sync(blanks, {
				...names,
				...everyField,
				options: { emptyValues: 'clear' },
			});

			expect(status).toBe('success');
			for (const email of withValues) {
				expect(account.contact(email).fieldValues).toEqual(new Map());
				expect(namesOf(email)).toEqual({ firstName: '', lastName: '', phone: '' });
			}
			expect(jsonOf(items)[0]).toMatchObject({ action: 'updated', firstName: '', lastName: '', phone: '' });
			expect(jsonOf(items)[0]?.['customFields']).toMatchObject({ Text: '', Date: '', Listbox: [] });
		});

		it('leave fields alone under Clear that were not given, and names left blank in the node', async () => {
			const { status } = await account.sync(blanks, {
				firstName: '',
				lastName: '={{ $json.last }}',
				...customFields(['name', 'Date', '={{ $json.Date }}'], ['name', 'Text', 'new']),
				options: { emptyValues: 'clear' },
			});

			expect(status).toBe('success');
			for (const email of withValues) {
				expect(namesOf(email)).toEqual({ firstName: 'Ann', lastName: '', phone: '123' });
				expect(valuesOf(email)).toEqual({ ...storedValues, Date: undefined, Text: 'new' });
			}
			expect(account.sandbox.journal.count('DELETE')).toBe(2);
		});

		it('take no request with Clear when there is nothing to clear', async () => {
			await account.sync(
				['new@example.com', 'blank@example.com'].map((email) => ({ email })),
				{ ...everyField, options: { emptyValues: 'clear' } },
			);

			expect(account.requests().filter((request) => !request.endsWith('/fields'))).toEqual([
				'POST /contact/sync',
				'POST /contact/sync',
				'GET /contacts',
			]);
		});

		it('are reported when they could not be cleared', async () => {
			account.sandbox.configure({ deny: ['contacts'] });

			const { items } = await account.sync(
				blanks,
				{ ...names, ...customFields(['name', 'Date', '']), options: { emptyValues: 'clear' } },
				{ onError: 'continueRegularOutput' },
			);

			for (const json of jsonOf(items)) {
				expect(json['error']).toMatch(
					/was saved .*custom field 'Date' could not be cleared\. Custom field 'Date': ActiveCampaign did not allow/,
				);
				expect(json).not.toHaveProperty('customFields');
			}
			expect(valuesOf('bob@example.com')).toEqual(storedValues);
		});

		it('under Fill Blanks Only, values are written where the contact has none', async () => {
			const [filled] = blanks;
			account.state.addContact({
				email: 'half@example.com',
				firstName: 'Half',
				fieldValues: { Text: 'old', Checkbox: '||||' },
			});
			const given = { ...givenValues, first: 'New', last: 'New', phone: '456' };
			const emails = [
				filled?.email.toUpperCase(),
				'half@example.com',
				'blank@example.com',
				'new@example.com',
			];

			const { status } = await account.sync(
				emails.map((email) => ({ email, ...given })),
				{ ...names, ...everyField, options: { emptyValues: 'fillOnly' } },
			);

			expect(status).toBe('success');
			expect(valuesOf('ann+a@example.com')).toEqual(storedValues);
			expect(namesOf('ann+a@example.com')).toEqual(oldNames);
			expect(valuesOf('half@example.com')).toEqual({ ...sentValues, Text: 'old' });
			expect(namesOf('half@example.com')).toEqual({ firstName: 'Half', lastName: 'New', phone: '456' });
			for (const email of ['blank@example.com', 'new@example.com']) {
				expect(valuesOf(email)).toEqual(sentValues);
				expect(namesOf(email)).toEqual({ firstName: 'New', lastName: 'New', phone: '456' });
			}
		});

		it("under Fill Blanks Only, '||' is blank in fields with choices and a value in all others", async () => {
			const emails = ['ann+b@example.com', 'bob+b@example.com'];
			const bars = Object.fromEntries(titles.map((title) => [title, '||']));
			for (const email of emails) {
				account.state.addContact({ email, phone: '||', fieldValues: bars });
			}

			const { status } = await account.sync(
				emails.map((email) => ({ email, phone: '1', ...givenValues })),
				{ ...names, ...everyField, options: { emptyValues: 'fillOnly' } },
			);

			const { Dropdown, Radio, Checkbox, Listbox } = sentValues;
			expect(status).toBe('success');
			for (const email of emails) {
				expect(valuesOf(email)).toEqual({ ...bars, Dropdown, Radio, Checkbox, Listbox });
				expect(namesOf(email)).toEqual({ firstName: '', lastName: '', phone: '||' });
			}
		});

		it('names and phone are stored without outer blanks', async () => {
			const emails = ['ann+c@example.com', 'bob+c@example.com'];

			const { items } = await account.sync(
				emails.map((email) => ({ email, first: ' Ann ', last: 'Lee\n', phone: '\u00a030 1' })),
				names,
			);

			for (const email of emails) {
				expect(namesOf(email)).toEqual({ firstName: 'Ann', lastName: 'Lee', phone: '30 1' });
			}
			expect(jsonOf(items)[1]).toMatchObject({ firstName: 'Ann', lastName: 'Lee', phone: '30 1' });
		});

		it('under Fill Blanks Only, nothing is written when what the contact has cannot be read', async () => {
			account.sandbox.failNext({ method: 'GET', path: '/contacts', times: 999 }, { status: 200, body: {} });

			const { items } = await account.sync(
				['bob@example.com', 'blank@example.com'].map((email) => ({ email, first: 'New' })),
				{ ...names, options: { emptyValues: 'fillOnly' } },
				{ onError: 'continueRegularOutput' },
			);

			const said = textWith('ActiveCampaign could not read the contact: ');
			expect(jsonOf(items)).toMatchObject([{ error: said }, { error: said }]);
			expect(account.sandbox.journal.count('POST')).toBe(0);
		});
	},
);

describe('custom fields with Only If Blank', () => {
	const FIRST = 'First Source';
	const LATEST = 'Latest Source';
	const row = (field: string, onlyIfBlank: boolean | string) => ({
		field: locator('name', field),
		value: '={{ $json.source }}',
		onlyIfBlank,
	});
	const sources = { customFields: { values: [row(FIRST, true), row(LATEST, false)] } };
	const items = [
		{ email: 'ann@example.com', source: 'ads' },
		{ email: 'new@example.com', source: 'ads' },
	];

	const account = useAccount({
		fields: [{ title: FIRST }, { title: LATEST }, { title: 'Budget', type: 'number' }],
	});
	const sourcesOf = (email: string) => [account.stored(email, FIRST), account.stored(email, LATEST)];

	beforeEach(() => {
		account.state.addContact({
			email: 'ann@example.com',
			fieldValues: { [FIRST]: 'mail', [LATEST]: 'mail' },
		});
	});

	it('keep the existing value, beside fields that are overwritten', async () => {
		const run = await account.sync(items, sources);

		expect(run.status).toBe('success');
		expect(sourcesOf('ann@example.com')).toEqual(['mail', 'ads']);
		expect(sourcesOf('new@example.com')).toEqual(['ads', 'ads']);
		expect(jsonOf(run.items).map((json) => json['customFields'])).toEqual([
			{ [LATEST]: 'ads' },
			{ [FIRST]: 'ads', [LATEST]: 'ads' },
		]);
	});

	it('take one read of each contact, and none when no item uses the switch', async () => {
		await account.sync(items, sources);
		expect(account.requests().filter((request) => request === 'GET /contacts')).toHaveLength(2);
		account.sandbox.journal.clear();

		await account.sync(items, { customFields: { values: [row(FIRST, false), row(LATEST, false)] } });

		expect(account.requests()).not.toContain('GET /contacts');
	});

	it.each(['saveRest', 'skip', 'fail'])(
		'do not fail for an unusable value that would not be written (Unusable Values: %s)',
		async (unusableValues) => {
			account.state.addContact({ email: 'bob@example.com', fieldValues: { Budget: '100' } });
			const budget = { field: locator('name', 'Budget'), value: 'abc', onlyIfBlank: true };

			const run = await account.sync([{ email: 'bob@example.com' }], {
				firstName: 'Bob',
				customFields: { values: [budget] },
				options: { unusableValues },
			});

			expect(run.status).toBe('success');
			expect(jsonOf(run.items)[0]).toMatchObject({ action: 'updated', firstName: 'Bob' });
			expect(jsonOf(run.items)[0]).not.toHaveProperty('warnings');
			expect(account.stored('bob@example.com', 'Budget')).toBe('100');
		},
	);

	it('may be chosen by an expression', async () => {
		const asked = { customFields: { values: [row(FIRST, '={{ $json.isFirst }}')] } };

		const run = await account.sync(
			[
				{ email: 'ann@example.com', source: 'ads', isFirst: 'true' },
				{ email: 'new@example.com', source: 'ads', isFirst: 'maybe' },
			],
			asked,
			{ onError: 'continueRegularOutput' },
		);

		expect(sourcesOf('ann@example.com')).toEqual(['mail', 'mail']);
		expect(jsonOf(run.items)[1]).toMatchObject({
			error: "'Only If Blank' cannot be 'maybe'. Use one of: true, false",
		});
	});

	it('keep the first value of merged items', async () => {
		const run = await account.sync(
			[
				{ email: 'new@example.com', source: 'ads' },
				{ email: 'new@example.com', source: 'talk' },
			],
			sources,
		);

		expect(run.status).toBe('success');
		expect(sourcesOf('new@example.com')).toEqual(['ads', 'talk']);
	});

	it('are previewed by a dry run as they would be written', async () => {
		const run = await account.sync(items, { ...sources, options: { dryRun: true } });

		expect(jsonOf(run.items).map((json) => json['changes'])).toEqual([
			[{ field: LATEST, from: 'mail', to: 'ads' }],
			[
				{ field: FIRST, from: '', to: 'ads' },
				{ field: LATEST, from: '', to: 'ads' },
			],
		]);
	});

	it('are overwritten in bulk, which does not read the contacts', async () => {
		await runBulk(account.sandbox, items, { parameters: sources });

		expect(sentContacts(account.sandbox).flat()).toMatchObject([
			{ fields: [{ value: 'ads' }, { value: 'ads' }] },
			{ fields: [{ value: 'ads' }, { value: 'ads' }] },
		]);
	});
});
