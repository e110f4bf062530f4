import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SandboxContact } from '../sandbox';
import type { SandboxSettings } from '../sandbox/settings';
import { sampled, sized } from '../size';
import { useAccount } from './harness/account';
import { locator } from './harness/parameters';
import { textWith } from './harness/results';
import type { RunOptions } from './harness/runWorkflow';

const PAGE = 100;
const CONTACTS = 250;
const FAR_TOO_LONG_MS = 3_600_000;

const account = useAccount({ fields: [{ title: 'Color' }], lists: ['News'], tags: ['Lead'] });

let contacts: SandboxContact[];
beforeEach(() => {
	contacts = add(CONTACTS);
});

function add(count: number, tag = 'c'): SandboxContact[] {
	return Array.from({ length: count }, (_, index) =>
		account.state.addContact({
			email: `${tag}${index}@example.com`,
			lists: { News: 'active' },
			tags: ['Lead'],
			fieldValues: { Color: 'red' },
		}),
	);
}

const getMany = async (
	parameters: INodeParameters = {},
	more: Partial<Pick<RunOptions, 'onError' | 'signal'>> = {},
	items: IDataObject[] = [{}],
) => await account.sync(items, { operation: 'getManyContacts', returnAll: true, ...parameters }, more);
const emails = ({ items }: Awaited<ReturnType<typeof getMany>>) => items.map(({ json }) => json.email);
const emailsOf = (some: SandboxContact[]) => some.map(({ email }) => email);
const byColor = {
	filters: { customField: locator('name', 'Color'), customFieldValue: 'red' },
};

/** Changes the account after each page that it returns. */
function afterEachPage(change: (page: number) => void, path = '/contacts'): void {
	let page = 0;
	account.sandbox.rewrite({ method: 'GET', path }, (response) => {
		// Once the response is made.
		change((page += 1));
		return response;
	});
}

type Listing = [string, Partial<SandboxSettings>, INodeParameters, string];
const LISTINGS: Listing[] = [
	['by ID', {}, {}, '/contacts'],
	['by their values', {}, byColor, '/fieldValues'],
	...sized<Listing[]>(
		[],
		[
			['by offset', { unknownIdFilters: ['id_greater'] }, {}, '/contacts'],
			[
				'by offset with a total that they never reach',
				{ unknownIdFilters: ['id_greater'], falsePages: { '/contacts': 'totalTooHigh' } },
				{},
				'/contacts',
			],
		],
	),
];

describe.each(LISTINGS)('the contacts of several pages, read %s', (_name, settings, parameters, path) => {
	beforeEach(() => account.sandbox.configure(settings));

	it('all come out, once', async () => {
		expect(emails(await getMany(parameters))).toEqual(emailsOf(contacts));
	});

	it('come out once when others are added meanwhile', async () => {
		afterEachPage((page) => page < 5 && void add(20, `page${page}-`), path);

		const found = emails(await getMany(parameters));

		expect(new Set(found).size).toBe(found.length);
		expect(found.slice(0, CONTACTS)).toEqual(emailsOf(contacts));
	});

	it.each([1, 30])('lack none when %i that were read are deleted after a page', async (count) => {
		afterEachPage((page) => {
			if (page > 1) return;
			for (const contact of contacts.slice(PAGE - count, PAGE)) account.state.deleteContact(contact);
		}, path);

		const found = emails(await getMany(parameters));

		expect(new Set(found).size).toBe(found.length);
		const still = contacts.filter(({ id }) => account.state.contacts().some((one) => one.id === id));
		expect(still.length).toBe(CONTACTS - count);
		expect(emailsOf(still).filter((email) => !found.includes(email))).toEqual([]);
	});

	it('come out as they are now when they are changed meanwhile', async () => {
		const last = contacts.at(-1);
		afterEachPage((page) => {
			if (page === 1) account.state.addContact({ email: last?.email ?? '', firstName: 'New' });
		}, path);

		const { items } = await getMany(parameters);

		expect(items.at(-1)?.json).toMatchObject({ email: last?.email, firstName: 'New' });
	});

	it.each(sampled(['rateLimited', 'serverError', 'emptyOk'] as const))(
		'all come out after %s in the middle',
		async (fault) => {
			account.sandbox.failNext({ path, skip: 1, times: 2 }, fault);

			expect(emails(await getMany(parameters))).toEqual(emailsOf(contacts));
		},
	);

	it('fail the item when the account is down in the middle', async () => {
		account.sandbox.startSpell({ match: { path, skip: 1 }, fault: 'serverError', forMs: FAR_TOO_LONG_MS });

		const stopped = await getMany(parameters);
		const continued = await getMany(parameters, { onError: 'continueRegularOutput' }, [{}, {}]);

		expect(stopped.error?.message).toContain('ActiveCampaign could not');
		expect(continued.items.map(({ json }) => json)).toEqual([
			{ action: 'failed', error: textWith('ActiveCampaign could not') },
			{ action: 'failed', error: textWith('ActiveCampaign could not') },
		]);
	});
});
