import { mapItem, mapKeys } from '../../../nodes/ActiveCampaignSync/input/automaticMapping';
import { columnName } from '../../../nodes/ActiveCampaignSync/input/columns';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { sized } from '../../size';
import { columnCatalog as catalog, textField as field } from '../fields/customFields';

const none = new FieldCatalog([]);
const accountWith = (...titles: string[]) =>
	new FieldCatalog(titles.map((title, index) => field(String(index + 1), title)));

/** Field by its name on screen → its value. */
function filled(item: Record<string, unknown>, of = none): Record<string, unknown> {
	const { values } = mapItem(item, of);
	return Object.fromEntries([...values].map(([column, value]) => [columnName(column, of), value]));
}

/** Key → why it fills nothing. */
function reasons(item: Record<string, unknown>, of = none): Record<string, string> {
	return Object.fromEntries(mapItem(item, of).unmapped.map(({ key, reason }) => [key, reason]));
}

const readAs = (item: Record<string, unknown>, of = none) => mapItem(item, of).mapped;

const NO_FIELD = 'No field has this name';
const SOMEONE_ELSE = 'May be about someone other than the contact';

describe('The keys of an item', () => {
	it('fill the columns that they name, in any spelling, and that is not reported', () => {
		const item = {
			'E-Mail': 'a@example.com',
			first_name: 'Ann',
			'LAST NAME': 'Lee',
			phone: '12345',
			'company *': 'Acme',
			'%SHOE_SIZE%': '38',
			'Your favorite color': 'red',
			'twin-b': 'x',
		};
		expect(filled(item, catalog)).toEqual({
			Email: 'a@example.com',
			'First Name': 'Ann',
			'Last Name': 'Lee',
			Phone: '12345',
			Company: 'Acme',
			'Shoe size': '38',
			'Your favorite color?': 'red',
			'Twin (21)': 'x',
		});
		expect(readAs(item, catalog)).toEqual([]);
		expect(reasons(item, catalog)).toEqual({});
	});

	it('are reported as read where they have another name, unless their value is blank', () => {
		expect(
			readAs(
				{ 'Mail address': 'a@example.com', Vorname: 'Ann', Tel: '', Stadt: 'Bonn' },
				accountWith('City'),
			),
		).toEqual([
			{ field: 'Email', from: 'Mail address' },
			{ field: 'First Name', from: 'Vorname' },
			{ field: 'City', from: 'Stadt' },
		]);
	});

	it('that look like IDs mean a title, and nothing where no title fits', () => {
		const sheet = new FieldCatalog([
			field('1', 'Company'),
			field('2', '3'),
			field('3', 'Field 1'),
			field('4', '1'),
		]);
		const keys = ['Email', '1', '2', '03', '3', 'field_1', 'field_2'];
		const mapping = mapKeys(new Map(keys.map((key) => [key, 'a@example.com'])), sheet);

		expect(mapping.keys).toEqual(
			new Map([
				['email', 'Email'],
				['field_4', '1'],
				['field_2', '3'],
				['field_3', 'field_1'],
			]),
		);
		expect(mapping.unmapped).toEqual(
			['2', '03', 'field_2'].map((key) => ({
				key,
				reason: 'Automatic mapping does not use IDs: name the key after the field',
			})),
		);
	});

	it('that name two fields fill neither', () => {
		const reason = 'Several custom fields have this name: ID 20 (%TWIN_A%), ID 21 (%TWIN_B%)';
		expect(reasons({ Twin: 'x', 'twin:': 'y' }, catalog)).toEqual({ Twin: reason, 'twin:': reason });
	});

	it.each([
		['Email (for updates)', 'Email'],
		['Email ID (Kindly enter a valid email)', 'Email'],
		['Email Address (Gmail only) (required)', 'Email'],
		["3. Email Address - we'll send the link here", 'Email'],
		['E-mail (para enviar o link)', 'Email'],
		['Phone Number (+91)', 'Phone'],
		['First Name (as per Aadhaar)', 'First Name'],
	])('are read without what is explained in them: %s', (key, column) => {
		const value = column === 'Email' ? 'ann@example.com' : column === 'Phone' ? '5550100142' : 'Ann';
		expect(filled({ [key]: value })).toEqual({ [column]: value });
	});

	it.each([
		...[
			'Email (for your manager)',
			'Email (for my wife)',
			'Email (if different)',
			'Email (2)',
			'Email (office use only)',
		],
		...[
			'Phone - for emergencies',
			'Phone (in case we cannot reach you)',
			'First name (as the dog is called)',
		],
		...[
			'Full Name (for the engraving)',
			'Full Name (same as above)',
			'E-Mail (für Ihre Frau)',
			'Email (if under 18)',
		],
		'Email (accountant)',
		'Email (hash)',
		'Parent Email (for updates)',
		'Email status (for updates)',
		'Name (for the cake)',
	])('are not read where what is in brackets says whose or what else it is: %s', (key) => {
		for (const value of ['ann@example.com', 'Ann', '5550101234'])
			expect(filled({ [key]: value })).toEqual({});
	});

	it('do not fill a field whose title has a remark, unless they name it', () => {
		const account = accountWith('Full name (for certificate)');
		expect(filled({ 'Full name': 'Ann Lee' }, account)).toEqual({ 'First Name': 'Ann', 'Last Name': 'Lee' });
	});

	it('that a form or a sheet adds are reported only where a field has their name', () => {
		const added = { submittedAt: 'x', formMode: 'test', row_number: 2, Timestamp: 'x' };
		expect(reasons(added)).toEqual({});
		expect(filled(added, accountWith('Submitted at', 'Form mode'))).toEqual({
			'Submitted at': 'x',
			'Form mode': 'test',
		});
	});

	it.each([
		['Company Name', "Map it to 'Additional Fields' > 'Company'"],
		['Job Title', "Map it to 'Additional Fields' > 'Job Title'"],
		['Your message', "Map it to 'Additional Fields' > 'Note'"],
		['Tags', "Map it to 'Tags to Add'"],
		['Lists', "Map it to 'Lists'"],
		['Title', NO_FIELD],
		['Role', NO_FIELD],
		['Phone brand', `${NO_FIELD}. Did you mean 'Phone'?`],
		['', NO_FIELD],
		['🎉', NO_FIELD],
	])('that fill no field are reported with where they go: %j', (key, reason) => {
		expect(reasons({ Email: 'a@example.com', [key]: 'x' })).toEqual({ [key]: reason });
	});
});

describe('Several keys for one field', () => {
	it.each([
		[{ Phone: '11111', Mobile: '22222' }, '11111'],
		[{ Phone: '', Mobile: '22222' }, '22222'],
		[{ Phone: 'call me', Mobile: '22222' }, '22222'],
		[{ 'Home Phone': '11111', 'Mobile Phone': '22222', 'Work Phone': '33333', 'Primary Phone': '' }, '33333'],
		[{ 'Home Phone': '11111', 'Mobile Phone': '22222' }, '22222'],
		[{ 'Billing Phone': '11111', 'Home Phone': '22222' }, '22222'],
		[{ Phone: 'call me' }, 'call me'],
		[{ Phone: '', Mobile: '' }, ''],
	])('are tried by rank until a value fits: %j', (item, phone) => {
		expect(filled(item)).toEqual({ Phone: phone });
	});

	it.each([
		[{ 'E-mail': 'a@example.com', email: 'b@example.com' }, 'Email', 'b@example.com'],
		[{ first_name: 'Ann', firstName: 'Bea' }, 'First Name', 'Bea'],
		[{ 'first-name': 'Ann', 'First Name': 'Bea' }, 'First Name', 'Bea'],
		[{ FirstName: 'Ann', firstName: 'Bea' }, 'First Name', 'Bea'],
		[{ firstname: 'Ann', 'First Name': 'Bea' }, 'First Name', 'Bea'],
		[{ 'SHOE SIZE': '38', 'Shoe size': '39' }, 'Shoe size', '39'],
		[{ shoesize: '38', '%SHOE_SIZE%': '39' }, 'Shoe size', '39'],
		[{ 'phone number': '11111', 'Phone number': '22222' }, 'Phone', '22222'],
		[{ 'Phone number': '11111', 'What is your phone?': '22222' }, 'Phone', '22222'],
		[{ 'Guest Email': 'a@example.com', Email: 'b@example.com' }, 'Email', 'b@example.com'],
		[{ 'Your phone number?': '11111', 'Phone number': '22222' }, 'Phone', '22222'],
		[{ 'Shoe size (required)': '38', 'Shoe size': '39' }, 'Shoe size', '39'],
	])('are filled from the one with the name itself, wherever it stands: %j', (item, name, value) => {
		const backwards = Object.fromEntries(Object.entries(item).reverse());
		for (const one of [item, backwards]) expect(filled(one, catalog)).toEqual({ [name]: value });
	});

	it('are not filled from a second one of the same name, unless that of an address does not fit', () => {
		expect(filled({ Phone2: '11111' })).toEqual({});
		expect(filled({ Phone: 'call me', Phone2: '11111' })).toEqual({ Phone: 'call me' });
		expect(filled({ Email2: 'a@example.com' })).toEqual({});
		expect(filled({ Email: 'anonymous', Email2: 'a@example.com' })).toEqual({ Email: 'a@example.com' });
		expect(filled({ Email: '', Email2: 'a@example.com' })).toEqual({ Email: '' });
		expect(filled({ Email: 'anonymous', Email12: 'a@example.com' })).toEqual({ Email: 'anonymous' });
		expect(reasons({ Phone: '11111', Phone2: '22222' })).toEqual({ Phone2: NO_FIELD });
	});

	it('are reported unless their value is blank', () => {
		expect(reasons({ Phone: '11111', Mobile: '22222', 'Home Phone': '' })).toEqual({
			Mobile: "'Phone' is filled from 'Phone'",
		});
		expect(reasons({ Email: 'anonymous', 'Your email address': 'a@example.com' })).toEqual({
			Email: 'The value is not an email address',
		});
	});

	it('keep a value that does not fit under a known label, so that a message says what is wrong', () => {
		expect(filled({ 'Email address': 'anonymous' })).toEqual({ Email: 'anonymous' });
		expect(filled({ Vorname: '#1' })).toEqual({ 'First Name': '#1' });
	});

	it.each(['Phone?', 'Primary Phone', 'Telephone'])(
		'are not filled from a guess without a number: %s',
		(key) => {
			expect(filled({ [key]: 'Yes' })).toEqual({});
			expect(reasons({ [key]: 'Yes' })).toEqual({ [key]: 'The value is not a phone number' });
		},
	);

	it('are filled from the first of numbered columns', () => {
		expect(filled({ Phone1: '11111', Email1: 'a@example.com' })).toEqual({
			Phone: '11111',
			Email: 'a@example.com',
		});
	});

	it('are filled from what somebody has now', () => {
		const item = { 'Current city': 'Bonn', 'Current company': 'Acme' };
		expect(filled(item, accountWith('City', 'Company'))).toEqual({ City: 'Bonn', Company: 'Acme' });
	});

	it('are filled from a number in the digits of any keyboard', () => {
		expect(filled({ 'رقم الجوال': '٠٥٠١٢٣٤٥٦٧' })).toEqual({ Phone: '٠٥٠١٢٣٤٥٦٧' });
		expect(filled({ 電話番号: '０９０－１２３４' })).toEqual({ Phone: '０９０－１２３４' });
	});

	it('go to a custom field with the same words rather than to a standard column', () => {
		const item = { Phone: '11111', 'Cell phone': '22222', 'Business phone': '33333' };
		expect(filled(item, accountWith('Mobile', 'Work Phone'))).toEqual({
			Phone: '11111',
			Mobile: '22222',
			'Work Phone': '33333',
		});
	});

	it('fill a custom field by another word only if a single field may be meant', () => {
		expect(filled({ Organization: 'Acme' }, accountWith('Company'))).toEqual({ Company: 'Acme' });
		expect(reasons({ Organization: 'Acme' }, accountWith('Company', 'Employer'))).toEqual({
			Organization: "Several fields may be meant: 'Company', 'Employer'",
		});
		expect(filled({ 'City (Billing)': 'Bonn' }, accountWith('City', 'Billing City'))).toEqual({
			'Billing City': 'Bonn',
		});
		expect(filled({ Company: 'Acme', Organization: 'Apex' }, accountWith('Company'))).toEqual({
			Company: 'Acme',
		});
	});
});

describe('Data of several people', () => {
	const host = { 'User Email': 'host@example.com' };

	it('is taken from the one to whom address and names belong', () => {
		expect(
			filled({
				...host,
				'User Phone': '12345',
				'Invitee Email': 'a@example.com',
				'Invitee First Name': 'Ann',
			}),
		).toEqual({ Email: 'a@example.com', 'First Name': 'Ann' });
	});

	it('is taken from nobody where that is not clear', () => {
		const item = { ...host, 'Invitee Email': 'a@example.com' };
		expect(filled(item)).toEqual({});
		expect(reasons(item)).toEqual({ 'User Email': SOMEONE_ELSE, 'Invitee Email': SOMEONE_ELSE });
		expect(filled({ ...host, 'Invitee First Name': 'Ann' })).toEqual({});
	});

	it('is taken from nobody where address and whole name are those of two', () => {
		const item = { 'Invitee Email': 'a@example.com', 'User Full Name': 'Ann Lee' };
		expect(filled(item)).toEqual({});
		expect(reasons(item)).toEqual({ 'Invitee Email': SOMEONE_ELSE, 'User Full Name': SOMEONE_ELSE });
	});

	it('is not joined to one name', () => {
		expect(filled({ 'Gast Vorname': 'Max', Name: 'Muster' })).toEqual({ 'First Name': 'Max' });
		const item = { 'E-Mail-Adresse': 'a@example.com', 'Gast Vorname': 'Max', Name: 'Muster' };
		expect(filled(item)).toEqual({ Email: 'a@example.com', 'First Name': 'Max' });
	});

	it.each([
		[{ Email: 'ann@example.com' }, { Email: 'ann@example.com' }],
		[
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'ann@example.com' },
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'ann@example.com' },
		],
		[
			{ 'Full Name': 'Ann Lee', Email: 'ann@example.com' },
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'ann@example.com' },
		],
	])('is not taken from a buyer beside the contact: %j', (own, contact) => {
		const item = {
			...own,
			'Buyer First Name': 'Joe',
			'Buyer Last Name': 'Poe',
			'Buyer Email': 'joe@example.com',
			'Buyer Phone': '5550101234',
			'Buyer City': 'Bonn',
		};
		expect(filled(item, accountWith('City'))).toEqual(contact);
		expect(reasons(item, accountWith('City'))).toMatchObject({
			'Buyer Phone': SOMEONE_ELSE,
			'Buyer City': SOMEONE_ELSE,
		});
	});

	it.each([
		['Attendee', 'Buyer'],
		['Guest', 'Booker'],
		['Participante', 'Comprador'],
	])('is that of the %s beside the %s', (attendee, buyer) => {
		const item = {
			[`${buyer} Name`]: 'Joe Poe',
			[`${buyer} Email`]: 'joe@example.com',
			[`${attendee} Name`]: 'Ann Lee',
			[`${attendee} Email`]: 'ann@example.com',
		};
		expect(filled(item)).toEqual({ Email: 'ann@example.com', 'First Name': 'Ann', 'Last Name': 'Lee' });
	});

	it.each(['User', 'Student'])(
		'is taken from nobody where a %s may be somebody else than the buyer',
		(who) => {
			const item = { 'Buyer Email': 'joe@example.com', [`${who} Email`]: 'ann@example.com' };
			expect(filled(item)).toEqual({});
		},
	);

	it('is taken from nobody where two besides the buyer may be meant', () => {
		const item = { 'Buyer Email': 'joe@example.com', 'Attendee Email': 'ann@example.com' };
		expect(filled({ ...item, 'Student Email': 'tim@example.com' })).toEqual({});
	});

	it('is that of the contact with a name, rather than of the "Contact" of their company', () => {
		const names = { 'First Name': 'Ann', 'Last Name': 'Lee' };
		expect(filled({ ...names, 'Contact Name': 'Joe Poe' })).toEqual(names);
		const both = { Email: 'ann@example.com', ...names };
		expect(filled({ ...both, 'Contact Name': 'Joe Poe', 'Contact Email': 'joe@example.com' })).toEqual(both);
	});

	it.each(['Guest Name', 'Guest First Name'])(
		'is not taken from a guest with a name of their own: %s',
		(key) => {
			const own = { 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'ann@example.com' };
			expect(filled({ ...own, [key]: 'Joe Poe', 'Guest Phone': '5550101234' })).toEqual(own);
			const blank = { Email: 'ann@example.com', 'Full Name': '', [key]: 'Joe Poe' };
			expect(filled(blank)).toEqual({ Email: 'ann@example.com' });
		},
	);

	it('is the names of the one whose address it is', () => {
		const item = { 'First Name': 'Ann', 'Last Name': 'Lee', 'Buyer Email': 'joe@example.com' };
		expect(filled({ ...item, 'Buyer First Name': 'Joe', 'Buyer Last Name': 'Poe' })).toEqual({
			Email: 'joe@example.com',
			'First Name': 'Joe',
			'Last Name': 'Poe',
		});
		expect(
			filled({ Name: '#1001', 'Customer Name': 'Joe Poe', 'Customer Email': 'joe@example.com' }),
		).toEqual({
			Email: 'joe@example.com',
			'First Name': 'Joe',
			'Last Name': 'Poe',
		});
		expect(filled(item)).toEqual({ 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'joe@example.com' });
	});

	it('is taken from a customer whose address is that of the contact', () => {
		const customer = { 'Customer Email': ' Ann@Example.com', 'Customer Full Name': 'Ann Lee' };
		const item = { Email: 'ann@example.com', ...customer, 'Customer Phone': '5550101234' };
		expect(filled(item)).toEqual({
			Email: 'ann@example.com',
			'First Name': 'Ann',
			'Last Name': 'Lee',
			Phone: '5550101234',
		});
		expect(filled({ ...item, 'Customer Email': '' })).toEqual({ Email: 'ann@example.com' });
		expect(filled({ ...item, Email: '', 'Customer Email': '' })).toEqual({ Email: '' });
	});

	it('is not taken from a list of people, nor from a child whose parent gave the address', () => {
		expect(filled({ 'Guest 1 Email': 'a@example.com', 'Guest 2 Email': 'b@example.com' })).toEqual({});
		expect(filled({ 'Guest 1 Email': 'a@example.com' })).toEqual({});
		const child = { Email: 'a@example.com', 'Student name': 'Tim Lee', 'Parent name': 'Ann Lee' };
		expect(filled(child)).toEqual({ Email: 'a@example.com' });
	});

	it('does not stand in for a blank value of the contact', () => {
		expect(filled({ Email: '', 'Guest Email': 'b@example.com' })).toEqual({ Email: '' });
		expect(filled({ Email: 'anonymous', 'Guest Email': 'b@example.com' })).toEqual({
			Email: 'b@example.com',
		});
		expect(filled(host)).toEqual({ Email: 'host@example.com' });
	});

	it.each([
		...[
			'Email status',
			'Email opt-in',
			'Email 1 - Label',
			'Phone country',
			'Shipping Email',
			'Emergency Phone',
		],
		...[
			'Parent',
			'Owner',
			'Manager',
			'Requester',
			'Secondary Email',
			"Parent's email",
			'ad_name',
			'Username',
		],
		...['Shipping Name', 'Company Phone', 'Middle Name', 'Event Name', 'Last', 'First visit'],
	])('is never taken from %j', (key) => {
		expect(filled({ [key]: 'a@example.com 12345' })).toEqual({});
		expect(filled({ [key]: 'Ann Lee' })).toEqual({});
	});
});

describe('The output of another node', () => {
	it('is read where HubSpot and Elementor have values in objects', () => {
		const email = { value: 'ann@example.com', versions: [], source: 'API' };
		const phone = { value: null, versions: [] };
		const item = { vid: 1, properties: { email, phone, firstname: { value: 'Ann' }, size: { value: 38 } } };
		expect(filled(item, accountWith('Size'))).toEqual({
			Email: 'ann@example.com',
			Phone: null,
			'First Name': 'Ann',
			Size: 38,
		});
	});

	it('is read where Pipedrive has a list of addresses and numbers', () => {
		const item = {
			email: [
				{ label: 'work', value: 'a@example.com', primary: false },
				{ label: 'home', value: 'ann@example.com', primary: true },
			],
			phone: [{ label: 'work', value: '5550101234' }],
		};
		expect(filled(item)).toEqual({ Email: 'ann@example.com', Phone: '5550101234' });
	});

	it('is read where Baserow has choices as objects', () => {
		const item = {
			Plan: { id: 1, value: 'Gold', color: 'blue' },
			Interests: [
				{ id: 2, value: 'Art' },
				{ id: 3, value: 'Music' },
			],
		};
		expect(filled(item, accountWith('Plan', 'Interests'))).toEqual({
			Plan: 'Gold',
			Interests: ['Art', 'Music'],
		});
	});

	it.each([
		{ countryCode: '+1', value: '5550101234' },
		{ label: 'x' },
		{ value: { text: 'x' } },
		{ full: '(555) 010-0119' },
		[{ value: '12345' }, '67890'],
		[],
	])('is left as it is where more is in an object than a value: %j', (phone) => {
		expect(filled({ Phone: phone })).toEqual({ Phone: phone });
	});

	it('is read where Notion has "property_" before the names of columns', () => {
		const page = { id: '1', name: 'Ann Lee', url: 'https://example.com', property_name: 'Ann Lee' };
		const item = { ...page, property_work_email: 'ann@example.com', property_size: 38 };
		expect(filled(item, accountWith('Size'))).toEqual({
			Email: 'ann@example.com',
			'First Name': 'Ann',
			'Last Name': 'Lee',
			Size: 38,
		});
		expect(readAs(item)).toEqual([
			{ field: 'Email', from: 'property_work_email' },
			{ field: 'First Name', from: 'property_name' },
			{ field: 'Last Name', from: 'property_name' },
		]);
		expect(reasons(item)).toEqual({ property_size: NO_FIELD });
		expect(filled({ ...item, price: 1 })).toEqual({ 'First Name': 'Ann', 'Last Name': 'Lee' });
	});
});

describe('Names', () => {
	it.each([
		[{ Nom: 'Dupont', Prénom: 'Jean' }, 'Jean', 'Dupont'],
		[{ Nombre: 'Ana María', Apellidos: 'López' }, 'Ana María', 'López'],
		[{ Name: 'Muster', Vorname: 'Max' }, 'Max', 'Muster'],
		[{ First: 'Ann', Last: 'Lee' }, 'Ann', 'Lee'],
		[{ Nom: 'Dupont', Prénom: '' }, '', 'Dupont'],
		[{ 'First name last name': 'Ann Lee' }, 'Ann', 'Lee'],
		[{ 'Last name first name': 'Lee Ann' }, 'Ann', 'Lee'],
		[{ 'Your first name and last name': 'Ann Lee' }, 'Ann', 'Lee'],
		[{ 'Your last name and first name (required)': 'Lee Ann' }, 'Ann', 'Lee'],
		[{ Ad: 'Ayşe', Soyad: 'Yılmaz' }, 'Ayşe', 'Yılmaz'],
		[{ 姓: '山田', 名: '太郎' }, '太郎', '山田'],
	])('are read by their neighbors: %j', (item, firstName, lastName) => {
		expect(filled(item)).toEqual({ 'First Name': firstName, 'Last Name': lastName });
	});

	it.each([
		[{ 'Full name': 'Ann Mary Lee' }, { 'First Name': 'Ann', 'Last Name': 'Mary Lee' }],
		[{ Name: 'Cher' }, { 'First Name': 'Cher' }],
		[{ Name: { first: 'Ann', last: 'Lee' } }, { 'First Name': 'Ann', 'Last Name': 'Lee' }],
		[{ Name: { first: 'Ann' } }, { 'First Name': 'Ann' }],
		[{ Name: { last: 'Lee' } }, { 'Last Name': 'Lee' }],
		[{ Nom: 'Jean Dupont' }, { 'First Name': 'Jean', 'Last Name': 'Dupont' }],
		[{ ФИО: 'Иванов Иван' }, { 'First Name': 'Иван', 'Last Name': 'Иванов' }],
		[{ 氏名: '山田 太郎' }, { 'First Name': '太郎', 'Last Name': '山田' }],
		[{ 姓名: '王小明' }, { 'First Name': '王小明' }],
		[{ Név: 'Kovács Anna' }, { 'First Name': 'Anna', 'Last Name': 'Kovács' }],
		[{ 'Họ và tên': 'Nguyễn Văn An' }, { 'First Name': 'Văn An', 'Last Name': 'Nguyễn' }],
		[{ 'Last name, first name': 'Lee, Ann' }, { 'First Name': 'Ann', 'Last Name': 'Lee' }],
		[
			{ 'First Name': '', 'Full name': 'Ann Lee' },
			{ 'First Name': 'Ann', 'Last Name': 'Lee' },
		],
		[
			{ 'First Name': '', 'Last Name': '', 'What is your name?': 'Ann Lee' },
			{ 'First Name': 'Ann', 'Last Name': 'Lee' },
		],
	])('are split at the first blank where nothing else has them: %j', (item, names) => {
		expect(filled(item)).toEqual(names);
	});

	it('are reported where they are not used, and only there', () => {
		expect(reasons({ 'Full name': 'Ann Lee' })).toEqual({});
		expect(reasons({ Name: '', 'Full name': 'Ann Lee' })).toEqual({});
		expect(reasons({ Email: 'a@example.com', Last: 'Lee' })).toEqual({
			Last: `${NO_FIELD}. Did you mean 'Last Name'?`,
		});
		expect(reasons({ 'First Name': 'Ann', 'Last Name': '', 'Full name': 'Ann Lee' })).toEqual({
			'Full name': 'The name is filled from other input fields',
		});
		expect(reasons({ 'First Name': 'Ann', 'Last Name': '', Name: 'Ann Lee' })).toEqual({
			Name: 'The name is filled from other input fields',
		});
		expect(reasons({ Name: { title: 'Dr.' } })).toEqual({
			Name: 'Cannot tell the first name from the last name',
		});
	});

	it('that were split are reported for both fields', () => {
		expect(readAs({ 'Full name': 'Ann Lee' })).toEqual([
			{ field: 'First Name', from: 'Full name' },
			{ field: 'Last Name', from: 'Full name' },
		]);
	});

	it.each([
		'first = Ann\nlast = Lee',
		...['Lee, Ann', 'Dr. Ann Lee', 'Dr.Ann Lee', '#1001', 'anonymous', 'ann@example.com'],
		...[
			'Panadería Sol SA',
			'Sol S.A. de C.V.',
			'Luz S.L.',
			'Roma S.p.A.',
			'SV Köln',
			'Clínica Sol',
			'Acme SAS',
		],
		...[
			'Acme Ltd.',
			'Muster GmbH',
			'Acme Pty Ltd',
			'Müller-AG',
			'University of Bonn',
			'Property Management Dept',
		],
	])('are not split where that could go wrong: %s', (name) => {
		expect(filled({ Name: name })).toEqual({});
		expect(reasons({ Name: name })).toEqual({ Name: 'Cannot tell the first name from the last name' });
	});

	it.each([
		[{ 'First Name': 'Ann', Name: 'Ann Lee' }, { 'First Name': 'Ann' }],
		[{ Name: 'Ann Lee', Surname: 'Lee' }, { 'Last Name': 'Lee' }],
		[{ Nom: 'Dupont' }, {}],
		[{ Naam: 'Jansen' }, {}],
		[{ Nume: 'Popescu' }, {}],
		[{ Ad: 'Summer sale' }, {}],
		[{ Email: 'a@example.com', Last: 'Lee' }, { Email: 'a@example.com' }],
		[{ Nombre: 'Ana', Nachname: 'Lee' }, { 'Last Name': 'Lee' }],
		[{ First: 'Ann', Last: '#12' }, { 'First Name': 'Ann' }],
		[{ First: '#12', Last: 'Lee' }, { 'Last Name': 'Lee' }],
		[{ 'Name, Last Name': 'Ann Lee' }, {}],
		[{ 'Name, First Name': 'Lee, Ann' }, {}],
		[{ 'Vorname prénom': 'Max' }, {}],
		[{ 'What is your Vorname?': 'Max' }, {}],
	])('are left out where a word may mean either: %j', (item, names) => {
		expect(filled(item)).toEqual(names);
	});
});

describe('Custom fields of the account', () => {
	it.each(['Shoe size (required)', 'What is your shoe size?', '2. What is your shoe size? (required)'])(
		'are filled from a question about them: %s',
		(key) => {
			expect(filled({ [key]: '38' }, accountWith('Shoe size'))).toEqual({ 'Shoe size': '38' });
		},
	);

	it('are found by a word of two languages only if another heading says which', () => {
		const account = accountWith('Country', 'State');
		expect(filled({ Kraj: 'Polska' }, account)).toEqual({});
		expect(filled({ Kraj: 'Polska', Imię: 'Jan' }, account)).toMatchObject({ Country: 'Polska' });
		expect(filled({ Kraj: 'Vysočina', Příjmení: 'Novák' }, account)).toMatchObject({ State: 'Vysočina' });
	});

	it.each(['What is your phone?', 'Phone:', 'phone *', 'Telephone'])(
		'are not filled from what names a standard column: %s',
		(key) => {
			expect(filled({ [key]: '11111' }, accountWith('Phone', 'Phone number'))).toEqual({ Phone: '11111' });
			expect(mapItem({ [key]: '11111' }, accountWith('Phone')).values.has('phone')).toBe(true);
		},
	);

	it('are filled from their own title even where it looks like a standard column', () => {
		expect(mapItem({ 'Phone:': '11111' }, accountWith('Phone:')).values).toEqual(
			new Map([['field_1', '11111']]),
		);
	});

	it('are not filled from a question that two of them answer', () => {
		expect(filled({ 'Your twin?': 'x' }, catalog)).toEqual({});
	});

	it('are found by a short word only beside another part of an address', () => {
		const account = accountWith('City', 'Zip', 'Street');
		expect(filled({ By: 'Oslo' }, account)).toEqual({});
		expect(filled({ By: 'Oslo', Postnummer: '0150' }, account)).toEqual({ City: 'Oslo', Zip: '0150' });
		expect(filled({ Straße: 'Am Markt 1' }, account)).toEqual({ Street: 'Am Markt 1' });
	});

	it('are not suggested where another key fills them', () => {
		expect(reasons({ Phone: '11111', 'Phone brand': 'x' })).toEqual({ 'Phone brand': NO_FIELD });
	});

	it('are not filled with a value that does not fit a heading of another name', () => {
		expect(reasons({ Stadt: 'a@example.com' }, accountWith('City'))).toEqual({
			Stadt: "The value does not fit 'City'",
		});
		expect(reasons({ Geburtstag: 'unknown' }, accountWith('Birthday'))).toEqual({
			Geburtstag: "The value does not fit 'Birthday'",
		});
		expect(filled({ City: 'a@example.com' }, accountWith('City'))).toEqual({ City: 'a@example.com' });
	});
});

/** Seen in payloads and exports of the tools that they are named after. */
describe('The items of many tools', () => {
	const A = 'ann@example.com';
	const account = accountWith('Company', 'Street', 'City', 'State', 'Zip', 'Birthday');
	const ann = { Email: A, 'First Name': 'Ann', 'Last Name': 'Lee' };

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		[
			'Stripe: the address one level down, its own blank',
			{ customer: 'cus_1', customer_email: null, customer_details: { email: A, name: 'Ann Lee' } },
			ann,
		],
		['Airtable: arrays of one', { Email: [A], 'First Name': ['Ann'], Surname: ['Lee'] }, ann],
		['QuickBooks: an object around it', { PrimaryEmailAddr: { Address: A } }, { Email: A }],
		['Copper: an array of objects', { emails: [{ email: A, category: 'work' }] }, { Email: A }],
		['Google Contacts: arrays by kind', { emailAddresses: { home: [A] } }, { Email: A }],
		['Webflow: the name of the form', { name: 'Contact Form', data: { Name: 'Ann Lee', Email: A } }, ann],
		[
			'A guest at the checkout',
			{ customer: null, billing: { email: A, first_name: 'Ann', last_name: 'Lee' } },
			ann,
		],
		['An order beside its customer', { customer: { first_name: 'Ann' }, order: { email: A } }, { Email: A }],
		['Brevo: attributes', { email: A, attributes: { FIRSTNAME: 'Ann', LASTNAME: 'Lee' } }, ann],
		['MailerLite: fields', { email: A, fields: { name: 'Ann', last_name: 'Lee' } }, ann],
		['HelloAsso: whoever pays', { 'Nom payeur': 'Lee', 'Prénom payeur': 'Ann', 'Email payeur': A }, ann],
		['Eduzz: short words', { cus_email: A }, { Email: A }],
		[
			'Elementor: keys with brackets',
			{
				body: {
					'fields[name][value]': 'Ann Lee',
					'fields[email][title]': 'Email',
					'fields[email][value]': A,
				},
			},
			ann,
		],
		[
			'Mailchimp: keys with brackets',
			{ 'data[email]': A, 'data[merges][FNAME]': 'Ann' },
			{ Email: A, 'First Name': 'Ann' },
		],
		['Typeform: a greeting', { "Great, Ann! What's your email?": A }, { Email: A }],
		[
			'Dutch lists: what goes before the last name',
			{ voornaam: 'Marie', tussenvoegsel: 'van der', achternaam: 'Berg', email: A },
			{ Email: A, 'First Name': 'Marie', 'Last Name': 'van der Berg' },
		],
		[
			'Dutch lists: nothing before the last name',
			{ voornaam: 'Marie', tussenvoegsel: '', achternaam: 'Berg', email: A },
			{ Email: A, 'First Name': 'Marie', 'Last Name': 'Berg' },
		],
		[
			'Dutch lists: the last name is whole already, beside a column without a heading',
			{ '': 'row 7', tussenvoegsel: 'van', achternaam: 'van Dijk', email: A },
			{ Email: A, 'Last Name': 'van Dijk' },
		],
		[
			"Dutch lists: a guest's is not put before another last name",
			{ 'Gast tussenvoegsel': 'de', achternaam: 'Dijk', email: A, '': 'row 7' },
			{ Email: A, 'Last Name': 'Dijk' },
		],
		['A family name in capitals', { 'Nom et prénom': 'LEE Ann', Email: A }, { ...ann, 'Last Name': 'LEE' }],
		['The family name first, as the heading says', { 'Name, Vorname': 'Lee, Ann', Email: A }, ann],
		[
			'A company with the name of its contact',
			{ Name: 'Zenith Plumbing', 'Contact Name': 'Ann Lee', 'Contact Email': A },
			ann,
		],
		[
			'A company in the name of the customer',
			{ 'Customer Name': 'Acme Traders', 'Contact Person': 'Ann Lee', 'Customer Email': A },
			ann,
		],
		[
			'An address of the company beside that of the employee',
			{ 'Company Email': 'info@example.com', 'Employee Name': 'Ann Lee', 'Employee Email': A },
			ann,
		],
		['An address of the company alone', { 'Company Email': A }, { Email: A }],
		[
			'A student with an address, beside that of a parent',
			{ 'Student Name': 'Ann Lee', Email: A, DOB: '2005-03-02', 'Parent email': 'b@example.com' },
			{ ...ann, Birthday: '2005-03-02' },
		],
		[
			'Formstack: parts in brackets',
			{ 'Name (First Name)': 'Ann', 'Name (Last Name)': 'Lee', Email: A },
			ann,
		],
		[
			'eBay: a numbered line',
			{ 'Buyer Email': A, 'Buyer Address 1': '1 Main St' },
			{ Email: A, Street: '1 Main St' },
		],
		['HTML names in one word', { emailid: A, nombrecompleto: 'Ann Lee' }, ann],
		['The first of two family names', { nombre: 'Ann', apellido1: 'Lee', apellido2: 'Paz', correo: A }, ann],
		['The first of two names', { nombre1: 'Ann', nombre2: 'Eve', apellido: 'Lee', correo: A }, ann],
		[
			'The first line of an address',
			{ Email: A, address_line1: '1 Main St', address_line2: 'Suite 100', City: 'Bonn', City2: 'Rome' },
			{ Email: A, Street: '1 Main St', City: 'Bonn' },
		],
		['A second line alone', { Email: A, address2: 'Suite 100' }, { Email: A }],
		[
			'A name beside that of the billing contact',
			{ Name: 'Ann Lee', 'Contact Email': A, 'Billing Contact Name': 'Cy Do' },
			ann,
		],
		[
			'A contact beside their child',
			{
				'First Name': 'Ava',
				'Last Name': 'Lee',
				Birthdate: '2015-03-14',
				'Contact 1 First Name': 'Ann',
				'Contact 1 Email': A,
			},
			{ Email: A, 'First Name': 'Ann' },
		],
		[
			'Brevo within the body of a webhook',
			{ body: { email: A, attributes: { FIRSTNAME: 'Ann' } } },
			{ Email: A, 'First Name': 'Ann' },
		],
		[
			'A member who gave an address, beside a participant',
			{
				'Participant First Name': 'Tim',
				'Participant Last Name': 'Lee',
				'Member Name': 'Ann Lee',
				'Member Email': A,
			},
			ann,
		],
		[
			'A patient with an ID, beside columns of the record',
			{
				'Patient Name': 'Ann Lee',
				Email: A,
				Birthday: '1990-01-31',
				'Patient ID': '5',
				'Updated At': '2026-01-01',
			},
			{ ...ann, Birthday: '1990-01-31' },
		],
	])('are read: %s', (_what, item, expected) => {
		expect(filled(item, account)).toEqual(expected);
	});

	const bare = { Email: A };
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['a status for a state', { email: A, ciudad: 'Bogotá', estado: 'ACTIVO' }, { ...bare, City: 'Bogotá' }],
		[
			'the status of a lead',
			{ Correo: A, Ciudad: 'Madrid', 'Estado del lead': 'x' },
			{ ...bare, City: 'Madrid' },
		],
		['a department', { Email: A, Département: 'Marketing' }, bare],
		[
			'a department of a city',
			{ Email: A, Ciudad: 'Lima', Departamento: 'Ventas' },
			{ ...bare, City: 'Lima' },
		],
		[
			'the address of whoever has called',
			{ 'User Email': 'bob@example.com', 'Contact Name': 'Ann Lee' },
			{ 'First Name': 'Ann', 'Last Name': 'Lee' },
		],
		['those who work on a contact', { contact_id: 'Kw1', user: { email: 'bob@example.com' } }, {}],
		[
			"a child's birthday",
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: A, "Child's First Name": 'Tim', DOB: '2015-03-02' },
			ann,
		],
		[
			'the birthday of a student',
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: A, 'Student Name': 'Tim', DOB: '2015-03-02' },
			ann,
		],
		[
			'the birthday of a student whom a parent signs up',
			{ 'Parent First Name': 'Ann', Email: A, 'Student Name': 'Tim', DOB: '2015-03-02' },
			bare,
		],
		['an object for a street', { email: A, billing_address: { address1: '1 Elm St', city: 'Bonn' } }, bare],
		['yes or no for a company', { email: A, is_company: true }, bare],
		['yes or no for a phone number or a name', { email: A, phone: false, first_name: true }, bare],
		['a record number for a phone number', { 'E-Mail': A, 'Primary Contact No.': 'CT000007' }, bare],
		[
			"somebody else's number, whatever the question before it",
			{ Email: A, 'Now your emergency contact! What is the phone number?': '5551234567' },
			bare,
		],
		['a primary key for a Zip code', { pk: 12_345, email: A }, bare],
		[
			'the size of a cap for an Italian Zip code',
			{ Email: A, Città: 'Roma', CAP: 'XL' },
			{ ...bare, City: 'Roma' },
		],
		['yes or no in words for a company', { email: A, is_company: 'False' }, bare],
		['a time of consent for a phone number', { Email: A, SMS: '2026-01-01 10:00' }, bare],
		['a link for a phone number', { Email: A, WhatsApp: 'https://example.com/4915112345678' }, bare],
		['a link for a street', { Email: A, Address: 'https://example.com/12345' }, bare],
		['an event for a name', { event: 'x', name: 'order.created', email: A }, bare],
		[
			'a sales region for a state',
			{ 'First Name': 'Ann', 'Last Name': 'Lee', Email: A, Region: 'EMEA' },
			ann,
		],
		...['Acme S.r.l.', 'Muster AG', 'ООО Ромашка', 'Acme Sdn Bhd'].map(
			(Name): [string, Record<string, unknown>, Record<string, unknown>] => [
				`a company for a person, ${Name}`,
				{ Name, Email: A },
				bare,
			],
		),
		...['山田太郎 様', 'นาย สมชาย ใจดี', 'Smt. Anita Sharma', 'Herrn Max Muster'].map(
			(Name): [string, Record<string, unknown>, Record<string, unknown>] => [
				`a form of address for a name, ${Name}`,
				{ Name, Email: A },
				bare,
			],
		),
		[
			"a participant's name for that of the parent who gave the address",
			{
				'Participant Name': 'Tim Lee',
				'Date of Birth': '2015-03-02',
				'Parent/Guardian Name': 'Ann Lee',
				Email: A,
			},
			bare,
		],
		[
			"an alumno's name for that of the parent who gave the address",
			{ 'Nombre Alumno': 'Tim', Apoderado: 'Ann Lee', Correo: A },
			bare,
		],
		[
			"a student's name for that of the teacher who gave the address",
			{ 'Student first name': 'Tim', "Teacher's name": 'Ann Lee', Email: A },
			bare,
		],
		[
			"a child's birthday where only its parent is named",
			{ 'Parent Name': 'Ann Lee', Email: A, DOB: '2015-03-02' },
			bare,
		],
	])('are not read as something else: %s', (_what, item, expected) => {
		expect(filled(item, account)).toEqual(expected);
	});

	it.each([
		{ 'Client Name': 'Ann Lee', Instructor: 'Bob' },
		{ 'Participant Name': 'Ann Lee', Instructor: 'Bob' },
		{ "Candidate's Name": 'Ann Lee', "Father's Name": 'Bob', 'Guardian Name': 'Bob' },
		{ Name: 'Ann Lee', "Mother's Name": 'Eve Lee' },
	])('have the name of an adult beside another one, and the birthday: %j', (names) => {
		const item = { ...names, Email: A, DOB: '1990-05-17' };
		expect(filled(item, account)).toEqual({ ...ann, Birthday: '1990-05-17' });
	});

	it.each(['Number of children', 'children_count', 'has_children', '# of kids', 'Is Child'])(
		'have a birthday beside how many children there are: %s',
		(key) => {
			const item = { Name: 'Ann Lee', Email: A, DOB: '1990-05-17', [key]: '2' };
			expect(filled(item, account)).toEqual({ ...ann, Birthday: '1990-05-17' });
		},
	);

	it.each([
		...[
			'Does your child have any allergies?',
			'Is your child potty trained?',
			'Child #1',
			"Child's allergies (if any)",
		],
		...["Child's phone number", 'Child Country', 'Child Name', 'Child account'],
	])('have no birthday beside what is known of a child: %s', (key) => {
		expect(filled({ Name: 'Ann Lee', Email: A, DOB: '1990-05-17', [key]: '2' }, account)).toEqual(ann);
	});

	it('have a name with an initial, which looks like a form of address', () => {
		expect(filled({ Name: 'Ann M.', Email: A })).toEqual({
			Email: A,
			'First Name': 'Ann',
			'Last Name': 'M.',
		});
	});

	it.each(['Maria Sa', 'Maria Sá', 'maria sa', 'Hanna Sas'])(
		'have a family name that looks like a kind of company: %s',
		(name) => {
			const [first, last] = name.split(' ');
			expect(filled({ Name: name, Email: A })).toEqual({ Email: A, 'First Name': first, 'Last Name': last });
		},
	);

	it('have a family name that stands for a missing name elsewhere', () => {
		expect(filled({ Name: 'Ann Guest', Email: A })).toEqual({
			...{ Email: A, 'First Name': 'Ann', 'Last Name': 'Guest' },
		});
	});

	it('have initials that look like a kind of company', () => {
		expect(filled({ Name: 'B.V. Kumar', Email: A })).toEqual({
			Email: A,
			'First Name': 'B.V.',
			'Last Name': 'Kumar',
		});
	});

	it('have a preferred city only within a preferred address', () => {
		expect(filled({ Email: A, 'Preferred City': 'Reno' }, account)).toEqual(bare);
		expect(filled({ Email: A, 'Preferred City': 'Reno', 'Preferred ZIP': '89501' }, account)).toEqual({
			...bare,
			City: 'Reno',
			Zip: '89501',
		});
	});

	it('have no status for a state under another name', () => {
		const row = { Email: A, City: 'Perth', State: 'WA' };
		const sheet = accountWith('Province');
		expect(filled(row, sheet)).toEqual({ ...bare, Province: 'WA' });
		expect(filled({ ...row, State: 'in_progress' }, sheet)).toEqual(bare);
		expect(filled({ Email: A, State: 'WA' }, sheet)).toEqual(bare);
	});

	it('have no country with digits, nor a birthday that is only a day', () => {
		const sheet = accountWith('Country', 'Birthday');
		expect(filled({ Email: A, Land: '2 acres', Geburtstag: '2' }, sheet)).toEqual(bare);
	});

	it('have a state where the value is one', () => {
		expect(filled({ Email: A, Cidade: 'Santos', Estado: 'SP' }, account)).toEqual({
			...bare,
			City: 'Santos',
			State: 'SP',
		});
		expect(filled({ Email: A, DOB: '1990-05-17' }, account)).toEqual({ ...bare, Birthday: '1990-05-17' });
	});
});

describe('An email address', () => {
	it.each([
		...[
			'Registered Email',
			'Account Email',
			'Login Email',
			'PayPal Email',
			'cust_email',
			'emailid',
			'Registered Email ID',
		],
		...['Kontaktmail', 'E-Mail-Adr.', 'E-Mail-Adresse für Bestätigung', 'Cuenta de correo electrónico'],
		...['Indirizzo di posta', 'Sähköpostiosoitteesi', 'Céges e-mail', 'E-mail címed', 'Adresa ta de email'],
		...['Το email σας', 'Jūsų el. paštas', 'Jūsu e-pasts', 'Teie e-post', 'Email cá nhân', 'Email pribadi'],
		...[
			'อีเมลของคุณ',
			'כתובת המייל',
			'بريدك الإلكتروني',
			'회사 이메일',
			'이메일주소',
			'Email信箱',
			'PCメールアドレス',
		],
		...['ایمیل', 'ای میل', 'ईमेल', 'ইমেইল', 'Correu electrònic', 'Имејл', 'Е-пошта', 'Эл. пошта', 'Netfang'],
		...[
			'メールアドレスを教えてください',
			'您的电子邮件地址是什么？',
			'이메일을 입력해주세요.',
			'Какая у вас почта?',
		],
		...[
			'Яка ваша електронна адреса?',
			'Care este adresa ta de email?',
			'Ποιο είναι το email σας;',
			'מה כתובת המייל שלך?',
		],
		...[
			'Koja je vaša e-mail adresa?',
			'Mi az e-mail címed?',
			'ما هو بريدك الإلكتروني؟',
			'Hva er e-postadressen din?',
		],
		...['Apa alamat email Anda?', 'Indique ton e-mail.', 'mf-email', 'homeowner_email', '大学メール'],
		...['ელფოსტა', 'Էլ. փոստ', 'E-mel', 'Мейл', "What's the best email to reach you on?"],
	])('is read under "%s"', (heading) => {
		expect(filled({ [heading]: 'ann@example.com' })).toEqual({ Email: 'ann@example.com' });
	});
});

describe('A heading in two languages', () => {
	it.each(['E-mail / Courriel', 'E-mail (Courriel)', '/ E-mail | Courriel', 'Your e-mail:'])(
		'is read where both say the same: %s',
		(key) => expect(filled({ [key]: 'a@example.com' })).toEqual({ Email: 'a@example.com' }),
	);

	it.each(['Email / Phone', 'Email / Courriel / Correo', 'Nom / Vorname'])(
		'is left out where that is not clear: %s',
		(key) => expect(filled({ [key]: 'a@example.com' })).toEqual({}),
	);
});

describe('An object in an item that has an address', () => {
	const customer = { id: 7, email: 'Ann@example.com', first_name: 'Ann', phone: '5550101234', City: 'Bonn' };
	const order = { name: '#1001', email: 'ann@example.com', phone: null, City: 'Berlin', customer };

	it('adds what the item leaves open, if it has the same address', () => {
		expect(filled(order, accountWith('City'))).toEqual({
			Email: 'ann@example.com',
			Phone: '5550101234',
			City: 'Berlin',
			'First Name': 'Ann',
		});
		expect(readAs(order, accountWith('City'))).toEqual([
			{ field: 'First Name', from: 'customer.first_name' },
			{ field: 'Phone', from: 'customer.phone' },
		]);
		expect(Object.keys(reasons(order))).toEqual(['name', 'City']);
	});

	it('adds nothing with another address, or none', () => {
		const own = { Email: 'ann@example.com', Phone: null };
		const bare = { email: 'ann@example.com', phone: null };
		expect(filled({ ...bare, customer: { ...customer, email: 'joe@example.com' } })).toEqual(own);
		expect(filled({ ...bare, customer: { ...customer, email: '' } })).toEqual(own);
		expect(filled({ ...bare, email: '', customer: { ...customer, email: '' } })).toEqual({
			...own,
			Email: '',
		});
		expect(filled({ ...bare, customer: null, customFields: customer })).toEqual(own);
	});
});

describe('An item without an address at its top level', () => {
	const webhook = {
		headers: { host: 'x' },
		params: {},
		query: {},
		body: { email: 'a@example.com', Vorname: 'Ann', x: 1 },
	};

	it('is read from the only object in it that has one, which is always reported', () => {
		const { values, keys, mapped, unmapped, elsewhere } = mapItem(webhook, none);
		expect(keys).toEqual(
			new Map([
				['email', 'body.email'],
				['firstName', 'body.Vorname'],
			]),
		);
		expect(Object.fromEntries(values)).toEqual({ email: 'a@example.com', firstName: 'Ann' });
		expect(mapped).toEqual([
			{ field: 'Email', from: 'body.email' },
			{ field: 'First Name', from: 'body.Vorname' },
		]);
		expect(unmapped).toEqual([{ key: 'body.x', reason: NO_FIELD }]);
		expect(elsewhere).toEqual([]);
	});

	it('is not reported as read from a key whose value is blank', () => {
		expect(mapItem({ body: { email: 'a@example.com', Vorname: '' } }, none).mapped).toEqual([
			{ field: 'Email', from: 'body.email' },
		]);
	});

	it.each([
		['has one of its own', { email: 'a@example.com', body: webhook.body }],
		['has one among its custom fields', { id: 5, customFields: { Email: 'a@example.com' } }],
	])('is looked for in no object if it %s', (_what, item) => {
		expect(mapItem(item, none).elsewhere).toEqual([]);
	});

	it.each([
		[{ buyer: webhook.body, producer: { email: 'joe@example.com' } }, 'buyer'],
		[{ Vendedor: { email: 'joe@example.com' }, Comprador: webhook.body }, 'Comprador'],
		[{ user: webhook.body, invoice: { id: 1, total: 5 } }, 'user'],
	])('is read from the buyer beside a seller, from the user beside an invoice: %j', (item, path) => {
		const { values, keys } = mapItem(item, none);
		expect(values.get('email')).toBe('a@example.com');
		expect(keys.get('email')).toBe(`${path}.email`);
	});

	it.each([
		['a seller', { seller: webhook.body }, [['seller']]],
		[
			'an account beside a seller',
			{ seller: webhook.body, account: webhook.body },
			[['seller'], ['account']],
		],
		['a user beside a bill', { user: webhook.body, billing: { name: 'Ann Lee' } }, [['user']]],
		['two objects', { one: webhook.body, two: webhook.body }, [['one'], ['two']]],
		['an object deeper down', { body: { contact: webhook.body } }, [['body', 'contact']]],
		['an object about someone else', { accountOwner: webhook.body }, [['accountOwner']]],
		['an object beside the contact', { firstName: 'Ann', boss: webhook.body }, [['boss']]],
		['one of staff beside the contact', { user: webhook.body, contact: null }, [['user']]],
		[
			'another than the customer',
			{ customer: { first_name: 'Ann' }, provider: webhook.body },
			[['provider']],
		],
	])('is not read from %s, which is named instead', (_name, item, paths) => {
		const { values, elsewhere } = mapItem(item, none);
		expect(values.has('email')).toBe(false);
		expect(elsewhere).toEqual(paths.map((path) => ({ path, key: 'email' })));
	});

	it.each([
		['can be divided into known words in very many ways', `${'姓名'.repeat(400)}嗎`],
		['are texts of very many known words', 'email '.repeat(sized(100_000, 1_000_000))],
		['are a million letters', 'firstname'.repeat(120_000)],
	])('are left alone if they %s', (_kind, key) => {
		expect(filled({ Email: 'a@example.com', [key]: 'b@example.com' })).toEqual({ Email: 'a@example.com' });
	});
});
