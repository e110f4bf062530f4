import {
	idOf,
	isObject,
	jsonArrayIn,
	objectsIn,
	textOf,
} from '../../../nodes/ActiveCampaignSync/shared/json';

describe('a value in a response', () => {
	it.each([
		[' 7 ', '7'],
		[7, '7'],
		[0, '0'],
		[7n, '7'],
		[null, ''],
		[undefined, ''],
		[true, ''],
		[{}, ''],
		[[7], ''],
	])('is read as text: %p as %j', (value, text) => expect(textOf(value)).toBe(text));

	it('is an object only if it has keys, and a list of objects only with such entries', () => {
		expect([{}, [], null, 'x', 7].map(isObject)).toEqual([true, false, false, false, false]);
		expect(objectsIn([{ id: 1 }, null, 'x', [2]])).toEqual([{ id: 1 }]);
		expect(objectsIn({ 0: { id: 1 } })).toEqual([]);
	});
});

describe('the ID of a record', () => {
	it.each([
		['007', '7'],
		[' 7 ', '7'],
		[7, '7'],
		['000', '0'],
		['10', '10'],
		['', ''],
		['7a', ''],
		['-7', ''],
		[1.5, ''],
		[null, ''],
		['1/../2', ''],
		['1'.repeat(20), '1'.repeat(20)],
		['1'.repeat(21), ''],
	])('of %j is %j', (value, id) => expect(idOf(value)).toBe(id));
});

describe('a JSON array in a text', () => {
	it.each([
		['["a",1]', ['a', 1]],
		[' \n[ ] ', []],
	])('is read from %j', (text, values) => expect(jsonArrayIn(text)).toEqual(values));

	it.each(['', 'a', '{"a":1}', '"a"', '[a]', '["a"', 'null'])('is not found in %j', (text) => {
		expect(jsonArrayIn(text)).toBeUndefined();
	});
});
