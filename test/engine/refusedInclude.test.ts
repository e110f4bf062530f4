import { useAccount } from './harness/account';
import { customFields, lists, locator } from './harness/parameters';
import { jsonOf } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

describe('an account that refuses to side-load parts of contacts', () => {
	const account = useAccount({ fields: [{ title: 'City' }], lists: ['News'] });
	const idOf = (email: string) => account.contact(email).id;
	const steps = {
		...customFields(['name', 'City', 'Paris']),
		...lists(['name', 'News', 'subscribe']),
	};
	const done = { lists: [{ name: 'News', outcome: 'keptUnsubscribed' }], customFields: { City: 'Paris' } };

	beforeEach(() => {
		for (const { email } of items) account.state.addContact({ email, lists: { News: 'unsubscribed' } });
		account.sandbox.rewrite({ method: 'GET', path: /^\/contacts(\/\d+)?$/ }, (response, { query }) =>
			query.has('include') ? { status: 400, body: { message: 'include is not supported' } } : response,
		);
	});

	it.each([
		['Fill Blanks Only', {}, { emptyValues: 'fillOnly' }],
		['Update Only', {}, { syncMode: 'updateOnly' }],
		[
			'Match By Contact ID with Fill Blanks Only',
			{ matchBy: 'contactId', contactId: '={{ $json.id }}' },
			{ emptyValues: 'fillOnly' },
		],
	])('is read part by part: %s', async (_name, parameters, options) => {
		const given = items.map(({ email }) => ({ email, id: idOf(email) }));

		const run = await account.sync(given, { ...steps, ...parameters, options });

		expect(jsonOf(run.items)).toMatchObject(items.map(() => ({ action: 'updated', ...done })));
	});

	it('is read part by part for the contact with the address when nobody has the key', async () => {
		const byKey = {
			matchBy: 'customField',
			matchField: locator('name', 'City'),
			matchValue: '={{ $json.email }}',
		};

		const run = await account.sync(items, { ...byKey, ...lists(['name', 'News', 'subscribe']) });

		expect(jsonOf(run.items)).toMatchObject(
			items.map(({ email }) => ({ action: 'updated', id: idOf(email), lists: done.lists })),
		);
	});

	it('is read part by part in a dry run', async () => {
		const run = await account.sync(items, { ...steps, options: { dryRun: true } });

		expect(jsonOf(run.items)).toMatchObject(items.map(() => ({ action: 'wouldUpdate', lists: done.lists })));
	});
});
