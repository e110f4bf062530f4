import { hasContact, rowId } from '../../../nodes/ActiveCampaignSync/account/contactReads';

describe('a response with one contact', () => {
	it.each<[object, string]>([
		[{}, 'no contact'],
		[{ contact: null }, 'null'],
		[{ contact: [] }, 'a list'],
		[{ contact: {} }, 'no id'],
		[{ contact: { id: '' } }, 'an empty id'],
		[{ contact: { id: null } }, 'a null id'],
		[{ contact: { id: '1/../evil' } }, 'an id that is not a number'],
	])('is not a success: %j, %s', (response) => {
		expect(hasContact({ ...response })).toBe(false);
	});

	it('is a success with a contact, whose id may be a number or text', () => {
		expect(
			[{ id: '7' }, { id: 7, email: 'ann@example.com' }].map((contact) => hasContact({ contact })),
		).toEqual([true, true]);
	});

	it('is a success with the one contact that it has to be, where that is known', () => {
		const response = { contact: { id: 7 } };
		expect([hasContact(response, '7'), hasContact(response, '8'), hasContact({}, '7')]).toEqual([
			true,
			false,
			false,
		]);
	});
});

describe('the ID of a row', () => {
	it.each([
		[{ id: '7', contact: '8' }, '7'],
		[{ id: 7 }, '7'],
		[{ id: '007' }, '7'],
	])('of %j is %s', (row, id) => expect(rowId(row)).toBe(id));

	it.each([{}, { id: null }, { id: '' }, { id: '1/../2' }])(
		'is refused in %j, since it leads nowhere',
		(row) => {
			expect(failureOf(() => rowId(row))).toMatchObject({
				kind: 'noData',
				message: 'ActiveCampaign returned a record whose ID is not a number, so it was not changed',
				description: 'Run the item again in a few minutes',
			});
		},
	);
});

function failureOf(work: () => unknown): unknown {
	try {
		return work();
	} catch (thrown) {
		return thrown;
	}
}
