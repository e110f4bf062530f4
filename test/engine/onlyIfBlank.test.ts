import { useAccount } from './harness/account';
import { runBulk, sentContacts } from './harness/bulk';
import { locator } from './harness/parameters';
import { jsonOf } from './harness/results';

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

describe('custom fields with Only If Blank', () => {
	const account = useAccount({ fields: [{ title: FIRST }, { title: LATEST }] });
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
