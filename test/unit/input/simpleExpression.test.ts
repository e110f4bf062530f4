import { NOT_SIMPLE, simpleValue } from '../../../nodes/ActiveCampaignSync/input/parameters';

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
