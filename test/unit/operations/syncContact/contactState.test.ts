import { hasPhone, noPhoneError } from '../../../nodes/ActiveCampaignSync/steps/phone';

const nothing = { set: new Map<'phone', string>(), clear: new Set<'phone'>() };
const setsPhone = { ...nothing, set: new Map([['phone' as const, '+49 30 1']]) };
const clearsPhone = { ...nothing, clear: new Set(['phone' as const]) };

describe('hasPhone', () => {
	it.each([
		['sets one, whatever the contact had', setsPhone, { phone: '' }, true],
		['clears it, whatever the contact had', clearsPhone, { phone: '+49 30 1' }, false],
		['changes none, of a contact with one', nothing, { phone: '+49 30 1' }, true],
		['changes none, of a contact with a number instead of text', nothing, { phone: 4930 }, true],
		['changes none, of a contact without one', nothing, { phone: '' }, false],
		['changes none, of a contact with null', nothing, { phone: null }, false],
	])(
		'is certain for a plan that %s, in a full row and in a sparse one',
		(_plan, standardFields, row, expected) => {
			expect(hasPhone({ standardFields }, row, false)).toBe(expected);
			expect(hasPhone({ standardFields }, row, true)).toBe(expected);
		},
	);

	it('is unknown where a sparse row lacks the phone, and false where a full one does', () => {
		expect(hasPhone({ standardFields: nothing }, { id: '1' }, true)).toBeUndefined();
		expect(hasPhone({ standardFields: nothing }, undefined, true)).toBeUndefined();
		expect(hasPhone({ standardFields: nothing }, { id: '1' }, false)).toBe(false);
		expect(hasPhone({ standardFields: nothing }, undefined, false)).toBe(false);
	});
});

describe('noPhoneError', () => {
	it('says why, and what to do', () => {
		expect(noPhoneError().message).toBe(
			'the contact has no phone number, and the list is for text messages (SMS)',
		);
		expect(noPhoneError().description).toBe("Fill in 'Phone', or choose an email list");
	});
});
