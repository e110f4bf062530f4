import {
	hasSmsMark,
	includeWithNames,
	labelsById,
	listLabel,
	RECORD_KINDS,
	RECORDS,
	toRecords,
	withName,
	type NamedRecord,
} from '../../../nodes/ActiveCampaignSync/account/records';

describe('the kinds of records', () => {
	it('are listed in the order of the output, each with the part of a contact that leads to it', () => {
		expect(RECORD_KINDS).toEqual(['list', 'tag', 'automation', 'company']);
		expect(RECORD_KINDS.map((kind) => RECORDS[kind].part)).toEqual([
			...['contactLists', 'contactTags', 'contactAutomations', 'accountContacts'],
		]);
		expect(RECORD_KINDS.map((kind) => `${RECORDS[kind].collection}.${RECORDS[kind].name}`)).toEqual([
			...['lists.name', 'tags.tag', 'automations.name', 'accounts.name'],
		]);
	});

	it('say what is read and which permission it takes', () => {
		expect(RECORD_KINDS.map((kind) => RECORDS[kind].purpose)).toEqual([
			{ action: 'read the lists', permission: 'see lists' },
			{ action: 'read the tags', permission: 'see tags' },
			{ action: 'read the automations', permission: 'see automations' },
			{ action: 'read the account of the contact', permission: 'see accounts' },
		]);
	});
});

describe('includeWithNames', () => {
	it.each([
		['contactLists', 'contactLists,contactLists.list'],
		['contactTags', 'contactTags,contactTags.tag'],
		['contactAutomations', 'contactAutomations,contactAutomations.automation'],
		['accountContacts', 'accountContacts,accountContacts.account'],
		['fieldValues', 'fieldValues'],
	] as const)('names the records of %s with it', (part, expected) => {
		expect(includeWithNames(part)).toBe(expected);
	});
});

describe('toRecords', () => {
	it('gives ID and name of each row, whatever they are written as, and leaves out rows without an ID', () => {
		const rows = [
			{ id: 1, tag: ' Lead ', name: 'no' },
			{ id: '02', tag: 2026 },
			{ id: '3', tag: null },
			{ tag: 'no ID' },
			{ id: 'x', tag: 'odd' },
		];

		expect(toRecords('tag', rows)).toStrictEqual([
			{ id: '1', name: 'Lead' },
			{ id: '2', name: '2026' },
			{ id: '3', name: '' },
		]);
		expect(toRecords('company', [{ id: '4', name: 'Acme' }])).toStrictEqual([{ id: '4', name: 'Acme' }]);
	});

	it('knows lists for text messages by their channel', () => {
		const rows = [
			{ id: '1', name: 'News', channel: 'email' },
			{ id: '2', name: 'Alerts', channel: ' SMS' },
			{ id: '3', name: 'Offers (SMS)', channel: 'sms' },
			{ id: '4', name: 'Old' },
		];

		expect(toRecords('list', rows)).toStrictEqual([
			{ id: '1', name: 'News' },
			{ id: '2', name: 'Alerts', isSms: true },
			{ id: '3', name: 'Offers (SMS)', isSms: true },
			{ id: '4', name: 'Old' },
		]);
	});
});

describe('toRecords of automations', () => {
	it('knows those that take nobody on by their status', () => {
		const rows = [
			{ id: '1', name: 'Welcome', status: '1' },
			{ id: '2', name: 'Old', status: 2 },
			{ id: '3', name: 'New' },
		];

		expect(toRecords('automation', rows)).toStrictEqual([
			{ id: '1', name: 'Welcome' },
			{ id: '2', name: 'Old', isInactive: true },
			{ id: '3', name: 'New' },
		]);
		expect(toRecords('list', rows.slice(1, 2))).toStrictEqual([{ id: '2', name: 'Old' }]);
	});
});

describe('labelsById', () => {
	it('gives what records are called, without those that have no name', () => {
		const records = [
			{ id: '1', name: 'News' },
			{ id: '2', name: '' },
			{ id: '3', name: 'Alerts', isSms: true },
		];

		expect([...labelsById(records)]).toEqual([
			['1', 'News'],
			['3', 'Alerts (SMS)'],
		]);
	});
});

describe('withName', () => {
	const records: NamedRecord[] = [
		{ id: '1', name: 'News' },
		{ id: '2', name: 'news' },
		{ id: '3', name: 'Offers' },
		{ id: '4', name: 'News' },
		{ id: '5', name: 'Alerts', isSms: true },
		{ id: '6', name: 'Deals', isSms: true },
		{ id: '7', name: 'Deals (SMS)' },
		{ id: '8', name: 'Caf\u00e9' },
		{ id: '9', name: 'Ann\u2019s friends' },
	];
	const idsOf = (name: string) => withName(records, name).map(({ id }) => id);

	it('finds exact matches first, then those that differ in case and outer blanks', () => {
		expect(idsOf('News')).toEqual(['1', '4']);
		expect(idsOf('news')).toEqual(['2']);
		expect(idsOf('NEWS')).toEqual(['1', '2', '4']);
		expect(idsOf(' offers ')).toEqual(['3']);
		expect(idsOf('CAFE\u0301')).toEqual(['8']);
		expect(idsOf("ann's friends")).toEqual(['9']);
	});

	it('finds a list for text messages also by what pickers call it, after all others', () => {
		expect(idsOf('Alerts')).toEqual(['5']);
		expect(idsOf('alerts (sms)')).toEqual(['5']);
		expect(idsOf('deals (SMS)')).toEqual(['7']);
		expect(idsOf('Deals')).toEqual(['6']);
		expect(idsOf('News (SMS)')).toEqual([]);
	});

	it('finds nothing where there is nothing', () => {
		expect(idsOf('New')).toEqual([]);
		expect(withName([], 'News')).toEqual([]);
	});
});

describe('the label of a list', () => {
	it('marks lists for text messages, once', () => {
		expect(listLabel('News')).toBe('News');
		expect(listLabel('News', false)).toBe('News');
		expect(listLabel('Alerts', true)).toBe('Alerts (SMS)');
		expect(listLabel('Offers (SMS)', true)).toBe('Offers (SMS)');
		expect(listLabel('(SMS) Offers', true)).toBe('(SMS) Offers (SMS)');
	});

	it.each([
		['Alerts (SMS)', true],
		['Alerts (SMS) ', true],
		['(SMS) Alerts', false],
		['SMS', false],
	])('%j has the mark: %s', (name, expected) => {
		expect(hasSmsMark(name)).toBe(expected);
	});
});
