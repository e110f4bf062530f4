import {
	includeOf,
	linkedIds,
	namesIn,
	sideLoadedNames,
} from '../../../nodes/ActiveCampaignSync/account/recordNames';

describe('includeOf', () => {
	it.each([
		['contactLists', 'contactLists,contactLists.list'],
		['contactTags', 'contactTags,contactTags.tag'],
		['contactAutomations', 'contactAutomations,contactAutomations.automation'],
		['accountContacts', 'accountContacts,accountContacts.account'],
		['fieldValues', 'fieldValues'],
	] as const)('names the records of %s with it', (part, expected) => {
		expect(includeOf(part)).toBe(expected);
	});
});

describe('namesIn', () => {
	it('gives names by ID, whatever the ID is written as, and leaves out rows without either', () => {
		const rows = [{ id: 1, tag: 'Lead' }, { id: '2', tag: '' }, { tag: 'no ID' }, { id: 'x', tag: 'odd' }];

		expect(namesIn('contactTags', rows)).toEqual(new Map([['1', 'Lead']]));
	});

	it('marks lists for text messages, once', () => {
		const rows = [
			{ id: '1', name: 'News', channel: 'email' },
			{ id: '2', name: 'Alerts', channel: 'SMS' },
			{ id: '3', name: 'Offers (SMS)', channel: 'sms' },
		];

		expect([...namesIn('contactLists', rows).values()]).toEqual(['News', 'Alerts (SMS)', 'Offers (SMS)']);
	});
});

describe('sideLoadedNames', () => {
	it('takes the names of each part from the records beside the contacts', () => {
		const names = sideLoadedNames({
			lists: [{ id: '1', name: 'News' }],
			tags: [{ id: '2', tag: 'Lead' }],
			automations: [{ id: '3', name: 'Welcome' }],
			accounts: [{ id: '4', name: 'Acme' }],
		});

		expect(names).toEqual({
			contactLists: new Map([['1', 'News']]),
			contactTags: new Map([['2', 'Lead']]),
			contactAutomations: new Map([['3', 'Welcome']]),
			accountContacts: new Map([['4', 'Acme']]),
		});
	});

	it('has no names where no records came along', () => {
		expect(sideLoadedNames({}).contactTags.size).toBe(0);
	});
});

describe('linkedIds', () => {
	it('leaves out rows that lead nowhere', () => {
		const rows = [{ list: '1' }, { list: 1 }, { list: null }, { tag: '5' }];

		expect(linkedIds('contactLists', new Map([['contactLists' as const, rows]]))).toEqual(['1']);
	});
});
