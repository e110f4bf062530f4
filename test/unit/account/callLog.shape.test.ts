import fc from 'fast-check';

import { shapeOf } from '../../../nodes/ActiveCampaignSync/account/callLog';

describe('the shape of a response', () => {
	it.each<[string, unknown, string]>([
		[
			'an object: its keys and their types',
			{ contact: { id: '1', email: 'ann@example.com', phone: '', deleted: 0, isNew: true, orgname: null } },
			'{contact:{id:digits,email:text,phone:empty,deleted:number,isNew:boolean,orgname:null}}',
		],
		[
			'a list: its length and each kind of entry once',
			{ tags: [{ id: '1' }, { id: '2' }] },
			'{tags:[2 × {id:digits}]}',
		],
		['a mixed list: each kind', ['1', 2, null, true, 3], '[5 × digits | number | null | boolean]'],
		['a long list: the kinds of its first 20 entries', [...Array<string>(20).fill('1'), 2], '[21 × digits]'],
		['an empty list', { fieldValues: [] }, '{fieldValues:[]}'],
		['an empty object', {}, '{}'],
		['a web page', '\n<html>Ann</html>', 'page'],
		['a text', 'Ann', 'text'],
		['a number as text', '4711', 'digits'],
		['a text that begins or ends with digits', ['1 Lane', 'Lane 1'], '[2 × text]'],
		['a text with a tag in it', 'a <b>', 'text'],
		['no response', undefined, 'undefined'],
	])('shows %s', (_name, json, shape) => {
		expect(shapeOf(json)).toBe(shape);
	});

	it.each([
		'ann@example.com',
		'Ann',
		'ÅSA',
		'åsa',
		'+49 151 2345678',
		'491512345678',
		'a491512345678',
		'field value',
		'x'.repeat(31),
		'',
	])('counts the key %j only, since it may be personal', (key) => {
		expect(shapeOf({ id: '1', [key]: { status: '1' } })).toBe('{id:digits,1 other keys}');
	});

	it.each(['id', 'firstName', '_links', 'bounced_hard', 'geoIp4', 'field1', 'ga_campaign_source'])(
		'shows the key %s',
		(key) => {
			expect(shapeOf({ [key]: 1 })).toBe(`{${key}:number}`);
		},
	);

	it('does not go deeper than five levels', () => {
		expect(shapeOf({ a: { b: { c: { d: { e: { f: 'x' } } } } } })).toBe('{a:{b:{c:{d:{e:{…}}}}}}');
		expect(shapeOf({ a: { b: { c: { d: { e: {} } } } } })).toBe('{a:{b:{c:{d:{e:{}}}}}}');
		expect(shapeOf([[[[[['x']]]]]])).toBe('[1 × [1 × [1 × [1 × [1 × [1 × …]]]]]]');
	});

	it('is a line of 2,000 characters at most, whatever the size of the response', () => {
		const row = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, 'value']));
		const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...row, [`more${index}`]: row }));
		expect(shapeOf({ rows })).toMatch(/^\{rows:\[10000 × \{key0:text,key1:text,.{1900,2000}…$/);
		expect(shapeOf({ rows })).toHaveLength(2_001);
		expect(shapeOf(row)).toHaveLength(2_001);
		// As long as may be: 199 keys of ten characters each with their types, one of them longer.
		const keys = [
			'aLongerKey00a',
			...Array.from({ length: 198 }, (_, index) => `k${String(index).padStart(3, '0')}`),
		];
		const whole = shapeOf(Object.fromEntries(keys.map((key) => [key, 'x'])));
		expect([whole.length, whole.endsWith('}')]).toEqual([2_000, true]);
	});

	it('contains no text of any value', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.stringMatching(/^Zoe [A-Z]{5}$/), (json, secret) => {
				const shape = shapeOf({ json, secret, list: [secret, { [secret]: secret }] });
				expect(shape).not.toContain('Zoe');
				expect(shape).not.toContain('\n');
			}),
		);
	});
});
