import {
	NOT_PLAIN,
	plainValue,
} from '../../../../nodes/ActiveCampaignSync/operations/shared/plainExpression';

const json = JSON.parse(
	'{"email":"ann@example.com","E-mail":"a b","Größe":3,"yes":false,"empty":"","null":null,"list":[1],"deep":{"a":1},"code":"={{ 1 }}","__proto__":"x","constructor":"x"}',
) as Record<string, unknown>;

describe('a parameter', () => {
	it.each([
		['={{ $json.email }}', 'ann@example.com'],
		['={{$json.email}}', 'ann@example.com'],
		['={{  $json["E-mail"]  }}', 'a b'],
		["={{ $json['E-mail'] }}", 'a b'],
		['={{ $json.Größe }}', 3],
		['={{ $json.yes }}', false],
		['={{ $json.empty }}', ''],
		['={{ $json.code }}', '={{ 1 }}'],
	])('that is a key of the item, %s, is its value', (written, value) => {
		expect(plainValue(written, json)).toBe(value);
	});

	it.each(['ann@example.com', '', '{{ $json.email }}', 5, true, null, undefined])(
		'without expressions, %p, is what was typed',
		(written) => {
			expect(plainValue(written, json)).toBe(written);
		},
	);

	it.each([
		'={{ $json.missing }}',
		'={{ $json.null }}',
		'={{ $json.list }}',
		'={{ $json.deep.a }}',
		'={{ $json.deep }}',
		'={{ $json.toString }}',
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
	])('that is more than that, %s, is left to n8n', (written) => {
		expect(plainValue(written, json)).toBe(NOT_PLAIN);
	});

	it('that is a collection is plain when all in it is', () => {
		const row = (value: string) => ({ field: { __rl: true, mode: 'name', value: 'Company' }, value });
		const rows = (...values: string[]) => ({ values: values.map(row) });

		expect(plainValue(rows('={{ $json.email }}', 'x'), json)).toEqual(rows('ann@example.com', 'x'));
		expect(plainValue(rows('={{ $json.email }}', '={{ $now }}'), json)).toBe(NOT_PLAIN);
		expect(plainValue([['={{ $json.list }}']], json)).toBe(NOT_PLAIN);
	});
});
