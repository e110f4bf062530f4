import { jsonOf, textLike, textWith } from './harness/results';
import { mapAutomatically, mapByHand } from './harness/parameters';
import { useAccount } from './harness/account';

const FIELDS = [
	{ id: '1', title: 'Company', type: 'text' },
	{ id: '2', title: 'Birthday', type: 'date' },
	{ id: '3', title: 'Appointment', type: 'datetime' },
	{ id: '4', title: 'Size', type: 'dropdown', options: [{ value: 's', label: 'Small' }] },
	{ id: '5', title: 'Languages', type: 'checkbox', options: ['de', 'fr', 'it'] },
	{ id: '6', title: 'Budget', type: 'currency' },
	{ id: '7', title: 'Consent', type: 'hidden' },
	// Its tag is what the column of a field with the id 99 would be called.
	{ id: '8', title: 'Trap', perstag: 'FIELD_99' },
];

describe('Map Each Field', () => {
	const account = useAccount({ fields: FIELDS });
	const items = [
		{ email: 'ann@example.com', name: 'Ann', born: '1990-05-06', budget: 1234.5 },
		{ email: 'bob@example.com', name: 'Bob', born: null, budget: 0 },
	];
	const email = '={{ $json.email }}';

	it('takes columns of every type, from expressions and as typed', async () => {
		const { status } = await account.sync(
			items,
			mapByHand({
				email,
				firstName: '={{ $json.name }}',
				phone: 4930,
				field_1: 'Acme',
				field_2: '={{ $json.born }}',
				field_3: '2026-12-31T12:00:00',
				field_4: 's',
				field_5: 'it, de',
				field_6: '={{ $json.budget }}',
				field_7: false,
			}),
			{ timezone: 'Europe/Berlin' },
		);

		expect(status).toBe('success');
		expect(account.contact('ann@example.com')).toMatchObject({ firstName: 'Ann', phone: '4930' });
		expect(Object.fromEntries(account.contact('ann@example.com').fieldValues)).toEqual({
			1: 'Acme',
			2: '1990-05-06',
			// The account keeps its own time zone, America/Chicago.
			3: '2026-12-31T05:00:00-06:00',
			4: 's',
			5: '||de||it||',
			6: '1234.5',
			7: 'false',
		});
		expect(account.stored('bob@example.com', 'Birthday')).toBeUndefined();
		expect(account.stored('bob@example.com', 'Budget')).toBe('0');
	});

	it('ignores columns that were left blank, also with Clear', async () => {
		account.state.addContact({
			email: 'ann@example.com',
			firstName: 'Ann',
			fieldValues: { Company: 'Acme', Birthday: '1990-05-06', Size: 's' },
		});
		const map = { email, firstName: null, lastName: '', field_1: null, field_2: '' };

		const { status } = await account.sync(items, { ...mapByHand(map), options: { emptyValues: 'clear' } });

		expect(status).toBe('success');
		expect(account.sandbox.journal.bodies('POST')).toEqual(
			items.map((item) => ({ contact: { email: item.email } })),
		);
		expect(account.sandbox.journal.count('GET')).toBe(0);
	});

	it('with Clear clears what an expression leaves empty', async () => {
		for (const { email: address } of items) {
			const fieldValues = { Company: 'Acme', Birthday: '1990-05-06' };
			account.state.addContact({ email: address, lastName: 'Lee', fieldValues });
		}
		const map = { email, lastName: '={{ $json.last }}', field_2: '={{ $json.born }}' };

		await account.sync(items, { ...mapByHand(map), options: { emptyValues: 'clear' } });

		expect(account.stored('ann@example.com', 'Birthday')).toBe('1990-05-06');
		expect(account.stored('bob@example.com', 'Birthday')).toBeUndefined();
		expect(account.stored('bob@example.com', 'Company')).toBe('Acme');
		expect(account.contact('bob@example.com').lastName).toBe('');
	});

	it('reads no custom fields for standard columns alone', async () => {
		await account.sync(items, mapByHand({ email, firstName: '={{ $json.name }}', field_1: null }));

		expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
	});

	it('reads the custom fields once for all items', async () => {
		await account.sync(items, mapByHand({ email, field_1: '={{ $json.name }}' }));

		expect(account.requests()).toEqual(['GET /fields', 'POST /contact/sync', 'POST /contact/sync']);
	});

	it('still finds a field whose title changed', async () => {
		account.state.fieldBy('Company').title = 'Employer';

		const { items: output } = await account.sync(items, mapByHand({ email, field_1: '={{ $json.name }}' }));

		expect(jsonOf(output).map((json) => json['customFields'])).toEqual([
			{ Employer: 'Ann' },
			{ Employer: 'Bob' },
		]);
	});

	it('fails at a column whose field was deleted, or leaves it out', async () => {
		const map = mapByHand({ email, field_99: 'x', field_1: 'Acme' });

		const stopped = await account.sync(items, map);
		const skipped = await account.sync(items, { ...map, options: { unknownFields: 'skip' } });

		expect(stopped.error?.message).toBe("The account has no custom field '99'");
		expect(jsonOf(skipped.items).map(({ warnings }) => warnings)).toEqual([
			["The account has no custom field '99': left out"],
			["The account has no custom field '99': left out"],
		]);
		expect(account.stored('bob@example.com', 'Company')).toBe('Acme');
		expect(account.stored('bob@example.com', 'Trap')).toBeUndefined();
	});

	it('fails with a request for the email when it is not mapped', async () => {
		const { error } = await account.sync(items, mapByHand({ firstName: '={{ $json.name }}' }));

		expect(error?.message).toBe("'Email' is empty");
		expect(account.requests()).toEqual([]);
	});
});

describe('Map Automatically', () => {
	const account = useAccount({ fields: FIELDS });
	const form = {
		'E-mail address': 'ann@example.com',
		'First name': 'Ann',
		SURNAME: 'Lee',
		Telephone: '030 123',
		company: 'Acme',
		'Birth-day': '1990-05-06',
		'%SIZE%': 'small',
		Languages: ['fr', 'de'],
		'bud get': '1,234.50',
		'Favorite color': 'green',
		Note: '',
		submittedAt: '2026-01-01T10:00:00.000Z',
		formMode: 'test',
	};

	it("matches a form's everyday labels and reports what matches no column", async () => {
		const { items, status, hints } = await account.sync(
			[form, { ...form, 'E-mail address': 'bob@example.com', Languages: [] }],
			mapAutomatically,
		);

		expect(status).toBe('success');
		expect(jsonOf(items)).toEqual(
			['ann@example.com', 'bob@example.com'].map((email) => ({
				action: 'created',
				id: account.contact(email).id,
				email,
				firstName: 'Ann',
				lastName: 'Lee',
				phone: '030 123',
				customFields: {
					Company: 'Acme',
					Birthday: '1990-05-06',
					Size: 'Small',
					...(email.startsWith('ann') ? { Languages: ['de', 'fr'] } : {}),
					Budget: 1234.5,
				},
			})),
		);
		expect(hints.map(({ message }) => message)).toEqual([
			"2 items: 2 created. Input fields not used: 'Favorite color' (no field has this name); 'Note' (map it to 'Additional Fields' > 'Note').",
		]);
	});

	it('lists what matches no field in the output of a single item', async () => {
		const { items, hints } = await account.sync([{ ...form, 'Company name': 'Acme' }], mapAutomatically);

		expect(jsonOf(items)[0]?.['unmapped']).toEqual([
			{ key: 'Favorite color', reason: 'No field has this name' },
			{ key: 'Note', reason: "Map it to 'Additional Fields' > 'Note'" },
			{ key: 'Company name', reason: "'Company' is filled from 'company'" },
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			"1 item: 1 created. Some input fields were not used: see 'unmapped' in the output.",
		]);
	});

	it('suggests a field for a key that matches none', async () => {
		const { items } = await account.sync(
			[{ Email: 'ann@example.com', 'Company size': '50' }],
			mapAutomatically,
		);

		expect(jsonOf(items)[0]?.['unmapped']).toEqual([
			{ key: 'Company size', reason: "No field has this name. Did you mean 'Company' or 'Size'?" },
		]);
	});

	it('fills a column from the key that is spelled like it, and names the others', async () => {
		const twice = { Email: 'ann@example.com', company: 'Apex', Company: 'Acme', Mail: 'other@example.com' };

		const { items, hints } = await account.sync(
			[twice, { Email: 'bob@example.com', company: 'Apex', Company: '' }],
			mapAutomatically,
		);

		for (const json of jsonOf(items)) expect(json).not.toHaveProperty('unmapped');
		expect(jsonOf(items).map(({ customFields }) => customFields)).toEqual([
			{ Company: 'Acme' },
			{ Company: 'Apex' },
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			"2 items: 2 created. Input fields not used: 'company' ('Company' is filled from 'Company'); 'Mail' ('Email' is filled from 'Email').",
		]);
	});

	it('takes the address from the one of several columns that has one', async () => {
		const { items } = await account.sync(
			[
				{ Email: 'anonymous', 'Your email address': 'ann@example.com' },
				{ 'Email Address': '', 'Work email': 'bob@example.com' },
				{ Mail: 'cat@example.com', 'E-Mail': 'x@example.com', 'e mail': 'y@example.com' },
			],
			mapAutomatically,
		);

		expect(jsonOf(items).map(({ email }) => email)).toEqual([
			'ann@example.com',
			'bob@example.com',
			'x@example.com',
		]);
	});

	it('maps the body of a webhook, or says how', async () => {
		const webhook = { headers: { host: 'h' }, params: {}, query: {} };

		const { items } = await account.sync(
			[
				{ ...webhook, body: { email: 'ann@example.com', 'Full name': 'Ann Lee' } },
				{ ...webhook, body: { lead: { email: 'bob@example.com' } } },
				{ customer: { email: 'cat@example.com' }, owner: { email: 'dan@example.com' } },
			],
			mapAutomatically,
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items).map(({ email, error }) => error ?? email)).toEqual([
			'ann@example.com',
			textWith("'body.lead' contains 'email': map `{{ $json.body.lead }}`"),
			textWith("'owner' contains 'email': map `{{ $json.owner }}`"),
		]);
		expect(account.contact('ann@example.com')).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
	});

	it('lists the keys when none of them is the email, those with an address first', async () => {
		const { items } = await account.sync(
			[
				{ Color: 'red', 'User Email': 'ann@example.com', 'Invitee Email': 'x@example.com' },
				{ Address: 'bob@example.com' },
			],
			mapAutomatically,
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items).map(({ error }) => error)).toEqual([
			textLike(
				/^None of the input fields matches 'Email'\. Rename .*: 'User Email' \(May be about someone other .*, 'Color' \(No field has this name\)/,
			),
			textWith("'Address' (No field has this name)"),
		]);
		expect(account.requests()).toEqual(['GET /fields']);
	});

	it('with Clear clears only what the form left empty', async () => {
		account.state.addContact({
			email: 'ann@example.com',
			firstName: 'Ann',
			lastName: 'Lee',
			fieldValues: { Company: 'Acme', Birthday: '1990-05-06' },
		});

		await account.sync([{ Email: 'ann@example.com', lastName: '', company: '' }, form], {
			...mapAutomatically,
			options: { emptyValues: 'clear', mergeDuplicates: false },
		});
		expect(account.sandbox.journal.bodies('POST')[0]).toEqual({
			contact: { email: 'ann@example.com', lastName: null },
		});
		expect(account.sandbox.journal.count('DELETE')).toBe(1);
	});

	it('reads no custom fields when all keys are names of standard columns', async () => {
		const items = ['ann@example.com', 'bob@example.com'].map((email) => ({ email, firstName: 'A' }));

		const { status } = await account.sync(items, mapAutomatically);

		expect(status).toBe('success');
		expect(account.requests()).toEqual(['POST /contact/sync', 'POST /contact/sync']);
	});
});
