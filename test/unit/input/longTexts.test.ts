import { accountBaseUrl } from '../../../nodes/ActiveCampaignSync/account/accountUrl';
import { withName } from '../../../nodes/ActiveCampaignSync/account/records';
import { responseDetails } from '../../../nodes/ActiveCampaignSync/account/received';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import {
	encodeFieldValue,
	isBlankStoredValue,
	isGivenAsStored,
	isSameStoredValue,
	showStoredValue,
} from '../../../nodes/ActiveCampaignSync/fields/fieldValue';
import { STANDARD_FIELDS } from '../../../nodes/ActiveCampaignSync/fields/field';
import { mapItem } from '../../../nodes/ActiveCampaignSync/input/automaticMapping';
import { keyTarget } from '../../../nodes/ActiveCampaignSync/input/contactTarget';
import { readEmail } from '../../../nodes/ActiveCampaignSync/input/contactReference';
import {
	isAboutSomeoneElse,
	readHeading,
	withoutQuestion,
} from '../../../nodes/ActiveCampaignSync/input/headings';
import { splitName } from '../../../nodes/ActiveCampaignSync/input/headingValues';
import { encodeStandardValue } from '../../../nodes/ActiveCampaignSync/input/standardValue';
import { AccountFailure, InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { idOf, isBlankValue, jsonArrayIn } from '../../../nodes/ActiveCampaignSync/shared/json';
import { normalizeLook, quote, tidyText } from '../../../nodes/ActiveCampaignSync/shared/text';
import { note } from '../../../nodes/ActiveCampaignSync/steps/note';
import { tagNames } from '../../../nodes/ActiveCampaignSync/steps/tags';
import { sampled } from '../../size';
import { customField, rulesFor } from '../fields/customFields';
import { inputOf } from '../steps/stepWork';

/** Options that share pieces, and contain what separates options. */
const OPTIONS = Array.from({ length: 50 }, (_, index) =>
	index % 2 === 0 ? `Option ${index}` : `,|,${','.repeat(index % 5)} ${index}`,
);
const FIELDS = ['text', 'date', 'datetime', 'number', 'dropdown', 'checkbox'].map((type, index) =>
	customField(type, index < 4 ? [] : OPTIONS, {
		id: String(index + 1),
		title: `My ${type}`,
	}),
);
const CATALOG = new FieldCatalog(FIELDS);
const RULES = { timeZone: 'Europe/Berlin', dateOrder: 'dayFirst' } as const;

/** Whatever reads a text of the account or of a user. */
const PARSERS: ReadonlyArray<readonly [string, (text: string) => unknown]> = [
	...FIELDS.flatMap((field): Array<[string, (text: string) => unknown]> => [
		[
			`a value for a ${field.type} field`,
			(text) => encodeFieldValue(field, text, rulesFor('UTC', 'dayFirst')),
		],
		[`a stored value of a ${field.type} field`, (text) => showStoredValue(field, text)],
		[`two stored values of a ${field.type} field`, (text) => isSameStoredValue(field, text, `${text} `)],
		[`a blank of a ${field.type} field`, (text) => isBlankStoredValue(field, text)],
		[`a returned value of a ${field.type} field`, (text) => isGivenAsStored(field, text, `${text}x`)],
	]),
	['a key', (text) => keyTarget(customField('text'), text, RULES)],
	...STANDARD_FIELDS.map(
		(field) => [field, (text: string) => encodeStandardValue(field, text, rulesFor('UTC'))] as const,
	),
	[
		'an object with a phone number',
		(text) => encodeStandardValue('phone', { area: text, phone: text }, rulesFor('UTC')),
	],
	['an address', readEmail],
	['an account name', accountBaseUrl],
	['tags', (text) => tagNames(text, 'Tags to Add')],
	['a note', (text) => note.read(inputOf({ additionalFields: { note: text } }))],
	['a heading', readHeading],
	['a heading as a question', withoutQuestion],
	['the name of an object', isAboutSomeoneElse],
	['a whole name', (text) => splitName(text, { meaning: 'fullName', languages: new Set(['en']) })],
	['a key of an item', (text) => mapItem({ [text]: 'x', email: text }, CATALOG)],
	['a value of an item', (text) => mapItem({ 'Full name': text, Mobile: text, Birthday: text }, CATALOG)],
	[
		'the name of a field',
		(text) => [CATALOG.find(text), CATALOG.similar(text), CATALOG.unknownFieldError(text)],
	],
	['the name of a record', (text) => withName([{ id: '1', name: `${text}!` }], text)],
	['an ID', idOf],
	['a blank', isBlankValue],
	['an array in a text', jsonArrayIn],
	['a quoted text', quote],
	['a tidy text', tidyText],
	['a look', normalizeLook],
	['a response', (text) => responseDetails({ errors: [{ title: text, detail: `${text}.` }], message: text })],
];

/** The worst that there is for one pattern or another. */
const PARTS = [
	...Array.from(' \u00a0\n,;|.-_\'"@:/\\([{<=+01aZé年👩\u0301\u200b\u200d'),
	...[
		'", "',
		'a\u200d',
		'1.',
		'1,',
		'e+',
		'<a',
		'&#',
		'[object ',
		'q1 ',
		'e mail ',
		',|,',
		'option 0;',
		'emailemail',
	],
];
const SHORT = 200_000;
const LONG = 1_000_000;

/** What is thrown by design; anything else fails the test. */
function tryOut(parse: (text: string) => unknown, text: string): void {
	try {
		parse(text);
	} catch (thrown) {
		if (!(thrown instanceof InputError || thrown instanceof AccountFailure)) throw thrown;
	}
}

/** A parser whose work grows faster than the text would take hours for these, not seconds. */
describe('long texts', () => {
	it.each(PARSERS)(
		'are read in one go as %s',
		(_what, parse) => {
			for (const part of sampled(PARTS, 9)) {
				const text = part.repeat(Math.ceil(SHORT / part.length)).slice(0, SHORT);
				tryOut(parse, text);
				tryOut(parse, `1${text}x`);
			}
		},
		300_000,
	);

	it.each(PARSERS)(
		'of a megabyte are read in one go as %s',
		(_what, parse) => {
			for (const part of sampled([' ', '|', '0', '"', 'a', '\u200d'], 3)) tryOut(parse, part.repeat(LONG));
		},
		300_000,
	);
});
