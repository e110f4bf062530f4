import type { FoundContact, Rows } from '../../../../nodes/ActiveCampaignSync/account/contactParts';
import { ContactReads } from '../../../../nodes/ActiveCampaignSync/account/contactReads';
import {
	ContactState,
	hasPhoneAfter,
	previewedState,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContact/contactState';
import type { SavedContact } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/saveContact';
import { ListStep } from '../../../../nodes/ActiveCampaignSync/steps/lists';
import type { Step } from '../../../../nodes/ActiveCampaignSync/steps/step';
import { TagStep } from '../../../../nodes/ActiveCampaignSync/steps/tags';

import { openAccount } from '../../account/fakeAccount';
import { plan } from '../../input/targets';

const nothing = plan();
const setsPhone = plan({ phone: '+49 30 1' });
const clearsPhone = plan({ phone: '' });

describe('hasPhoneAfter', () => {
	it.each([
		['sets one, whatever the contact had', setsPhone, { phone: '' }, true],
		['clears it, whatever the contact had', clearsPhone, { phone: '+49 30 1' }, false],
		['changes none, of a contact with one', nothing, { phone: '+49 30 1' }, true],
		['changes none, of a contact with a number instead of text', nothing, { phone: 4930 }, true],
		['changes none, of a contact without one', nothing, { phone: '' }, false],
		['changes none, of a contact with null', nothing, { phone: null }, false],
	])('is certain for a plan that %s, in a full row and in a sparse one', (_plan, planned, row, expected) => {
		expect(hasPhoneAfter(planned, row, false)).toBe(expected);
		expect(hasPhoneAfter(planned, row, true)).toBe(expected);
	});

	it('is unknown where a sparse row lacks the phone, and false where a full one does', () => {
		expect(hasPhoneAfter(nothing, { id: '1' }, true)).toBeUndefined();
		expect(hasPhoneAfter(nothing, undefined, true)).toBeUndefined();
		expect(hasPhoneAfter(nothing, { id: '1' }, false)).toBe(false);
		expect(hasPhoneAfter(nothing, undefined, false)).toBe(false);
	});
});

// A standard field beside it, which needs no custom values.
const setting = (id: string) => plan({ phone: '', [id]: 'x' });
const clearing = (id: string) => plan({ firstName: 'Ann', [id]: '' });

const list = (action: 'subscribe' | 'unsubscribe') =>
	new ListStep({ kind: 'list', mode: 'id', value: '401', name: 'News' }, action);
const tag = new TagStep('Lead', 'add');

const together: Rows = [{ id: '1', tag: '5' }];
const byItself: Rows = [{ id: '2', list: '401' }];

async function openReads() {
	const { account } = await openAccount(() => ({ thrown: new Error('Nobody expected this request') }));
	const reads = new ContactReads(account);
	const spies = {
		together: jest
			.spyOn(reads, 'together')
			.mockImplementation(
				async () =>
					await Promise.resolve({ value: new Map([['contactTags', together]]), readAt: performance.now() }),
			),
		part: jest
			.spyOn(reads, 'part')
			.mockImplementation(async () => await Promise.resolve({ value: byItself, readAt: performance.now() })),
		byId: jest.spyOn(reads, 'byId'),
	};
	return { scope: account.scope([0, 1]), reads, ...spies };
}

describe('the state of a saved contact', () => {
	const saved: SavedContact = {
		action: 'updated',
		id: '7',
		isNew: false,
		hasBounced: false,
		contact: { id: '7', phone: '+49 30 1' },
		setFields: undefined,
		response: {},
		plan: nothing,
		readAt: 0,
	};

	async function openState(more: Partial<SavedContact>, steps: readonly Step[] = [tag, list('subscribe')]) {
		const opened = await openReads();
		const contact = { ...saved, readAt: performance.now(), ...more };
		return { ...opened, contact, state: new ContactState(opened.reads, opened.scope, contact, steps) };
	}

	it('is known as far as the response shows it', async () => {
		const { state } = await openState({ hasBounced: true });
		expect(state).toMatchObject({ id: '7', isNew: false, hasBounced: true, hasPhone: true });

		const sparse = await openState({ isNew: true, contact: { id: '7' } });
		// A new contact has what was sent.
		expect(sparse.state).toMatchObject({ isNew: true, hasPhone: false });
		expect((await openState({ contact: { id: '7' } })).state.hasPhone).toBeUndefined();
	});

	it('reads the parts that its steps need together with other contacts, once, and the others by themselves', async () => {
		const { state, scope, together: readTogether, part } = await openState({});

		expect((await state.part('contactTags')).value).toBe(together);
		expect((await state.part('contactTags')).value).toBe(together);
		expect((await state.part('contactLists')).value).toBe(byItself);
		expect(readTogether.mock.calls).toEqual([[scope, '7', ['contactLists', 'contactTags'], 'known']]);
		expect(part.mock.calls).toEqual([[scope, '7', 'contactLists']]);
	});

	it('reads a part again for who needs a later reading', async () => {
		const { state, together: readTogether } = await openState({});
		await state.part('contactTags');
		await new Promise((resolve) => setTimeout(resolve, 2));
		const since = performance.now();

		expect((await state.part('contactTags', since)).readAt).toBeGreaterThanOrEqual(since);
		expect(readTogether).toHaveBeenCalledTimes(2);
	});

	it.each([
		['values were set, and the response does not say which', { plan: setting('1') }, true],
		['values were set, and the response says which', { plan: setting('1'), setFields: new Map() }, false],
		['values are to be cleared', { plan: clearing('1'), setFields: new Map() }, true],
		['values of a new contact are to be cleared', { plan: clearing('1'), isNew: true }, false],
		['nothing was set', {}, false],
	])('needs the custom values where %s: %s', async (_why, more: Partial<SavedContact>, isNeeded) => {
		const { state, together: readTogether } = await openState(more, []);
		await state.part('fieldValues');

		expect(readTogether.mock.calls.map(([, , parts]) => parts)).toEqual([isNeeded ? ['fieldValues'] : []]);
	});

	it('has no tags, automations and companies for certain when it is new, and no lists unless it joins one', async () => {
		for (const [action, isRead] of [
			['subscribe', true],
			['unsubscribe', false],
		] as const) {
			const { state, together: readTogether, part } = await openState({ isNew: true }, [tag, list(action)]);
			for (const one of ['contactTags', 'contactAutomations', 'accountContacts'] as const) {
				expect((await state.part(one)).value).toEqual([]);
			}
			expect(readTogether).not.toHaveBeenCalled();
			expect((await state.part('contactLists')).value).toEqual(isRead ? byItself : []);
			expect(part).toHaveBeenCalledTimes(isRead ? 1 : 0);
			expect((await state.part('fieldValues')).value).toBe(byItself);
		}
	});

	it('has what was read before it was written, but for values that were set since', async () => {
		const before: Rows = [{ id: '9' }];
		const readBefore = () => ({
			value: new Map([
				['contactLists' as const, before],
				['fieldValues' as const, before],
			]),
			readAt: performance.now(),
		});
		const partsOf = async (more: Partial<SavedContact>) => {
			const { state } = await openState({ ...more, readBefore: readBefore() });
			return [(await state.part('contactLists')).value, (await state.part('fieldValues')).value];
		};

		expect(await partsOf({})).toEqual([before, before]);
		expect(await partsOf({ plan: clearing('1') })).toEqual([before, before]);
		expect(await partsOf({ plan: setting('1'), setFields: new Map() })).toEqual([before, before]);
		expect(await partsOf({ plan: setting('1') })).toEqual([before, byItself]);
	});

	const found = (row: FoundContact['row']) => ({
		value: { id: '7', row, parts: new Map(), response: {} },
		readAt: 0,
	});

	it('finds out by its ID whether mail to it bounced for good', async () => {
		const { state, scope, byId } = await openState({ hasBounced: undefined });
		byId.mockResolvedValueOnce(found({ bounced_hard: '1' })).mockResolvedValueOnce(found({}));

		expect([await state.readHasBounced(), await state.readHasBounced()]).toEqual([true, false]);
		expect(byId.mock.calls).toEqual([
			[scope, '7'],
			[scope, '7'],
		]);
	});

	it('finds out by its ID whether it has a phone number', async () => {
		const { state, scope, byId } = await openState({ contact: { id: '7' } });
		byId.mockResolvedValueOnce(found({ phone: '+49 30 1' })).mockResolvedValueOnce(found({}));

		expect([await state.readHasPhone(), await state.readHasPhone()]).toEqual([true, false]);
		expect(byId.mock.calls).toEqual([
			[scope, '7'],
			[scope, '7'],
		]);
	});
});

describe('the state of a contact in a dry run', () => {
	it('is what the account has, each missing part read by itself', async () => {
		const { reads, scope, part } = await openReads();
		const found: FoundContact = {
			id: '7',
			row: { id: '7', phone: '+49 30 1', bounced_hard: '1' },
			parts: new Map([['contactTags', together]]),
			response: {},
		};
		const state = previewedState(reads, scope, {
			action: 'dryRun',
			plan: nothing,
			found,
			phone: '+49 30 1',
			json: {},
			warnings: [],
		});

		expect(state).toMatchObject({ id: '7', isNew: false, hasBounced: true, hasPhone: true });
		expect(await state.readHasPhone()).toBe(true);
		expect(await state.readHasBounced()).toBe(true);
		expect((await state.part('contactTags')).value).toBe(together);
		expect((await state.part('contactLists')).value).toBe(byItself);
		expect(part.mock.calls).toEqual([[scope, '7', 'contactLists']]);
	});

	it('is empty for a contact that would be created', async () => {
		const { reads, scope, part } = await openReads();
		const preview = {
			action: 'dryRun',
			plan: nothing,
			found: undefined,
			phone: '',
			json: {},
			warnings: [],
		} as const;
		const state = previewedState(reads, scope, preview);

		expect(state).toMatchObject({ id: '', isNew: true, hasBounced: false, hasPhone: false });
		expect(await state.readHasPhone()).toBe(false);
		expect(await state.readHasBounced()).toBe(false);
		expect((await state.part('contactTags')).value).toEqual([]);
		expect(part).not.toHaveBeenCalled();
		const withPhone = { ...preview, plan: setsPhone };
		expect(previewedState(reads, scope, withPhone).hasPhone).toBe(true);
	});
});
