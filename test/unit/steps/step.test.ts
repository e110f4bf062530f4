import { additionalText, changePart } from '../../../nodes/ActiveCampaignSync/steps/step';

import { inputErrorOf } from '../input/inputErrorOf';
import { failureOf, inputOf, openWork } from './stepWork';

const tags = [{ id: '1', tag: '5' }];
const more = [...tags, { id: '2', tag: '6' }];

describe('changing a part of a contact', () => {
	it('reads it, decides, and writes what was decided in time', async () => {
		const { work, part } = await openWork({ readings: [{ contactTags: tags }] });
		const made = { outcome: 'added', write: { tag: '6' } };
		const decide = jest.fn(() => made);
		const write = jest.fn(async () => await Promise.resolve());

		expect(await changePart(work, { part: 'contactTags', since: 3, decide, write })).toBe(made);
		expect(part.mock.calls).toEqual([['contactTags', 3]]);
		expect(decide.mock.calls).toEqual([[tags]]);
		expect(write.mock.calls).toEqual([[made.write, made, expect.any(Number)]]);
	});

	it('writes nothing where there is nothing to write', async () => {
		const { work } = await openWork();
		const made = { outcome: 'alreadyAdded' };
		const write = jest.fn();

		expect(await changePart(work, { part: 'contactTags', decide: () => made, write })).toBe(made);
		expect(write).not.toHaveBeenCalled();
	});

	it('only decides in a dry run, by any reading', async () => {
		const { work, part } = await openWork({ readings: [{ contactTags: tags }], isDryRun: true });
		const made = { write: 'all' };
		const decide = jest.fn(async () => await Promise.resolve(made));
		const write = jest.fn();

		expect(await changePart(work, { part: 'contactTags', since: 3, decide, write })).toBe(made);
		expect(part.mock.calls).toEqual([['contactTags']]);
		expect(decide.mock.calls).toEqual([[tags]]);
		expect(write).not.toHaveBeenCalled();
	});

	it('reads and decides again when its turn came too late', async () => {
		const { work } = await openWork({ readings: [{ contactTags: tags }, { contactTags: more }] });
		const decide = jest.fn((rows: readonly object[]) => ({ write: rows.length }));
		const write = jest.fn(async () => await Promise.resolve()).mockRejectedValueOnce(failureOf('stale'));

		expect(await changePart(work, { part: 'contactTags', decide, write })).toEqual({ write: 2 });
		expect(decide.mock.calls).toEqual([[tags], [more]]);
		expect(write).toHaveBeenCalledTimes(2);
	});

	it('fails with what the write failed with', async () => {
		const { work } = await openWork();
		const failure = failureOf('rejected');
		const write = async () => await Promise.reject(failure);

		await expect(
			changePart(work, { part: 'contactTags', decide: () => ({ write: true }), write }),
		).rejects.toBe(failure);
	});
});

describe('an additional field', () => {
	const read = (value: unknown) =>
		additionalText(inputOf({ additionalFields: { note: value, other: 'x' } }), 'note', 'Note');

	it.each([
		[' Call \n back ', 'Call \n back'],
		[7, '7'],
		['', ''],
		[' ', ''],
		[null, ''],
		[[], ''],
		[[''], ''],
	])('of %j is %j', (value, text) => {
		expect(read(value)).toBe(text);
	});

	it('that was not added is blank', () => {
		expect(additionalText(inputOf({}), 'note', 'Note')).toBe('');
	});

	it.each([
		[true, "'true'"],
		[['a'], `'["a"]'`],
		[{ a: 1 }, `'{"a":1}'`],
	])('cannot be %j', (value, shown) => {
		const { message, description } = inputErrorOf(() => read(value));

		expect(message).toBe(`'Note' cannot contain ${shown}`);
		expect(description).toBe('Use text');
	});
});
