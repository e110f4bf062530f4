import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { locator, mapAutomatically } from './harness/parameters';
import { jsonOf, textLike, textWith } from './harness/results';
import type { RunOptions } from './harness/runWorkflow';

const OPERATION = { operation: 'getManyContacts', resource: 'contact' };
const ALL = { returnAll: true };
const TRIGGER = [{}];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE = 100;

const account = useAccount({
	fields: [
		{ title: 'Company' },
		{ title: 'Industry', type: 'dropdown', options: ['Retail', 'Travel'] },
		{ title: 'Languages', type: 'checkbox', options: ['German', 'French', 'Dutch'] },
		{ title: 'Score', type: 'number' },
		{ title: 'Met', type: 'datetime' },
	],
	lists: ['News', 'Offers'],
	tags: ['Lead', 'VIP', 'VIP 2'],
	automations: ['Welcome'],
});

const getMany = async (
	parameters: INodeParameters = ALL,
	items: IDataObject[] = TRIGGER,
	more: Partial<Pick<RunOptions, 'onError' | 'signal'>> = {},
) => await account.sync(items, { ...OPERATION, ...parameters }, more);
const by = (filters: INodeParameters, more: INodeParameters = ALL): INodeParameters => ({ filters, ...more });
const names = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => String(json.email).replace('@example.com', '')).sort();
const found = async (filters: INodeParameters) => {
	const run = await getMany(by(filters));
	expect(run.error).toBeUndefined();
	return names(run.items);
};
const addContacts = (count: number, more: object = {}, tag = 'c') =>
	Array.from({ length: count }, (_, index) =>
		account.state.addContact({ email: `${tag}${index}@example.com`, ...more }),
	);
const idOf = (email: string) => account.contact(`${email}@example.com`).id;
const reads = () => account.sandbox.journal.count('GET', '/contacts');

/** Four contacts, each changed an hour after the one before. */
const MOMENTS = new Map<string, string>();
function addPeople(): void {
	const add = (name: string, more: object) => {
		account.sandbox.skip(4 * DAY_MS);
		const { cdate } = account.state.addContact({ email: `${name}@example.com`, ...more });
		MOMENTS.set(name, cdate);
	};
	add('ann', {
		tags: ['VIP', 'Lead'],
		lists: { News: 'active', Offers: 'bounced' },
		fieldValues: { Industry: 'Retail', Languages: '||German||French||', Score: '5', Company: 'Acme' },
		automations: ['Welcome'],
		company: 'Acme Inc.',
	});
	add('bob', {
		tags: ['VIP'],
		lists: { News: 'unsubscribed' },
		fieldValues: { Industry: '||Retail||', Score: '5.0', Company: 'acme' },
	});
	add('cleo', {
		tags: ['VIP 2'],
		lists: { News: 'unconfirmed', Offers: 'active' },
		fieldValues: { Industry: 'Travel', Languages: '||French||', Company: 'Acme' },
	});
	add('dan', { lists: { News: 91 }, fieldValues: { Company: 'Acme Corp' } });
}

const field = (name: string, value: unknown) => ({
	customField: locator('name', name),
	customFieldValue: value as string,
});
const FILTERS: Array<[string, () => INodeParameters, string[]]> = [
	['no filter', () => ({}), ['ann', 'bob', 'cleo', 'dan']],
	['a tag by name', () => ({ tag: locator('name', 'vip') }), ['ann', 'bob']],
	['a tag by ID', () => ({ tag: locator('id', '601') }), ['ann']],
	['a list', () => ({ list: locator('name', 'News') }), ['ann']],
	[
		'any list status',
		() => ({ list: locator('name', 'News'), listStatus: 'any' }),
		['ann', 'bob', 'cleo', 'dan'],
	],
	['unsubscribed', () => ({ list: locator('name', 'News'), listStatus: 'unsubscribed' }), ['bob']],
	['unconfirmed', () => ({ list: locator('name', 'News'), listStatus: 'unconfirmed' }), ['cleo']],
	['bounced', () => ({ list: locator('name', 'Offers'), listStatus: 'bounced' }), ['ann']],
	['a text field', () => field('Company', 'Acme'), ['ann', 'cleo']],
	['a dropdown, however it is stored', () => field('Industry', 'retail'), ['ann', 'bob']],
	['one of several choices', () => field('Languages', 'French'), ['ann', 'cleo']],
	['all of several choices', () => field('Languages', 'French, German'), ['ann']],
	['a number, however it is written', () => field('Score', 5), ['ann', 'bob']],
	['a change', () => ({ changedAfter: MOMENTS.get('cleo') ?? '' }), ['cleo', 'dan']],
	['a creation', () => ({ createdAfter: MOMENTS.get('dan') ?? '' }), ['dan']],
	['a part of an address', () => ({ emailContains: 'AN' }), ['ann', 'dan']],
];

describe('Get Many Contacts with filters', () => {
	beforeEach(addPeople);

	it.each(FILTERS)('returns the contacts that match %s', async (_name, filters, expected) => {
		expect(await found(filters())).toEqual(expected);
	});

	const pairs = FILTERS.slice(1).flatMap((one, index) =>
		FILTERS.slice(index + 2)
			.filter((other) => Object.keys(one[1]()).every((key) => !(key in other[1]())))
			.map((other) => [`${one[0]} and ${other[0]}`, one, other] as const),
	);
	it('returns the contacts that match both of any two filters', async () => {
		expect(pairs.length).toBeGreaterThan(50);
		for (const [name, one, other] of pairs) {
			const both = one[2].filter((email) => other[2].includes(email));
			expect([name, await found({ ...one[1](), ...other[1]() })]).toEqual([name, both]);
		}
	});

	it.each([
		[
			'every filter',
			{
				ignoredParameters: {
					'/contacts': [
						'tagid',
						'listid',
						'status',
						'email_like',
						'filters[updated_after]',
						'filters[created_after]',
					],
				},
			},
		],
		[
			'the filters of values',
			{ ignoredParameters: { '/fieldValues': ['filters[fieldid]', 'filters[val]'] } },
		],
		['id_greater', { unknownIdFilters: ['id_greater' as const] }],
		['the order', { ignoredParameters: { '/contacts': ['orders[id]'] } }],
		['the offset', { ignoredParameters: { '/contacts': ['offset'] } }],
		['include', { sideLoading: { ignoresInclude: true } }],
		['nested includes', { sideLoading: { unknown: ['contactTags.tag', 'contactLists.list'] } }],
		['some rows', { sideLoading: { withoutRows: ['contactTags', 'contactLists', 'fieldValues'] } }],
		['that rows of others are not asked for', { sideLoading: { rowsOfOthers: true } }],
		['that values are to be equal', { valueFilter: 'contains' as const }],
		['ids[]', { unknownIdFilters: ['ids' as const] }],
		['long requests', { maxUrlLength: 300 }],
	])('returns the same where the account ignores %s', async (_name, settings) => {
		account.sandbox.configure(settings);

		for (const [name, filters, expected] of FILTERS) {
			expect([name, await found(filters())]).toEqual([name, expected]);
		}
	});
});
