import type { FieldSeed } from '../sandbox';

import { customFields } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';
import { useAccount } from './harness/account';

/** One field of each type, what the contact has in it, and another value to give it. */
const KINDS: Array<[field: FieldSeed & { title: string }, stored: string, given: string, sent: string]> = [
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

describe.each(['ignore', 'store'] as const)(
	'empty values, in an account that would %s ""',
	(emptyFieldValue) => {
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
