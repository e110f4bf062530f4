import { setImmediate } from 'node:timers/promises';

import { customFields, lists, locator } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import { useAccount } from './harness/account';

const ann = { email: 'ann@example.com' };
const bob = { email: 'bob@example' };
const cem = { email: 'cem@example.com' };

describe('items that fail', () => {
	const account = useAccount({ fields: [{ title: 'Age', type: 'number' }], lists: ['News'] });

	it('stop the workflow with the message of the first one, once the others are done', async () => {
		const { error, status, items } = await account.sync([ann, bob, cem, { email: null }]);

		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			"'Email' is not a valid email address: 'bob@example' (the part after the @ has no dot)",
		);
		expect(error?.description).toBe(
			"Item 2 (bob@example): Use one address such as jane@example.com, with no name or anything else around it. 1 more item failed: item 4: 'Email' is empty. 2 of 4 items were synced",
		);
		// n8n would show it in the headline, counted from 0.
		expect(error?.context['itemIndex']).toBeUndefined();
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'ann@example.com',
			'cem@example.com',
		]);
	});

	it.each([{ onError: 'continueRegularOutput' as const }, { continueOnFail: true }])(
		'keep their position in the output with %j',
		async (setting) => {
			const { items, status } = await account.sync([ann, bob, cem], {}, setting);

			expect(status).toBe('success');
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(jsonOf(items)).toEqual([
				expect.objectContaining({ action: 'created', email: 'ann@example.com' }),
				{
					action: 'failed',
					email: 'bob@example',
					error:
						"'Email' is not a valid email address: 'bob@example' (the part after the @ has no dot). Use one address such as jane@example.com, with no name or anything else around it",
				},
				expect.objectContaining({ action: 'created', email: 'cem@example.com' }),
			]);
		},
	);

	it('go to the error output even when a part of them was done', async () => {
		const { items, errorItems, status } = await account.sync(
			[ann, bob, cem],
			lists(['name', '={{ $json.email.startsWith("cem") ? "Nowhere" : "News" }}', 'subscribe']),
			{ onError: 'continueErrorOutput' },
		);

		expect(status).toBe('success');
		expect(jsonOf(items).map(({ email }) => email)).toEqual(['ann@example.com']);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(jsonOf(errorItems)).toMatchObject([
			{ email: 'bob@example', error: textWith("'bob@example'") },
			{
				email: 'cem@example.com',
				error: textWith(
					"but list 'Nowhere' could not be subscribed to. List 'Nowhere': The account has no list called 'Nowhere'",
				),
				details: {
					action: 'failed',
					email: 'cem@example.com',
					id: account.contact('cem@example.com').id,
					lists: [
						{
							name: 'Nowhere',
							outcome: 'failed',
							reason: "The account has no list called 'Nowhere'. Check the name, or pick it from the list",
						},
					],
				},
			},
		]);
	});

	it('fail at an expression that n8n cannot resolve for them', async () => {
		const lastName = "={{ $itemIndex === 1 ? $('Form').item.json.name : 'Lee' }}";

		const { items } = await account.sync([ann, cem], { lastName }, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)[0]).toMatchObject({ action: 'created', lastName: 'Lee' });
		expect(jsonOf(items)[1]).toEqual({
			action: 'failed',
			email: cem.email,
			error: textLike(/Form|node.*\. ./),
		});
		expect(account.requests()).toEqual(['POST /contact/sync']);
	});

	it('all fail at an expression that n8n cannot parse', async () => {
		const { error } = await account.sync([ann, cem], { lastName: '={{ $json. }}' });

		expect(error?.message).toBe('invalid syntax');
		expect(error?.description).toMatch(/^Item 1 /);
		expect(account.requests()).toEqual([]);
	});

	it('fail at an option whose expression gives a wrong value, before anything is sent', async () => {
		const emptyValues = "={{ $itemIndex === 1 ? 'purge' : 'keep' }}";
		const run = await account.sync([ann, cem], { options: { emptyValues } });
		const wrongRunOption = await account.sync([ann, cem], {
			options: { mergeDuplicates: '={{ "perhaps" }}' },
		});

		expect(run.error?.message).toBe("'Empty Values' cannot be 'purge'");
		expect(run.error?.description).toMatch(/^Item 2 \(cem@example\.com\): Use one of: keep, clear, fillOnly/);
		expect(wrongRunOption.error?.message).toBe("'Merge Duplicates' cannot be 'perhaps'");
		expect(account.sandbox.journal.count('POST')).toBe(1);
	});

	it('fail at a value that a field cannot hold, with what to use instead', async () => {
		const { items } = await account.sync(
			[
				{ ...ann, age: 'about forty' },
				{ ...cem, age: 40 },
			],
			customFields(['name', 'Age', '={{ $json.age }}']),
			{ onError: 'continueRegularOutput' },
		);

		expect(jsonOf(items)[0]?.['error']).toMatch(/^'Age': 'about forty' is not a number/);
		expect(account.stored('cem@example.com', 'Age')).toBe('40');
	});

	it('fail when the account rejects their own sync only', async () => {
		account.sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'ann@' }, 'errorsPointer');

		const { items } = await account.sync([ann, cem], {}, { onError: 'continueRegularOutput' });

		expect(jsonOf(items)[0]).toEqual({
			action: 'failed',
			email: ann.email,
			error: textWith('Nothing was saved'),
		});
		expect(jsonOf(items)[1]).toMatchObject({ action: 'created', email: 'cem@example.com' });
	});

	it.each(['htmlOk', 'emptyOk', { status: 200, body: { fieldValues: [] } }] as const)(
		'do not include one whose sync had a single unreadable response: %j',
		async (fault) => {
			account.sandbox.failNext({ path: '/contact/sync', bodyIncludes: 'ann@' }, fault);

			const { items, status } = await account.sync([ann, cem]);

			expect(status).toBe('success');
			expect(jsonOf(items).map(({ email, action }) => [email, action])).toEqual([
				['ann@example.com', 'created'],
				['cem@example.com', 'created'],
			]);
		},
	);

	it.each(['/notes', '/accountContacts', '/contact/sync'])(
		'show no note, company or match value of other items when their requests to %s are refused',
		async (path) => {
			account.sandbox.failNext({ method: 'POST', path, times: 99 }, 'errorsPointer');
			const items = ['ann', 'cem'].map((name) => ({
				email: `${name}@example.com`,
				secret: `the ${name} secret`,
			}));

			const { items: output } = await account.sync(
				items,
				{
					matchBy: 'customField',
					matchField: locator('name', 'Age'),
					matchValue: '={{ 770001 + $itemIndex }}',
					additionalFields: { company: '={{ $json.secret }}', note: '={{ $json.secret }}' },
				},
				{ onError: 'continueRegularOutput' },
			);

			expect(jsonOf(output)).toMatchObject([{ action: 'failed' }, { action: 'failed' }]);
			const [ofAnn, ofCem] = output.map((item) => JSON.stringify(item));
			expect(ofAnn).not.toMatch(/cem|770002/);
			expect(ofCem).not.toMatch(/ann|770001/);
		},
	);

	it('do not keep saved items out of the output when the user stops the execution', async () => {
		account.sandbox.failNext({ path: '/contactLists', times: 9 }, 'hang');
		const stop = new AbortController();
		const running = account.sync([ann, cem], lists(['id', '401', 'subscribe']), { signal: stop.signal });
		while (account.sandbox.journal.count('POST', '/contactLists') < 2) await setImmediate();
		stop.abort();

		const { items, status } = await running;

		expect(status).toBe('canceled');
		expect(jsonOf(items)).toEqual(
			[ann, cem].map(({ email }) => ({
				action: 'failed',
				id: account.contact(email).id,
				email,
				error: textWith('The execution was stopped'),
			})),
		);
	});

	it('all fail where the account name is wrong', async () => {
		const { error, status } = await account.sync(
			[ann, cem],
			{},
			{ credentials: { accountName: 'not an account', apiToken: 'x' } },
		);

		expect(status).toBe('error');
		expect(error?.message).toMatch(/account name/i);
		expect(error?.description).toContain('None of 2 items were synced');
	});
});
