import { DateTime } from 'luxon';

import { encodeFieldValue } from '../../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { untypedField } from '../../../../nodes/ActiveCampaignSync/fields/field';
import { inputErrorOf } from '../../input/inputErrorOf';
import { rulesFor } from '../customFields';

const encode = (value: unknown) => encodeFieldValue(untypedField('7'), value, rulesFor('Europe/Berlin'));

describe('a value for a field of unknown type', () => {
	it.each<[unknown, string]>([
		['hello', 'hello'],
		[' Acme GmbH ', ' Acme GmbH '],
		['42', '42'],
		['-1234.5', '-1234.5'],
		['+4915112345678901', '+4915112345678901'],
		['01067', '01067'],
		['1.5', '1.5'],
		[42, '42'],
		[1.234, '1.234'],
		[-1e-7, '-0.0000001'],
		[7n, '7'],
		[false, 'false'],
		[['Art', '', 'Art'], 'Art'],
		['a | b', 'a | b'],
		['[draft]', '[draft]'],
		['Art\n', 'Art\n'],
		['5 kg', '5 kg'],
		['', ''],
		[[null], ''],
	])('%p is sent as %j', (value, sent) => {
		expect(encode(value)).toBe(sent);
	});

	it.each<[unknown, string]>([
		['Art, Music', 'may be several choices'],
		['Art; Music', 'may be several choices'],
		['Art\nMusic', 'may be several choices'],
		['||Art||', 'may be several choices'],
		['["Art"]', 'may be several choices'],
		[['Art', 'Music'], 'contains more than one value'],
		['1.234,50', 'is a formatted number'],
		['1,234', 'is a formatted number'],
		['1.234', 'is a formatted number'],
		['1 234', 'is a formatted number'],
		['€ 5', 'is a formatted number'],
		['1e5', 'is a formatted number'],
		['2026-12-31', 'may be a date'],
		['2026-02-30', 'may be a date'],
		['31 Dec 2026', 'may be a date'],
		['31/12/2026', 'may be a date'],
		['20261231', 'may be a date'],
		[1_767_225_600_000, 'may be a date'],
		[new Date('2026-12-31T00:00:00Z'), 'is a date'],
		[[DateTime.fromISO('2026-12-31')], 'is a date'],
		[{ a: 1 }, 'is not plain text'],
		[NaN, 'is not plain text'],
		[() => 1, 'is not plain text'],
	])('%p %s, so it is not sent', (value, reason) => {
		const { message, description } = inputErrorOf(() => encode(value));

		expect(message.startsWith("'Custom field 7': ")).toBe(true);
		expect(message).toContain(
			`${reason}, and the field's type is unknown, since the account's custom fields could not be read`,
		);
		expect(description).toMatch(/^Use plain text or digits, or give the API key's user permission/);
	});

	it.each<[unknown, string]>([
		[['Art', 'Music'], '\'["Art","Music"]\''],
		[['a,b'], "'a,b'"],
		['a,b', "'a,b'"],
	])('is quoted in the message as it was given: %p as %s', (value, quoted) => {
		expect(inputErrorOf(() => encode(value)).message).toContain(`: ${quoted} `);
	});
});
