import { pageQuery, readAllPages, readPageResponse } from '../../../nodes/ActiveCampaignSync/account/paging';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';

const rows = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: String(from + index), title: `Field ${from + index}` }));

/** Reads a list from an account that responds as given; gives the rows' ids and the offsets asked for. */
async function readFrom(respond: (offset: number) => JsonObject, sideLoaded: string[] = []) {
	const offsets: number[] = [];
	const found = await readAllPages(
		async (offset) => {
			offsets.push(offset);
			if (offsets.length > 500) throw new Error('It never ends');
			return await Promise.resolve(readPageResponse(respond(offset), 'fields', offset));
		},
		{ action: 'read the custom fields', permission: 'see custom fields' },
		'fields',
		sideLoaded,
	);
	return { found, offsets, ids: (found.get('fields') ?? []).map((row) => row['id']) };
}

describe('a list of records', () => {
	it('is asked for in pages of a hundred, the most that the API gives', () => {
		expect(pageQuery(200)).toEqual([
			['limit', '100'],
			['offset', '200'],
		]);
	});

	it.each<[number, number[]]>([
		[0, [0]],
		[1, [0]],
		[99, [0]],
		[100, [0]],
		[101, [0, 95]],
		[250, [0, 95, 190]],
	])('of %d is read to its end', async (total, expected) => {
		for (const given of [total, String(total)]) {
			const { ids, offsets } = await readFrom((offset) => ({
				fields: rows(offset, Math.min(100, total - offset)),
				meta: { total: given },
			}));
			expect(ids).toEqual(rows(0, total).map(({ id }) => id));
			expect(offsets).toEqual(expected);
		}
	});

	it('without a total ends with a page that is not full', async () => {
		const noTotals = [
			{ total: 'many' },
			{ total: '' },
			{ total: null },
			{ total: '9 pages' },
			{ total: '> 9' },
		];
		for (const meta of [undefined, {}, ...noTotals]) {
			const { ids, offsets } = await readFrom((offset) => ({
				fields: rows(offset, Math.min(100, 200 - offset)),
				meta,
			}));
			expect(ids).toHaveLength(200);
			expect(offsets).toEqual([0, 95, 190]);
		}
	});

	it('without a total is not asked for more after a page that is not full, nor after an empty one', async () => {
		expect((await readFrom(() => ({ fields: rows(0, 99) }))).offsets).toEqual([0]);
		expect(readPageResponse({ fields: [], meta: { total: '5' } }, 'fields', 0).next).toBeUndefined();
	});

	it('is read whole from an account that gives smaller pages than asked for', async () => {
		const { ids, offsets } = await readFrom((offset) => ({
			fields: rows(offset, Math.min(20, 45 - offset)),
			meta: { total: '45' },
		}));
		expect(ids).toHaveLength(45);
		expect(offsets).toEqual([0, 15, 30]);
	});

	it('contains each record once, also when one is added meanwhile', async () => {
		const { ids } = await readFrom((offset) => ({
			fields: rows(offset === 0 ? 0 : offset - 1, offset === 0 ? 100 : 151 - offset),
			meta: { total: offset === 0 ? '150' : '151' },
		}));
		expect(ids).toEqual(rows(0, 150).map(({ id }) => id));
	});

	it.each([1, 4, 5, 30, 100])('lacks none when %d that were read are deleted meanwhile', async (count) => {
		for (const total of ['250', undefined]) {
			let list = rows(0, 250);
			const { ids } = await readFrom((offset) => {
				const page = list.slice(offset, offset + 100);
				if (offset === 0) list = rows(count, 250 - count);
				return { fields: page, meta: total && { total: String(list.length) } };
			});
			expect(ids).toHaveLength(250);
			expect(new Set(ids)).toEqual(new Set(rows(0, 250).map(({ id }) => id)));
		}
	});

	it('ends when the account ignores the offset', async () => {
		const { ids, offsets } = await readFrom(() => ({ fields: rows(0, 100), meta: { total: '250' } }));
		expect(ids).toHaveLength(100);
		expect(offsets).toEqual([0, 95]);
	});

	it('ends when the total is higher than the number of records', async () => {
		const { ids } = await readFrom((offset) => ({
			fields: rows(offset, Math.max(0, Math.min(100, 120 - offset))),
			meta: { total: '500' },
		}));
		expect(ids).toHaveLength(120);
	});

	it('that returns other records on every page is given up, with the reason', async () => {
		let asked = 0;
		const endless = readFrom((offset) => {
			asked += 1;
			return { fields: rows(offset, 100), meta: { total: '1000000000' } };
		});
		await expect(endless).rejects.toMatchObject({
			kind: 'noData',
			message: 'ActiveCampaign could not read the custom fields: its list did not end after 20000 records',
			details: { isFinal: true },
		});
		expect(asked).toBe(200);
	});

	it('brings along what is side-loaded with each page, once', async () => {
		const { found } = await readFrom(
			(offset) => ({
				fields: rows(offset, Math.min(100, 150 - offset)),
				fieldOptions: [{ id: '7', field: '1' }, { id: `1${offset}`, field: '2' }, 'odd'],
				meta: { total: '150' },
			}),
			['fieldOptions', 'fieldRels'],
		);
		expect(found.get('fieldOptions')?.map((row) => row['id'])).toEqual(['7', '10', '195']);
		expect(found.get('fieldRels')).toEqual([]);
	});

	it.each([{}, { fields: null }, { fields: { id: '1' } }, { fields: 'none' }])(
		'is empty in %j',
		async (body) => {
			const { ids, offsets } = await readFrom(() => body);
			expect(ids).toEqual([]);
			expect(offsets).toEqual([0]);
		},
	);
});
