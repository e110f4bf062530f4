import { empty, kept, value, type Row } from './expected';

const long = 'é😀\n'.repeat(5_000);
/** 23:30 in UTC, past midnight in the workflow's Berlin, 17:30 in the account's Chicago. */
const MOMENT = '2026-03-04T23:30:00.000Z';
const file = { filename: 'cv.pdf', mimetype: 'application/pdf', size: 12 };

/** What is left as it is where a value says that there is none. */
const NOTHING: Row['expected'] = {
	text: kept,
	date: kept,
	dateTime: kept,
	number: kept,
	choice: kept,
	choices: kept,
};

/** What a workflow's items hold: what form, sheet, webhook and code nodes put out. Times are read in Berlin. */
export const JSON_VALUES: readonly Row[] = [
	value('a label', 'Red', { text: 'Red', choice: 'r', choices: '||r||' }),
	value('a value', 'g', { text: 'g', choice: 'g', choices: '||g||' }),
	value('another case, with blanks', ' gREEN ', { text: ' gREEN ', choice: 'g', choices: '||g||' }),
	value('an unknown option', 'Pink', { text: 'Pink' }),
	value('a label with a comma', 'A, or B', { text: 'A, or B', choice: 'ab', choices: '||ab||' }),
	value('several by commas', 'Green, Red', { text: 'Green, Red', choices: '||r||g||' }),
	value('several by semicolons', 'Green;Red;', { text: 'Green;Red;', choices: '||r||g||' }),
	value('several by lines', 'Green\nRed', { text: 'Green\nRed', choices: '||r||g||' }),
	value('several as stored', '||g||r||', { text: '||g||r||', choices: '||r||g||' }),
	value('one as stored', '||g||', { text: '||g||', choice: 'g', choices: '||g||' }),
	value('several with a comma inside', 'Red, A, or B, Green', {
		text: 'Red, A, or B, Green',
		choices: '||r||g||ab||',
	}),
	value('several, one unknown', 'Red, Pink', { text: 'Red, Pink' }),
	value('separators only', ' ; , ', { text: ' ; , ', choices: kept }),
	value('long text with emoji', long, { text: long }),
	value('a title that code trips over', '__proto__', { text: '__proto__' }),
	value('text like an expression', '={{ $json.email }}', { text: '={{ $json.email }}' }),

	value('digits', '5', { text: '5', number: '5', choice: '5', choices: '||5||' }),
	value('an amount here', '1,234.50', { text: '1,234.50', number: '1234.5' }),
	value('an amount there', '1.234,50', { text: '1.234,50', number: '1234.5' }),
	value('an amount with currency', '€ 12,50', { text: '€ 12,50', number: '12.5' }),
	value('an amount that could be a thousand', '1,234', { text: '1,234' }),
	value('a number', 5, { text: '5', number: '5', choice: '5', choices: '||5||' }),
	value('zero', 0, { text: '0', number: '0' }),
	value('a negative fraction', -1234.5, { text: '-1234.5', number: '-1234.5' }),
	value('a huge number', 1e21, { text: `1${'0'.repeat(21)}`, number: `1${'0'.repeat(21)}` }),
	value("a sheet's serial number of a day", 46085, {
		text: '46085',
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
		number: '46085',
	}),
	value('milliseconds', Date.parse(MOMENT), {
		text: '1772667000000',
		date: '2026-03-05',
		dateTime: '2026-03-04T17:30:00-06:00',
		number: '1772667000000',
	}),

	value('true', true, { text: 'true', choice: 'true', choices: '||true||' }),
	value('false', false, { text: 'false' }),
	value("a sheet's TRUE", 'TRUE', { text: 'TRUE', choice: 'true', choices: '||true||' }),
	value("a web form's checkbox", 'on', { text: 'on', choice: 'true', choices: '||true||' }),

	value('a day', '2026-03-04', {
		text: '2026-03-04',
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
	}),
	value('a day in words', 'March 4, 2026', {
		text: 'March 4, 2026',
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
	}),
	value('a moment', MOMENT, { text: MOMENT, date: '2026-03-05', dateTime: '2026-03-04T17:30:00-06:00' }),
	value('a moment with an offset', '2026-03-04T23:30:00+09:00', {
		text: '2026-03-04T23:30:00+09:00',
		date: '2026-03-04',
		dateTime: '2026-03-04T08:30:00-06:00',
	}),
	value('a time without an offset', '2026-03-04T23:30:00', {
		text: '2026-03-04T23:30:00',
		date: '2026-03-04',
		dateTime: '2026-03-04T16:30:00-06:00',
	}),
	value("a sheet's time", '2026-03-04 23:30', {
		text: '2026-03-04 23:30',
		date: '2026-03-04',
		dateTime: '2026-03-04T16:30:00-06:00',
	}),
	value('a day that could be read two ways', '03/04/2026', { text: '03/04/2026' }),
	value('a day with the year last', '31/12/2026', {
		text: '31/12/2026',
		date: '2026-12-31',
		dateTime: '2026-12-30T17:00:00-06:00',
	}),
	value('a day with dots', '3. 4. 2026 10:00', {
		text: '3. 4. 2026 10:00',
		date: '2026-04-03',
		dateTime: '2026-04-03T03:00:00-05:00',
	}),
	value('a day with a short year', '12/31/26', { text: '12/31/26' }),
	value("a sheet's time as a serial number", '46085.75', {
		text: '46085.75',
		date: '2026-03-04',
		dateTime: '2026-03-04T11:00:00-06:00',
		number: '46085.75',
	}),
	value("a form's time in a zone", '2026/03/04 11:30:00 PM GMT+5:30', {
		text: '2026/03/04 11:30:00 PM GMT+5:30',
		date: '2026-03-04',
		dateTime: '2026-03-04T12:00:00-06:00',
	}),
	value('a day that there is not', '2026-02-30', { text: '2026-02-30' }),

	value("a form's single choice", ['Red'], { text: 'Red', choice: 'r', choices: '||r||' }),
	value("a form's choices", ['Green', 'Red'], { text: 'Green, Red', choices: '||r||g||' }),
	value('the same choice twice', ['Red', 'Red'], { text: 'Red, Red', choice: 'r', choices: '||r||' }),
	value('choices of all kinds', ['r', 'Green', true, 5, null, ''], {
		text: 'r, Green, true, 5',
		choices: '||r||g||true||5||',
	}),
	value('a list in a list', [['Green'], ['Red']], { text: 'Green, Red', choices: '||r||g||' }),
	value('a list with an unknown option', ['Red', 'Pink'], { text: 'Red, Pink' }),
	value('a list of one day', ['2026-03-04'], {
		text: '2026-03-04',
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
	}),
	value('a list of one number', [1234.5], { text: '1234.5', number: '1234.5' }),
	value('an object', { a: 1, b: [true] }, { text: '{"a":1,"b":[true]}' }),
	value('an empty object', {}, { text: '{}' }),
	value("a form's file", file, { text: JSON.stringify(file) }),
	value("a form's files", [file, file], { text: `${JSON.stringify(file)}, ${JSON.stringify(file)}` }),
	value("a code node's date", new Date(MOMENT), {
		text: '2026-03-05T00:30:00+01:00',
		date: '2026-03-05',
		dateTime: '2026-03-04T17:30:00-06:00',
	}),
	value('an invalid date', new Date(Number.NaN)),

	...['n.a.', 'NULL', '—', '(not specified)', 'k.A.', 'нет'].map((nothing) =>
		value(`nothing, as ${nothing}`, nothing, { ...NOTHING, text: nothing }),
	),
	value("a database's day of nothing", '0000-00-00', { ...NOTHING, text: '0000-00-00' }),
	value('nothing among choices', 'Red; n/a', { text: 'Red; n/a', choices: '||r||' }),
	value("a sheet's mark before digits", "'5", { text: "'5", number: '5', choice: '5', choices: '||5||' }),
	value("a sheet's formula that keeps a text", '="Green"', {
		text: '="Green"',
		choice: 'g',
		choices: '||g||',
	}),
	value("a sheet's mark before a day", "'2026-03-04", {
		text: "'2026-03-04",
		date: '2026-03-04',
		dateTime: '2026-03-03T17:00:00-06:00',
	}),
	...['#VALUE!', '#NV', 'Err:508'].map((error) =>
		value(`an error in a cell: ${error}`, error, {
			...NOTHING,
			text: kept,
		}),
	),
	value('an object in a text', 'Dear [object Undefined],'),
	value('a date gone wrong', 'Invalid DateTime'),
	value('an option with what is not seen', 'Gr\u200been\u00ad', {
		text: 'Gr\u200been\u00ad',
		choice: 'g',
		choices: '||g||',
	}),
	value('an option with other blanks and letters', 'Ａ,\u00a0 or\u2009B', {
		text: 'Ａ,\u00a0 or\u2009B',
		choice: 'ab',
		choices: '||ab||',
	}),

	empty('null', { value: null }),
	empty('a key that is not there', { value: undefined }),
	empty('empty text', { value: '' }),
	empty('blanks', { value: ' \t\n' }),
	empty('an empty list', { value: [] }),
	empty('a list of nothing', { value: ['', null, [' ']] }),
];
