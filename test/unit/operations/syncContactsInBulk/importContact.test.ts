import { toImportContact } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importContact';
import type { StandardField } from '../../../../nodes/ActiveCampaignSync/fields/standardFields';

const plan = (
	standardFields: Array<[StandardField, string]> = [],
	customFields: Array<[string, string]> = [],
) => ({
	email: 'ada@example.com',
	standardFields: { set: new Map(standardFields), clear: new Set<StandardField>() },
	customFields: { set: new Map(customFields), clear: new Set<string>() },
});

describe('a contact in an import request', () => {
	it('is in snake_case, with tags by name, field ids as numbers and lists by id', () => {
		const contact = toImportContact(
			plan(
				[
					['firstName', 'Ada'],
					['lastName', 'King'],
					['phone', '+49 30 1'],
				],
				[
					['7', '||a||b||'],
					['12', '2026-12-31'],
				],
			),
			['VIP', 'Lead'],
			new Map([
				['401', 'subscribe'],
				['402', 'unsubscribe'],
				['403', 'subscribe'],
			]),
		);
		expect(contact).toEqual({
			email: 'ada@example.com',
			first_name: 'Ada',
			last_name: 'King',
			phone: '+49 30 1',
			tags: ['VIP', 'Lead'],
			fields: [
				{ id: 7, value: '||a||b||' },
				{ id: 12, value: '2026-12-31' },
			],
			subscribe: [{ listid: '401' }, { listid: '403' }],
			unsubscribe: [{ listid: '402' }],
		});
	});

	it('has its company by name', () => {
		expect(toImportContact(plan(), [], new Map(), 'Acme')).toEqual({
			email: 'ada@example.com',
			customer_acct_name: 'Acme',
		});
	});

	it('has no keys for what was not requested', () => {
		expect(toImportContact(plan(), [], new Map())).toEqual({ email: 'ada@example.com' });
	});

	it('leaves out what the plan clears, since an import cannot clear', () => {
		const { customFields, ...cleared } = plan([['lastName', 'King']], [['8', '0']]);
		const clear = { standardFields: new Set<StandardField>(['firstName']), customFields: new Set(['7']) };

		const contact = toImportContact(
			{
				...cleared,
				standardFields: { ...cleared.standardFields, clear: clear.standardFields },
				customFields: { ...customFields, clear: clear.customFields },
			},
			[],
			new Map(),
		);

		expect(contact).toEqual({
			email: 'ada@example.com',
			last_name: 'King',
			fields: [{ id: 8, value: '0' }],
		});
	});
});
