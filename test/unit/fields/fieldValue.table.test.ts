import { DateTime } from 'luxon';
import { encodeFieldValue } from '../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { customField, rulesFor } from './customFields';
import { cyclic, deep, revoked, throwing } from '../input/oddValues';

const ZONE = 'Europe/Berlin';
const MOMENT = '2026-03-04T23:30:00.000Z';
const COLORS = ['Red', ['g', 'Green'], 'true', '5', '0'] as const;

const file = { filename: 'cv.pdf', mimetype: 'application/pdf', size: 12 };

/** Where a table says that a value is refused. */
const refused = Symbol('refused');

const encode = (type: string, value: unknown): string | typeof refused => {
	const options = ['dropdown', 'radio', 'checkbox', 'listbox'].includes(type) ? COLORS : [];
	try {
		return encodeFieldValue(customField(type, options), value, rulesFor(ZONE));
	} catch (thrown) {
		expect(thrown).toBeInstanceOf(InputError);
		return refused;
	}
};

describe('every kind of value in every type of field', () => {
	// value, then what is sent as: text, date, datetime, number, dropdown, checkbox
	type Sent = string | typeof refused;
	const table: Array<[string, unknown, Sent, Sent, Sent, Sent, Sent, Sent]> = [
		['text', 'Red', 'Red', refused, refused, refused, 'Red', '||Red||'],
		['text with blanks', ' red ', ' red ', refused, refused, refused, 'Red', '||Red||'],
		['several in a text', 'Red, Green', 'Red, Green', refused, refused, refused, refused, '||Red||g||'],
		['digits', '5', '5', refused, refused, '5', '5', '||5||'],
		['digits of full width', '５', '５', refused, refused, '5', '5', '||5||'],
		['Arabic digits', '٥', '٥', refused, refused, '5', refused, refused],
		['a day in Persian digits', '۱۴۰۴-۱۲-۱۳', '۱۴۰۴-۱۲-۱۳', refused, refused, refused, refused, refused],
		[
			'a day of full width',
			'２０２６／０３／０４',
			'２０２６／０３／０４',
			'2026-03-04',
			'2026-03-04T00:00:00+01:00',
			refused,
			refused,
			refused,
		],
		['a number', 5, '5', refused, refused, '5', '5', '||5||'],
		['zero', 0, '0', refused, refused, '0', '0', '||0||'],
		['a fraction', 1234.5, '1234.5', refused, refused, '1234.5', refused, refused],
		['a huge number', 1e21, `1${'0'.repeat(21)}`, refused, refused, `1${'0'.repeat(21)}`, refused, refused],
		[
			'milliseconds',
			Date.parse(MOMENT),
			'1772667000000',
			'2026-03-05',
			'2026-03-05T00:30:00+01:00',
			'1772667000000',
			refused,
			refused,
		],
		['a big integer', 5n, '5', refused, refused, '5', '5', '||5||'],
		['NaN', NaN, refused, refused, refused, refused, refused, refused],
		['infinity', Infinity, refused, refused, refused, refused, refused, refused],
		['true', true, 'true', refused, refused, refused, 'true', '||true||'],
		['false', false, 'false', refused, refused, refused, refused, refused],
		[
			'a day',
			'2026-03-04',
			'2026-03-04',
			'2026-03-04',
			'2026-03-04T00:00:00+01:00',
			refused,
			refused,
			refused,
		],
		['a moment', MOMENT, MOMENT, '2026-03-05', '2026-03-04T23:30:00+00:00', refused, refused, refused],
		['a day both ways', '03/04/2026', '03/04/2026', refused, refused, refused, refused, refused],
		[
			'a date',
			new Date(MOMENT),
			'2026-03-05T00:30:00+01:00',
			'2026-03-05',
			'2026-03-05T00:30:00+01:00',
			refused,
			refused,
			refused,
		],
		['an invalid date', new Date(NaN), refused, refused, refused, refused, refused, refused],
		[
			'a DateTime',
			DateTime.fromISO(MOMENT, { zone: 'Asia/Tokyo' }),
			'2026-03-05T08:30:00+09:00',
			'2026-03-05',
			'2026-03-05T08:30:00+09:00',
			refused,
			refused,
			refused,
		],
		['an invalid DateTime', DateTime.invalid('no'), refused, refused, refused, refused, refused, refused],
		['an array of one', ['Red'], 'Red', refused, refused, refused, 'Red', '||Red||'],
		['an array of one and blanks', ['', ['5'], null], '5', refused, refused, '5', '5', '||5||'],
		[
			'an array of one day',
			['2026-03-04'],
			'2026-03-04',
			'2026-03-04',
			'2026-03-04T00:00:00+01:00',
			refused,
			refused,
			refused,
		],
		['the same twice', ['Red', 'Red'], 'Red, Red', refused, refused, refused, 'Red', '||Red||'],
		['an array', ['Green', 'Red'], 'Green, Red', refused, refused, refused, refused, '||Red||g||'],
		[
			'an array of kinds',
			['Green', true, 5, null],
			'Green, true, 5',
			refused,
			refused,
			refused,
			refused,
			'||g||true||5||',
		],
		[
			'a nested array',
			[['Green', ['Red']], 0],
			'Green, Red, 0',
			refused,
			refused,
			refused,
			refused,
			'||Red||g||0||',
		],
		[
			'dates in an array',
			[new Date(MOMENT), 'x'],
			'2026-03-05T00:30:00+01:00, x',
			refused,
			refused,
			refused,
			refused,
			refused,
		],
		['an object', { a: 1, b: [true] }, '{"a":1,"b":[true]}', refused, refused, refused, refused, refused],
		['an object with a big integer', { a: 1n }, '{"a":"1"}', refused, refused, refused, refused, refused],
		['a file', [file], JSON.stringify(file), refused, refused, refused, refused, refused],
		['stored choices', '||Green||Red||', '||Green||Red||', refused, refused, refused, refused, '||Red||g||'],
		['separators only', '; ,', '; ,', refused, refused, refused, refused, ''],
		['a function', () => 1, refused, refused, refused, refused, refused, refused],
		['a symbol', Symbol('s'), refused, refused, refused, refused, refused, refused],
		['a cyclic array', cyclic, refused, refused, refused, refused, refused, refused],
		['a cyclic object', { cyclic: { self: cyclic } }, refused, refused, refused, refused, refused, refused],
		['an object that throws', throwing, refused, refused, refused, refused, refused, refused],
		[
			'an object without JSON',
			{ toJSON: () => undefined },
			refused,
			refused,
			refused,
			refused,
			refused,
			refused,
		],
		['a revoked proxy', revoked.proxy, refused, refused, refused, refused, refused, refused],
		['a very deep array', deep, refused, refused, refused, refused, refused, refused],
		['a false date', { [Symbol.toStringTag]: 'Date' }, refused, refused, refused, refused, refused, refused],
	];

	it.each(table)('%s', (_kind, value, text, date, dateTime, number, choice, choices) => {
		expect({
			text: encode('text', value),
			textarea: encode('textarea', value),
			hidden: encode('hidden', value),
			none: encode('', value),
			date: encode('date', value),
			datetime: encode('datetime', value),
			number: encode('number', value),
			currency: encode('currency', value),
			dropdown: encode('dropdown', value),
			radio: encode('radio', value),
			checkbox: encode('checkbox', value),
			listbox: encode('listbox', value),
		}).toEqual({
			text,
			textarea: text,
			hidden: text,
			none: text,
			date,
			datetime: dateTime,
			number,
			currency: number,
			dropdown: choice,
			radio: choice,
			checkbox: choices,
			listbox: choices,
		});
	});

	it('keeps a text of any length', () => {
		const long = 'é😀\n'.repeat(300_000);
		expect(encode('textarea', long)).toBe(long);
		expect(encode('number', long)).toBe(refused);
		expect(encode('date', long)).toBe(refused);
		expect(encode('checkbox', long)).toBe(refused);
	});
});
