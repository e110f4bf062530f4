import {
	contactNotFound,
	readContactId,
	readReference,
	referenceKey,
	shownReference,
} from '../../../nodes/ActiveCampaignSync/contact/contactReference';
import { inputErrorOf } from './inputErrorOf';

describe('readContactId', () => {
	it.each([
		['12', '12'],
		[12, '12'],
		[' 0012 ', '12'],
		['18446744073709551615', '18446744073709551615'],
	])('takes %j as the ID %s', (given, id) => {
		expect(readContactId(given)).toBe(id);
	});

	it.each(['', '  ', undefined, null, []])('says that %j is empty', (given) => {
		expect(inputErrorOf(() => readContactId(given)).message).toBe("'Contact ID' is empty");
	});

	it.each([
		'0',
		0,
		'-1',
		'1.5',
		1.5,
		'1e3',
		'12a',
		'../12',
		'12/../13',
		'ann@example.com',
		true,
		{},
		[12],
		'9'.repeat(21),
	])('refuses %j, which is not the ID of a contact', (given) => {
		expect(inputErrorOf(() => readContactId(given)).message).toMatch(/^'Contact ID' is not a contact's ID: /);
	});
});

describe('a contact reference', () => {
	it('has one key for addresses that differ in case, and for IDs that differ in leading zeros', () => {
		const keys = [' Ann@Example.com', 'ann@example.COM'].map((email) =>
			referenceKey(readReference('email', email)),
		);
		const ids = ['7', '007'].map((id) => referenceKey(readReference('contactId', id)));

		expect(new Set(keys).size).toBe(1);
		expect(new Set(ids).size).toBe(1);
		expect(keys[0]).not.toBe(ids[0]);
	});

	it('stands in an item as it was given, and in the message for a contact that is not there', () => {
		const byEmail = readReference('email', ' Ann@example.com');
		const byId = readReference('contactId', 7);

		expect([byEmail, byId].map(shownReference)).toEqual([{ email: 'Ann@example.com' }, { id: '7' }]);
		expect([byEmail, byId].map((one) => contactNotFound(one).message)).toEqual([
			"The account has no contact with the email address 'Ann@example.com'",
			'The account has no contact with the ID 7',
		]);
	});
});
