import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import type { SandboxContact } from '../sandbox';
import type { SandboxSettings } from '../sandbox/settings';
import { sized } from '../size';
import { useAccount } from './harness/account';
import { locator } from './harness/parameters';

/** What a filter means, as a full scan would apply it. */
interface Asked {
	parameters: INodeParameters;
	includes: (contact: SandboxContact) => boolean;
}

describe('Get Many Contacts, whatever the contacts, the filters and the account', () => {
	const RUNS = { numRuns: sized(6, 60) };
	/** More than a page. */
	const CONTACTS = 130;
	const HOUR_MS = 3_600_000;
	const STATUSES = { unconfirmed: 0, active: 1, unsubscribed: 2, bounced: 3 } as const;
	const COLORS = ['red', 'Red', 'blue', '||red||'];

	const account = useAccount({
		fields: [
			{ title: 'Color', type: 'dropdown', options: ['red', 'blue'] },
			{ title: 'Motto' },
			{ title: 'Sports', type: 'listbox', options: ['golf', 'polo'] },
		],
		lists: ['News'],
		tags: ['Lead'],
	});
	const valueOf = (contact: SandboxContact, title: string) =>
		contact.fieldValues.get(account.state.fieldBy(title).id) ?? '';
	const byField = (title: string, value: string, includes: (stored: string) => boolean): Asked => ({
		parameters: { customField: locator('name', title), customFieldValue: value },
		includes: (contact) => includes(valueOf(contact, title)),
	});

	const filters = {
		tag: fc.constant<() => Asked>(() => ({
			parameters: { tag: locator('name', 'Lead') },
			includes: ({ tags }) => tags.size > 0,
		})),
		list: fc
			.constantFrom('any', ...(Object.keys(STATUSES) as Array<keyof typeof STATUSES>))
			.map((listStatus) => (): Asked => ({
				parameters: { list: locator('name', 'News'), listStatus },
				includes: ({ lists }) =>
					[...lists.values()].some(({ status }) => listStatus === 'any' || status === STATUSES[listStatus]),
			})),
		field: fc.constantFrom<() => Asked>(
			() => byField('Color', 'red', (stored) => ['red', '||red||'].includes(stored)),
			() => byField('Motto', 'Red', (stored) => stored === 'Red'),
			() => byField('Sports', 'polo', (stored) => stored.includes('polo')),
		),
		changed: fc.nat({ max: CONTACTS - 1 }).map((place) => (): Asked => {
			const { udate } = account.contact(`c${place}@example.com`);
			return {
				parameters: { changedAfter: udate },
				includes: (contact) => Date.parse(contact.udate) >= Date.parse(udate),
			};
		}),
		email: fc.nat({ max: 9 }).map((digit) => (): Asked => ({
			parameters: { emailContains: `C${digit}` },
			includes: ({ email }) => email.includes(`c${digit}`),
		})),
	};
	const asked = fc.record(filters, { requiredKeys: [] });
	const contact = fc.record({
		isTagged: fc.boolean(),
		status: fc.option(fc.constantFrom(...Object.values(STATUSES), 91), { nil: undefined }),
		color: fc.option(fc.constantFrom(...COLORS), { nil: undefined }),
		motto: fc.option(fc.constantFrom(...COLORS), { nil: undefined }),
		sports: fc.option(fc.constantFrom('||golf||', '||golf||polo||', '||'), { nil: undefined }),
	});
	const settings = fc.constantFrom<Partial<SandboxSettings>>(
		{},
		{},
		{ unknownIdFilters: ['id_greater'] },
		{ unknownIdFilters: ['ids'] },
		{ ignoredParameters: { '/contacts': ['tagid', 'listid', 'email_like', 'filters[updated_after]'] } },
		{ ignoredParameters: { '/fieldValues': ['filters[val]'], '/contacts': ['orders[id]'] } },
		{ sideLoading: { withoutRows: ['contactTags'] } },
		{ sideLoading: { truncated: ['fieldValues'] } },
		{ valueFilter: 'contains' },
	);

	it('returns what a scan of all contacts finds', async () => {
		const check = async (
			contacts: Array<typeof contact extends fc.Arbitrary<infer One> ? One : never>,
			settings: Partial<SandboxSettings>,
			chosen: Partial<Record<keyof typeof filters, () => Asked>>,
		) => {
			account.sandbox.reset();
			account.sandbox.configure(settings);
			contacts.forEach(({ isTagged, status, color, motto, sports }, index) => {
				account.sandbox.skip(HOUR_MS);
				const values = { Color: color, Motto: motto, Sports: sports };
				account.state.addContact({
					email: `c${index}@example.com`,
					tags: isTagged ? ['Lead'] : [],
					lists: status === undefined ? {} : { News: status },
					fieldValues: Object.fromEntries(
						Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
					),
				});
			});
			const given = Object.values(chosen).map((make) => make());
			const parameters = Object.assign({}, ...given.map((one) => one.parameters)) as INodeParameters;

			const run = await account.sync([{}], {
				operation: 'getManyContacts',
				returnAll: true,
				filters: parameters,
			});

			expect(run.error).toBeUndefined();
			const expected = account.state.contacts().filter((one) => given.every(({ includes }) => includes(one)));
			expect(run.items.map(({ json }) => Number(json.id)).sort((one, other) => one - other)).toEqual(
				expected.map(({ id }) => Number(id)),
			);
		};
		const contacts = fc.array(contact, { minLength: CONTACTS, maxLength: CONTACTS });
		await fc.assert(fc.asyncProperty(contacts, settings, asked, check), RUNS);
	});
});
