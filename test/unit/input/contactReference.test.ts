import {
	contactNotFound,
	readContactId,
	readReference,
	shownReference,
} from '../../../nodes/ActiveCampaignSync/input/contactReference';
import { targetKey } from '../../../nodes/ActiveCampaignSync/input/contactTarget';
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
			targetKey(readReference('email', email)),
		);
		const ids = ['7', '007'].map((id) => targetKey(readReference('contactId', id)));

		expect(new Set(keys).size).toBe(1);
		expect(new Set(ids).size).toBe(1);
		expect(keys[0]).not.toBe(ids[0]);
	});

	it('stands in an item as it was given, and in the message for a contact that is not there', () => {
		const byEmail = readReference('email', ' Ann@example.com');
		const byId = readReference('contactId', 7);

		expect([byEmail, byId].map(shownReference)).toEqual([{ email: 'Ann@example.com' }, { id: '7' }]);
		expect([byEmail, byId].map((one) => contactNotFound(one, 'add it').message)).toEqual([
			"No contact has the email 'Ann@example.com'",
			'No contact has the ID 7',
		]);
	});
});

describe('contactNotFound', () => {
	it.each([
		[{ by: 'email', email: 'a@b.co' }, "No contact has the email 'a@b.co'", 'Check the address, or wait'],
		[{ by: 'id', id: '5' }, 'No contact has the ID 5', 'Check the ID, or wait'],
	] as const)('says who is missing and what to check: %j', (reference, message, description) => {
		expect(contactNotFound(reference, 'wait')).toMatchObject({ kind: 'notFound', message, description });
	});
});
