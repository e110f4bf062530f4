import {
	readSyncResponse,
	simpleOutput,
	type SyncResult,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContact/contactOutput';
import { FieldCatalog } from '../../../../nodes/ActiveCampaignSync/fields/fieldCatalog';

import { customField } from '../../fields/customFields';
import { plan as planOf } from '../../input/targets';

const catalog = new FieldCatalog([
	customField('text', [], { id: '1', title: '__proto__' }),
	customField('checkbox', [['a', 'Arts'], 'b'], { id: '2', title: 'Topics' }),
	customField('text', [], { id: '3', title: 'Twin' }),
	customField('text', [], { id: '4', title: 'Twin' }),
	customField('text', [], { id: '5', title: '', personalizationTag: '' }),
]);
const plan = planOf({
	firstName: 'Ann',
	'1': 'one',
	'2': '||b||a||',
	'3': 'three',
	'4': '',
	'5': 'five',
	'99': 'x',
});
const early = '2026-01-01T10:00:00-06:00';
const late = '2026-01-01T10:00:03-06:00';

function read(status: number, contact: object, repeatedWithinMs?: number, isKnown = false): SyncResult {
	return readSyncResponse(status, { contact: { id: 7, ...contact } }, repeatedWithinMs, isKnown);
}

describe('readSyncResponse', () => {
	it.each([
		[201, { cdate: early, udate: early }, undefined, 'created', true],
		[201, { cdate: early, udate: early, bounced_hard: '0' }, undefined, 'created', false],
		[201, { cdate: early, udate: late }, undefined, 'updated', false],
		[201, { cdate: early }, undefined, 'created', false],
		[201, {}, undefined, 'created', false],
		[200, { cdate: early, udate: late }, undefined, 'updated', false],
		[200, { cdate: early, udate: early }, undefined, 'updated', false],
		[200, {}, undefined, 'updated', false],
		[201, { cdate: early, udate: late }, 1_999, 'updated', false],
		// After a repeat: created by the lost first try, if no longer ago than that.
		[200, { cdate: early, udate: early }, 10, 'created', false],
		[200, { cdate: early, udate: late }, 2_000, 'created', false],
		[200, { cdate: early, udate: late }, 1_999, 'updated', false],
		[200, { cdate: 'soon', udate: late }, 9_999, 'updated', false],
		[201, { cdate: early, udate: early }, 10, 'created', true],
	])(
		'reads %i with %j, repeated within %s ms, as %s, certainly new: %s',
		(status, contact, ms, action, isNew) => {
			expect(read(status, contact, ms)).toMatchObject({ action, isNew, id: '7' });
		},
	);

	it.each([
		[201, { cdate: early, udate: early }, undefined],
		[201, {}, undefined],
		[200, { cdate: early, udate: early }, 10],
	])('reads %i with %j as updated for a contact that this run has saved before', (status, contact, ms) => {
		expect(read(status, contact, ms, true)).toMatchObject({ action: 'updated', isNew: false });
	});

	it.each([
		[{}, undefined],
		[{ bounced_hard: '0' }, false],
		[{ bounced_hard: '2' }, true],
		[{ bounced_hard: 1 }, true],
		[{ bounced_soft: '3' }, undefined],
		[{ bounced_hard: null }, false],
	])('reads from %j whether mail bounced for good: %s', (contact, hasBounced) => {
		expect(read(200, contact).hasBounced).toBe(hasBounced);
		// One that was created just now has had no mail.
		expect(read(201, { ...contact, cdate: early, udate: early }).hasBounced).toBe(hasBounced ?? false);
	});

	it('reads which custom values were set, and whether the response lists them at all', () => {
		const contact = { id: '7' };
		const fieldValues = [{ field: 1, value: 'one' }, { field: '2', value: '||a||' }, null, 'x'];

		expect(readSyncResponse(200, { contact, fieldValues }).setFields).toEqual(
			new Map([
				['1', 'one'],
				['2', '||a||'],
			]),
		);
		expect(readSyncResponse(200, { contact, fieldValues: [] }).setFields).toEqual(new Map());
		expect(readSyncResponse(200, { contact }).setFields).toBeUndefined();
		expect(readSyncResponse(200, { contact, fieldValues: {} }).setFields).toBeUndefined();
	});

	it('takes a contact for one that this run has not saved before, unless it is said', () => {
		expect(readSyncResponse(201, { contact: { id: '7' } }).action).toBe('created');
	});

	it('keeps the whole response', () => {
		const response = { contact: { id: '7' }, fieldValues: [], more: { new: [1] } };
		expect(readSyncResponse(200, response).response).toEqual(response);
	});
});

describe('simpleOutput', () => {
	const result: SyncResult = {
		action: 'updated',
		id: '7',
		isNew: false,
		hasBounced: false,
		contact: { email: 'Ann@example.com', firstName: 'Anna', lastName: 'Lee', phone: null },
		setFields: new Map([
			['1', 'one, as stored'],
			['2', '||a||b||'],
			['4', 'what it held before it was emptied'],
		]),
		response: {},
	};

	it('is flat, with the outcomes of steps first, and custom values by title as stored, choices by labels', () => {
		const steps = { lists: { News: 'subscribed' }, tags: [] };

		const output = simpleOutput({ ...result, plan }, catalog, new Set(['99']), steps);

		expect(Object.keys(output)).toEqual([
			'action',
			'id',
			'email',
			'lists',
			'tags',
			'firstName',
			'lastName',
			'customFields',
		]);
		expect(output).toMatchObject({ email: 'Ann@example.com', firstName: 'Anna', lastName: 'Lee', ...steps });
		expect(Object.entries(output['customFields'] ?? {})).toEqual([
			['__proto__', 'one, as stored'],
			['Topics', ['Arts', 'b']],
			['Twin (3)', 'three'],
			['Twin (4)', ''],
			['Custom field 5', 'five'],
		]);
	});

	it('has a standard field that was emptied, and none that is empty anyway', () => {
		const cleared = planOf({ phone: '' });
		const contact = { email: 'ann@example.com', firstName: '', phone: '' };

		const output = simpleOutput({ ...result, contact, plan: cleared }, catalog, new Set());

		expect(output).toEqual({ action: 'updated', id: '7', email: 'ann@example.com', phone: '' });
	});

	it('fills in what a sparse response leaves out, and shows no field that could not be set', () => {
		const sparse = { ...result, contact: { id: '7' }, setFields: undefined };

		const output = simpleOutput({ ...sparse, plan }, catalog, { has: () => true });

		expect(output).toEqual({
			action: 'updated',
			id: '7',
			email: 'ann@example.com',
			firstName: 'Ann',
		});

		const small = planOf({ phone: '+49 30 1', '1': 'as sent' });
		expect(simpleOutput({ ...sparse, plan: small }, catalog, new Set())).toEqual({
			action: 'updated',
			id: '7',
			email: 'ann@example.com',
			phone: '+49 30 1',
			customFields: { ['__proto__']: 'as sent' },
		});
	});
});
