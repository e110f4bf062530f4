import { empty, expression, type Row } from './expected';

/** All of these moments are 23:30 in UTC on 4 March 2026, so the 5th in the workflow's Berlin. */
const moment = { date: '2026-03-05', dateTime: '2026-03-04T17:30:00-06:00' };
const inBerlin = '{ year: 2026, month: 3, day: 5, hour: 0, minute: 30, second: 0, millisecond: 0 }';

/** What expressions give that is no JSON, or that n8n itself changes on the way. */
export const EXPRESSION_RESULTS: readonly Row[] = [
	expression(`$now.set(${inBerlin})`, { ...moment, text: '2026-03-05T00:30:00+01:00' }),
	expression('$today.set({ year: 2026, month: 3, day: 5 })', {
		text: '2026-03-05T00:00:00+01:00',
		date: '2026-03-05',
		dateTime: '2026-03-04T17:00:00-06:00',
	}),
	expression("DateTime.fromISO('2026-03-04T23:30:00Z')", {
		...moment,
		text: '2026-03-05T00:30:00+01:00',
	}),
	expression("DateTime.fromISO('2026-03-04T23:30:00Z', { zone: 'Asia/Tokyo' })", {
		...moment,
		text: '2026-03-05T08:30:00+09:00',
	}),
	expression("DateTime.fromFormat('05/03/2026', 'dd/MM/yyyy')", {
		text: '2026-03-05T00:00:00+01:00',
		date: '2026-03-05',
		dateTime: '2026-03-04T17:00:00-06:00',
	}),
	expression("[DateTime.fromISO('2026-03-04T23:30:00Z')]", {
		...moment,
		text: '2026-03-05T00:30:00+01:00',
	}),
	expression("DateTime.fromISO('no date')"),
	expression("new Date('2026-03-04T23:30:00Z')", { ...moment, text: '2026-03-05T00:30:00+01:00' }),
	expression("new Date('no date')"),
	expression("'2026-03-04T23:30:00Z'.toDateTime()", { ...moment, text: '2026-03-04T23:30:00+00:00' }),
	expression("'2026-03-04T23:30:00Z'.toDateTime().format('yyyy-MM-dd')", {
		text: '2026-03-04',
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
	}),
	expression("$json.email.includes('@')", { text: 'true', choice: 'true', choices: '||true||' }),
	expression("['Red', 'Green'].filter((one) => one !== 'Red')", {
		text: 'Green',
		choice: 'g',
		choices: '||g||',
	}),
	expression('2 + 3', { text: '5', number: '5', choice: '5', choices: '||5||' }),
	expression('5n', { text: '5', number: '5', choice: '5', choices: '||5||' }),
	expression("Number('five')"),
	expression('1 / 0'),
	empty('{{ undefined }}', { expression: '{{ undefined }}' }),
	empty('{{ $json.nothing }}', { expression: '{{ $json.nothing }}' }),
	empty("{{ '' }}", { expression: "{{ '' }}" }),
	empty('{{ [] }}', { expression: '{{ [] }}' }),
];
