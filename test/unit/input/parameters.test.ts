import {
	choice,
	isExpression,
	ItemParameters,
	locatorMode,
	locatorValue,
	NOT_SIMPLE,
	pickedName,
	positiveNumber,
	simpleValue,
	yesOrNo,
} from '../../../nodes/ActiveCampaignSync/input/parameters';

import { inputErrorOf } from './inputErrorOf';
import { contextOf, parametersOf } from './parametersOf';

const json = JSON.parse(
	'{"email":"ann@example.com","E-mail":"a b","Größe":3,"yes":false,"empty":"","null":null,"list":[1,"a",true,null],"nothing":[],"lists":[[1]],"rows":[{"a":1}],"deep":{"a":1},"code":"={{ 1 }}","__proto__":"x","constructor":"x"}',
) as Record<string, unknown>;

describe('an expression', () => {
	it.each([
		['={{ $json.email }}', 'ann@example.com'],
		['={{$json.email}}', 'ann@example.com'],
		['={{  $json["E-mail"]  }}', 'a b'],
		["={{ $json['E-mail'] }}", 'a b'],
		['={{ $json.Größe }}', 3],
		['={{ $json.yes }}', false],
		['={{ $json.empty }}', ''],
		['={{ $json.code }}', '={{ 1 }}'],
		['={{ $json.null }}', null],
		['={{ $json.missing }}', undefined],
		['={{ $json.list }}', [1, 'a', true, null]],
		['={{ $json.nothing }}', []],
	])('that is a key of the item, %s, gives its value', (expression, value) => {
		expect(simpleValue(expression, json)).toEqual(value);
	});

	it.each([
		'={{ $json.lists }}',
		'={{ $json.rows }}',
		'={{ $json.deep.a }}',
		'={{ $json.deep }}',
		'={{ $json.toString }}',
		'={{ $json.prototype }}',
		'={{ $json.__proto__ }}',
		'={{ $json["constructor"] }}',
		'={{ $json.email.trim() }}',
		'={{ $json.email + "" }}',
		'={{ $json["E-" + "mail"] }}',
		'={{ $json["E\\u002dmail"] }}',
		'={{ $json[0] }}',
		'= {{ $json.email }}',
		'={{ $json.email }} ',
		'={{ $json.email }}{{ $json.email }}',
		'={{ $json }}',
		'=Mx {{ $json.email }}',
		'={{ $input.item.json.email }}',
		'=',
		'ann@example.com',
	])('that is anything else, %s, is left to n8n', (expression) => {
		expect(simpleValue(expression, json)).toBe(NOT_SIMPLE);
	});
});

describe('a parameter', () => {
	const parameters = {
		email: '={{ $json.email }}',
		fieldsMode: 'manual',
		additionalFields: { note: '={{ 1 }}', list: ['={{ 2 }}', 'b'], 'odd "key"': '={{ 3 }}' },
	};
	const resolved = {
		email: 'by n8n',
		'additionalFields.note': 'Call',
		'additionalFields.list[0]': 'a',
		'additionalFields["odd \\"key\\""]': 'c',
	};

	it('is as the user wrote it, with the expressions within it resolved by their paths', () => {
		const read = parametersOf(parameters, resolved);

		expect(read.value('fieldsMode', 0)).toBe('manual');
		expect(read.value('additionalFields.note', 0)).toBe('Call');
		expect(read.value('additionalFields', 0)).toEqual({ note: 'Call', list: ['a', 'b'], 'odd "key"': 'c' });
		expect(read.raw).toBe(parameters);
	});

	it('that does not exist is blank, or what stands in for it', () => {
		const read = parametersOf(parameters, resolved);

		expect([read.value('lists', 0), read.value('lists.values', 0, []), read.value('email.x', 0)]).toEqual([
			...['', [], ''],
		]);
	});

	it('is resolved without n8n where it is a key of the item, for several items that n8n sees as they are', () => {
		const items = [{ email: 'ann@example.com' }, { email: 'bo@example.com' }];
		const several = parametersOf(parameters, resolved, items);
		const single = parametersOf(parameters, resolved, items.slice(0, 1));
		const other = contextOf(parameters, resolved, items);
		jest.spyOn(other, 'evaluateExpression').mockReturnValue('other');
		const broken = contextOf(parameters, resolved, items);
		jest.spyOn(broken, 'evaluateExpression').mockImplementation(() => {
			throw new Error('It has no input');
		});

		expect([several.value('email', 0), several.value('email', 1)]).toEqual(items.map(({ email }) => email));
		expect(several.value('additionalFields.note', 1)).toBe('Call');
		for (const read of [single, new ItemParameters(other), new ItemParameters(broken)]) {
			expect(read.value('email', 0)).toBe('by n8n');
		}
	});

	it('is given by n8n without its own checks', () => {
		const context = contextOf(parameters);
		const get = jest.spyOn(context, 'getNodeParameter');

		new ItemParameters(context).value('additionalFields.note', 3);

		expect(get.mock.calls).toEqual([['additionalFields.note', 3, '', { skipValidation: true }]]);
	});

	it("gives the item's data, empty for an item that does not exist", () => {
		const read = parametersOf({}, {}, [{ a: 1 }, { b: 2 }]);

		expect([read.json(1), read.json(2)]).toEqual([{ b: 2 }, {}]);
	});
});

describe('a repeatable collection', () => {
	it('has rows with their values, and as the user wrote them', () => {
		const values = [{ list: '401' }, { list: '={{ 1 }}', action: 'subscribe' }];
		const read = parametersOf({ lists: { values } }, { 'lists.values[1].list': 'News' });

		expect(read.rows('lists', 0)).toEqual([
			{ row: { list: '401' }, raw: values[0] },
			{ row: { list: 'News', action: 'subscribe' }, raw: values[1] },
		]);
	});

	it('has no raw rows where an expression gives all of them', () => {
		const read = parametersOf(
			{ lists: { values: '={{ 1 }}' } },
			{ 'lists.values': [{ list: '401' }, 'odd'] },
		);

		expect(read.rows('lists', 0)).toEqual([{ row: { list: '401' }, raw: {} }]);
	});

	it.each([[{}], [{ lists: {} }], [{ lists: null }], [{ lists: { values: null } }], [{ lists: 'odd' }]])(
		'is empty in %j',
		(parameters) => {
			expect(parametersOf(parameters).rows('lists', 0)).toEqual([]);
		},
	);
});

describe('a resource locator', () => {
	it('has a value, or is one', () => {
		expect(locatorValue({ mode: 'id', value: '7' })).toBe('7');
		expect(locatorValue('7')).toBe('7');
		expect(locatorValue(undefined)).toBeUndefined();
	});

	it('gives its record by ID or by name', () => {
		const modes = [{ mode: 'name' }, { mode: 'id' }, { mode: 'list' }, {}, 'News', undefined].map(
			locatorMode,
		);
		expect(modes).toEqual(['name', 'id', 'id', 'id', undefined, undefined]);
	});

	it('has the name that was picked, unless an expression may mean another record', () => {
		const picked = { mode: 'list', value: '401', cachedResultName: ' News ' };

		expect(pickedName(picked, picked)).toBe('News');
		expect(pickedName(picked, { ...picked, value: '={{ 1 }}' })).toBeUndefined();
		expect(pickedName(picked, '={{ 1 }}')).toBeUndefined();
		expect(pickedName({ ...picked, mode: 'id' }, picked)).toBeUndefined();
		expect(pickedName({ ...picked, cachedResultName: '' }, picked)).toBeUndefined();
		expect(pickedName('401', '401')).toBeUndefined();
	});

	it.each([
		['={{ 1 }}', true],
		['=', true],
		['7', false],
		[' =', false],
		[7, false],
		[undefined, false],
	])('written as %j is an expression: %s', (raw, expected) => {
		expect(isExpression(raw)).toBe(expected);
	});
});

describe('a choice', () => {
	const read = (given: unknown) => choice(given, 'Color', ['red', 'blue'], 'blue');

	it.each([
		['red', 'red'],
		['blue', 'blue'],
		['', 'blue'],
		[null, 'blue'],
		[undefined, 'blue'],
	])('of %j is %s', (given, expected) => {
		expect(read(given)).toBe(expected);
	});

	it.each([
		['Red', "'Red'"],
		[0, "'0'"],
		[false, "'false'"],
	])('cannot be %j', (given, shown) => {
		const { message, description } = inputErrorOf(() => read(given));
		expect([message, description]).toEqual([`'Color' cannot be ${shown}`, 'Use one of: red, blue']);
	});
});

describe('a yes or no', () => {
	it.each([
		[true, true],
		[false, false],
		[' TRUE ', true],
		['false', false],
	])('of %j is %s, whatever the default', (given, expected) => {
		expect([true, false].map((byDefault) => yesOrNo(given, 'Dry Run', byDefault))).toEqual([
			expected,
			expected,
		]);
	});

	it.each([undefined, null, '', ' '])('of %j is the default', (given) => {
		expect([true, false].map((byDefault) => yesOrNo(given, 'Dry Run', byDefault))).toEqual([true, false]);
	});

	it.each(['yes', 1, 0, {}])('cannot be %j', (given) => {
		const { message, description } = inputErrorOf(() => yesOrNo(given, 'Dry Run', false));
		expect(message).toMatch(/^'Dry Run' cannot be /);
		expect(description).toBe('Use one of: true, false');
	});
});

describe('a number', () => {
	const read = (given: unknown) => positiveNumber(given, 'Maximum', 5, 10);

	it.each([
		[3, 3],
		['3', 3],
		[' 2.5 ', 2.5],
		[10, 10],
		[0.01, 0.01],
		['', 5],
		[null, 5],
		[undefined, 5],
	])('of %j is %s', (given, expected) => {
		expect(read(given)).toBe(expected);
	});

	it.each([
		[0, "'0'"],
		[-1, "'-1'"],
		[10.01, "'10.01'"],
		['many', "'many'"],
		[NaN, "'NaN'"],
		[Infinity, "'Infinity'"],
		[[5], "'[5]'"],
		[true, "'true'"],
		[{ value: 5 }, `'{"value":5}'`],
	])('cannot be %j', (given, shown) => {
		const { message, description } = inputErrorOf(() => read(given));
		expect([message, description]).toEqual([
			`'Maximum' cannot be ${shown}`,
			'Use a number above 0, up to 10',
		]);
	});
});
