import { ContactReads, hasContact, rowId } from '../../../nodes/ActiveCampaignSync/account/contactReads';
import { openAccount, pass, useFakeClock, watch } from './fakeAccount';

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

describe('a contact that is looked for by its address', () => {
	useFakeClock();

	/** An account that lists its contacts, so many others and then Ann, whatever address is asked for. */
	const lookFor = async (
		email: string,
		others: number,
		{ total = true, offset = true, usual = 20, gone = 0, more = 0 } = {},
	) => {
		const all = Array.from({ length: others }, (_, index) => ({
			id: String(index + 1),
			email: `b${index}@example.com`,
		}));
		all.push({ id: '9999', email: 'ANN@example.com' });
		const { account, sent } = await openAccount((_index, { url }) => {
			const { searchParams } = new URL(url);
			const from = offset ? Number(searchParams.get('offset')) : 0;
			const contacts = all.slice(from, from + Number(searchParams.get('limit') ?? usual));
			const meta = total ? { meta: { total: String(all.length) } } : {};
			if (from === 0) {
				all.splice(0, gone);
				for (let index = 0; index < more; index += 1)
					all.push({ id: `77${index}`, email: `new${index}@example.com` });
			}
			return { body: { contacts, ...meta } };
		});
		const seen = watch(new ContactReads(account).byEmail(account.scope([0]), email));
		await pass(60_000);
		return [seen.value ? (seen.value.value?.id ?? 'nobody') : seen.failure?.kind, sent.length];
	};

	it.each([
		['the first', 0, 1],
		['the last of the first page', 19, 1],
		['the first of the next page', 20, 2],
		['the last of the next page', 114, 2],
		['after two more pages', 130, 3],
	])('is found where it is %s', async (_where, others, requests) => {
		for (const total of [true, false]) {
			expect(await lookFor('ann@example.com', others, { total })).toEqual(['9999', requests]);
		}
	});

	it.each([
		[1, 0],
		[1, 1],
		[15, 15],
	])('is found where %i before it are deleted meanwhile, and %i are added', async (gone, more) => {
		for (const total of [true, false]) {
			const [id] = await lookFor('ann@example.com', 20, { total, gone, more });
			expect(id).toBe('9999');
		}
		expect((await lookFor('eve@example.com', 130, { gone, more }))[0]).toBe('nobody');
	});

	it('is not there once the whole list is read', async () => {
		expect(await lookFor('eve@example.com', 18)).toEqual(['nobody', 1]);
		expect(await lookFor('eve@example.com', 130)).toEqual(['nobody', 3]);
		expect(await lookFor('eve@example.com', 18, { total: false })).toEqual(['nobody', 1]);
		expect(await lookFor('eve@example.com', 130, { total: false })).toEqual(['nobody', 3]);
	});

	it('may be there where the list is too long, or always begins anew', async () => {
		expect(await lookFor('ann@example.com', 2_000)).toEqual(['noData', 12]);
		expect(await lookFor('ann@example.com', 2_000, { total: false })).toEqual(['noData', 12]);
		expect(await lookFor('ann@example.com', 150, { offset: false })).toEqual(['noData', 3]);
	});
});
