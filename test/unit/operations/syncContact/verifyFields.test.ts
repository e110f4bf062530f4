import { knownNow } from '../../../../nodes/ActiveCampaignSync/account/cachedRead';
import type { SavedContact } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/saveContact';
import { verifyCustomFields } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/verifyFields';
import { plan } from '../../input/targets';
import { failureOf, openWork } from '../../steps/stepWork';

/** A contact that was saved with these custom values by field ID, '' for those to clear. */
function saved(fields: Record<string, string>, more: Partial<SavedContact> = {}): SavedContact {
	return {
		...{ action: 'updated', id: '7', isNew: false, hasBounced: false, contact: {}, response: {}, readAt: 0 },
		setFields: undefined,
		plan: plan({ firstName: 'Ann', phone: '', ...fields }),
		...more,
	};
}

const rows = [
	{ id: '11', field: '1', value: 'x' },
	{ id: '12', field: 2, value: 'y' },
	{ id: '13', field: '3', value: '' },
	{ id: '14', field: '4', value: 'z' },
];

async function open() {
	const { work, part, remove } = await openWork({ readings: [{ fieldValues: rows }] });
	remove.mockResolvedValue();
	return {
		part,
		remove,
		verify: async (one: SavedContact) => await verifyCustomFields(work.scope, one, work.contact),
	};
}

describe('custom fields that were set', () => {
	it('are compared with those that the response names, if it names any', async () => {
		const { verify, part } = await open();
		const setFields = new Map([['1', 'one']]);

		expect(await verify(saved({ '1': 'one', '9': 'nine' }, { setFields }))).toEqual([
			{ id: '9', verb: 'set' },
		]);
		expect(await verify(saved({ '1': 'one' }, { setFields }))).toEqual([]);
		expect(await verify(saved({}))).toEqual([]);
		expect(part).not.toHaveBeenCalled();
	});

	it('are compared with those that the contact has, where the response names none', async () => {
		const { verify, part } = await open();

		expect(await verify(saved({ '2': 'y', '9': 'nine' }))).toEqual([{ id: '9', verb: 'set' }]);
		expect(part.mock.calls).toEqual([['fieldValues']]);
	});

	it('are unchecked where the values cannot be read', async () => {
		const { verify, part } = await open();
		const failure = failureOf('forbidden');
		part.mockRejectedValue(failure);

		expect(await verify(saved({ '1': 'one', '2': 'y' }))).toEqual([
			{ id: '1', verb: 'checked', failure },
			{ id: '2', verb: 'checked', failure },
		]);
		part.mockRejectedValue(failureOf('stopped'));
		await expect(verify(saved({ '1': 'one' }))).rejects.toMatchObject({ kind: 'stopped' });
	});
});

describe('custom fields that are cleared', () => {
	it('have their values deleted, unless these are empty already', async () => {
		const { verify, remove } = await open();

		expect(await verify(saved({ '1': '', '2': '', '3': '', '5': '' }))).toEqual([]);
		const purpose = { action: 'clear the custom field', permission: 'edit contacts' };
		expect(remove.mock.calls).toEqual([
			['/fieldValues/11', purpose],
			['/fieldValues/12', purpose],
		]);
	});

	it('are left alone in a contact that is new', async () => {
		const { verify, part } = await open();

		expect(await verify(saved({ '1': '', '2': '' }, { isNew: true }))).toEqual([]);
		expect(part).not.toHaveBeenCalled();
	});

	it('are not cleared for a reason of their own, or of all where the values cannot be read', async () => {
		const { verify, part, remove } = await open();
		const failure = failureOf('rejected');
		remove.mockRejectedValueOnce(failure);
		expect(await verify(saved({ '1': '', '4': '' }))).toEqual([{ id: '1', verb: 'cleared', failure }]);

		part.mockImplementationOnce(
			async () => await Promise.resolve(knownNow([{ id: 'a', field: '4', value: 'z' }])),
		);
		expect(await verify(saved({ '1': '', '4': '' }))).toMatchObject([
			{ id: '4', verb: 'cleared', failure: { kind: 'noData' } },
		]);

		part.mockRejectedValueOnce(failure);
		expect(await verify(saved({ '1': '', '4': '' }))).toEqual([
			{ id: '1', verb: 'cleared', failure },
			{ id: '4', verb: 'cleared', failure },
		]);
	});

	it('throw that the execution was stopped', async () => {
		const { verify, remove } = await open();
		remove.mockRejectedValueOnce(failureOf('stopped'));

		await expect(verify(saved({ '1': '', '4': '' }))).rejects.toMatchObject({ kind: 'stopped' });
	});
});
