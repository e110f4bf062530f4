import { existingContact } from '../../../nodes/ActiveCampaignSync/input/contactPlan';

describe('existingContact', () => {
	it('has the standard fields of the row, and custom values by the ID of their field', () => {
		const row = { id: '7', email: 'ann@example.com', firstName: 'Ann', lastName: null, phone: 4930 };
		const values = [
			{ id: '1', field: '2', value: 'x' },
			{ id: '2', field: 3, value: null },
		];

		expect(existingContact(row, values)).toEqual({
			email: 'ann@example.com',
			standardFields: new Map([
				['firstName', 'Ann'],
				['lastName', ''],
				['phone', '4930'],
			]),
			customFields: new Map([
				['2', 'x'],
				['3', ''],
			]),
		});
	});

	it('has nothing for what the row lacks', () => {
		const { email, standardFields, customFields } = existingContact({}, []);

		expect(email).toBe('');
		expect([...standardFields.values()]).toEqual(['', '', '']);
		expect(customFields.size).toBe(0);
	});
});
