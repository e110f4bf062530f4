import { idOf } from '../shared/json';
import { quote } from '../shared/text';
import { columnFieldId, columnId, columnName, standardColumn } from './columns';
import {
	BILLING_RANK,
	COMPANY_RANK,
	hasWord,
	isAboutContact,
	readHeading,
	readKey,
	withoutQuestion,
	type Meaning,
	type Reading,
} from './headings';
import { oncePer } from '../shared/memo';
import { pushTo } from '../shared/multiMap';
import { unambiguousReferences, type FieldCatalog } from '../fields/fieldCatalog';
import { STANDARD_COLUMNS, withoutPercentSigns, type CustomField } from '../fields/field';
import { didYouMean, normalizeLabel, searchableName } from '../fields/fieldNames';

/** That a key may fill a column. */
export interface Claim {
	readonly key: string;
	/** Column id, `fullName` or `infix`. */
	readonly column: string;
	/** How sure it is: the column's name, the name in another spelling, a known label, or a guess. */
	readonly certainty: 'exact' | 'name' | 'label' | 'guess';
	/** What the value must fit; undefined for any value. */
	readonly meaning?: Meaning;
	/** As in a reading. */
	readonly rank: number;
	readonly person: string;
	readonly core: string;
	readonly languages: ReadonlySet<string>;
	/** Fills the column only where the values of those before it do not fit: `Email2` beside `Email: "anonymous"`. */
	readonly isSubstitute?: boolean;
	/** The column whose value must not be part of this one's: `Name` beside `Surname` may still be the whole name. */
	readonly beside?: string;
}

/** What the keys of an item may fill, whatever their values. */
export interface Claims {
	/** Column id, `fullName` or `infix` → its claims, the best first. */
	readonly columns: ReadonlyMap<string, readonly Claim[]>;
	/** Why a key claims nothing. Neither claim nor reason has what forms and sheets add on their own. */
	readonly reasons: ReadonlyMap<string, string>;
}

/** What one key comes to. */
type Outcome = Claim | { readonly key: string; readonly reason: string };

/** A key that no name claims, and what it may mean. */
interface Guess {
	readonly key: string;
	readonly reading: Reading;
}

/** A whole name is claimed like a column, and so is what goes before a last name. */
export const FULL_NAME = 'fullName';
export const INFIX = 'infix';

export const NAME_COLUMNS = ['firstName', 'lastName'] as const;
type NameColumn = (typeof NAME_COLUMNS)[number];
const OTHER_NAME: Readonly<Record<NameColumn, NameColumn>> = { firstName: 'lastName', lastName: 'firstName' };

/** What most words for an email address contain. */
const MAIL = /mail|correo|courriel/i;

/** "Number of children" and "Has children?" say nothing of whom the row is about. */
const COUNT =
	/^(?:(?:number of|no\.? of|# of|how many|has|have|any|is) (?:a )?(?:child|children|kids)|(?:child|children|kids) count)\W*$/i;

const NO_FIELD = 'No field has this name';
const NO_IDS = 'Automatic mapping does not use IDs: name the key after the field';
export const NAMED = 'The name is filled from other input fields';
export const SOMEONE_ELSE = 'May be about someone other than the contact';

/** Which parameters take values that don't belong in a field of the contact. */
const PARAMETERS: ReadonlyMap<Meaning, string> = new Map<Meaning, string>([
	['company', "'Additional Fields' > 'Company'"],
	['jobTitle', "'Additional Fields' > 'Job Title'"],
	['note', "'Additional Fields' > 'Note'"],
	['tags', "'Tags to Add'"],
	['lists', "'Lists'"],
]);

const PLACES: ReadonlySet<Meaning> = new Set<Meaning>(['street', 'city', 'state', 'zip', 'country']);

const REGIONS: ReadonlySet<Meaning> = new Set<Meaning>(['city', 'state', 'country']);

/** What the account may have a field for by another name. */
const FIELD_MEANINGS: ReadonlySet<Meaning> = new Set<Meaning>([
	...PLACES,
	'company',
	'jobTitle',
	'birthday',
	'fullName',
]);

/** Words that count only beside another part of an address. */
const BESIDE_PLACES: ReadonlyMap<Meaning, Meaning> = new Map<Meaning, Meaning>([
	['besideCity', 'city'],
	['besideState', 'state'],
	['besideZip', 'zip'],
]);

/** Words that count only beside the other half of a name. */
const HALVES: ReadonlyMap<Meaning, NameColumn> = new Map<Meaning, NameColumn>([
	['givenHalf', 'firstName'],
	['familyHalf', 'lastName'],
]);

/**
 * Which keys may fill which columns, in layers: the exact title or personalization tag; the same without regard to case,
 * blanks, `_`, `-` and, for custom fields, marks; a known label in any language; and for what is left, the heading
 * without what people put around it. A custom field of the account goes before a guess. An ID never counts: a sheet
 * without headings has keys 1, 2, 3, which would overwrite the account's first fields.
 */
export function claimColumns(keys: readonly string[], catalog: FieldCatalog): Claims {
	const named = keys.flatMap((key) => claimByName(key, catalog) ?? []);
	const known = new Set(named.map(({ key }) => key));
	const guesses = inOneLanguage(
		keys.filter((key) => !known.has(key)).map((key) => ({ key, readings: readKey(key) })),
	)
		.map(besidePlace)
		.map(preferredPlace);
	const guessed = guesses.flatMap((guess) => claimByMeaning(guess, catalog) ?? []);
	const firsts = guesses.filter(({ reading }) => !reading.isCopy);
	const outcomes = onlyOnePerson([...named, ...guessed, ...claimNames(firsts, [...named, ...guessed])], keys);
	const columns = new Map<string, Claim[]>();
	const reasons = new Map<string, string>();
	for (const outcome of outcomes) {
		if ('reason' in outcome) reasons.set(outcome.key, outcome.reason);
		else pushTo(columns, outcome.column, outcome);
	}
	const settled = new Set([...outcomes.map(({ key }) => key), ...guesses.map(({ key }) => key)]);
	for (const key of keys) {
		if (!settled.has(key)) reasons.set(key, isIdLike(key) ? NO_IDS : NO_FIELD);
	}
	const open = columnNames(catalog).flatMap(([column, name]) => (columns.has(column) ? [] : [name]));
	for (const [key, reason] of reasons) {
		const question = reason === NO_FIELD ? didYouMean(key, open) : '';
		if (question !== '') reasons.set(key, `${reason}. ${question}`);
	}
	for (const claims of columns.values()) claims.sort(byPreference);
	return { columns, reasons };
}

function claimByName(key: string, catalog: FieldCatalog): Outcome | undefined {
	const name = withoutPercentSigns(key);
	const bare = { key, rank: 0, person: '', core: '', languages: new Set<string>(['en']) };
	const standard = standardColumn(key);
	if (standard !== undefined) {
		const isExact = name === standard || name === STANDARD_COLUMNS.get(standard);
		return { ...bare, column: standard, certainty: isExact ? 'exact' : 'name' };
	}
	const asked = withoutQuestion(key);
	const isExactly = (field: CustomField) => field.title === key || field.personalizationTag === name;
	// "Phone:" is the contact's phone number, even if the account has a custom field called "Phone".
	const isStandard = standardColumn(normalizeLabel(asked)) !== undefined;
	const fields = fieldsNamed(key, catalog).filter((field) => !isStandard || isExactly(field));
	const [field, ...others] = fields;
	if (field && others.length > 0) {
		const references = unambiguousReferences(fields).join(', ');
		return { key, reason: `Several custom fields have this name: ${references}` };
	}
	if (field) return { ...bare, column: columnId(field), certainty: isExactly(field) ? 'exact' : 'name' };
	if (isStandard) return undefined;
	const [askedField, ...rivals] = fieldsNamed(asked, catalog);
	if (!askedField || rivals.length > 0) return undefined;
	return { ...bare, column: columnId(askedField), certainty: 'guess' };
}

function fieldsNamed(name: string, catalog: FieldCatalog): readonly CustomField[] {
	const named = catalog.named(name);
	return named.length > 0 ? named : catalog.similar(name);
}

/** What a heading claims by itself; undefined for what depends on its neighbors, and for what nobody misses. */
function claimByMeaning({ key, reading }: Guess, catalog: FieldCatalog): Outcome | undefined {
	const { meaning, isLabel, isCopy } = reading;
	if (meaning === 'technical' && isLabel) return undefined;
	const claim = { ...reading, key, certainty: isLabel ? 'label' : 'guess' } as const;
	// A second phone number may be anyone's, and the second line of an address isn't the street. A second email address may
	// be anyone's, too, but forms have it beside their own.
	if (isCopy && meaning !== 'email') return { key, reason: NO_FIELD };
	const fields = fieldsMeaning(reading, catalog);
	const [field, ...others] = fields;
	if (field && others.length > 0) {
		return {
			key,
			reason: `Several fields may be meant: ${fields.map((one) => quote(one.name)).join(', ')}`,
		};
	}
	if (field) return { ...claim, column: columnId(field) };
	if (STANDARD_COLUMNS.has(meaning)) return { ...claim, column: meaning, isSubstitute: isCopy };
	if (meaning === 'infix') return { ...claim, column: INFIX };
	if (meaning === 'fullName' || meaning === 'familyFirst') return { ...claim, column: FULL_NAME };
	if (meaning === 'name' || HALVES.has(meaning)) return undefined;
	const parameter = PARAMETERS.get(meaning);
	return { key, reason: parameter === undefined ? NO_FIELD : `Map it to ${parameter}` };
}

/** First and last names by their neighbors: `Nom` beside `Prénom`, `Last` beside `First`. */
function claimNames(guesses: readonly Guess[], outcomes: readonly Outcome[]): Outcome[] {
	const claims = outcomes.filter(isClaim);
	const halves = guesses.flatMap(({ key, reading }): Outcome[] => {
		const column = HALVES.get(reading.meaning);
		if (column === undefined) return [];
		const others = guesses.filter((one) => HALVES.get(one.reading.meaning) === OTHER_NAME[column]);
		const neighbors = [
			...claims.filter((claim) => claim.column === OTHER_NAME[column]),
			...others.map((other) => other.reading),
		];
		const isMissing = !claims.some((claim) => claim.column === column);
		if (!isMissing || sharedLanguages(reading, neighbors).length === 0) return [{ key, reason: NO_FIELD }];
		return [{ ...reading, key, column, meaning: column, certainty: 'guess' }];
	});
	const named = [...claims, ...halves.filter(isClaim)];
	const [missing, ...alsoMissing] = NAME_COLUMNS.filter(
		(column) => !named.some((one) => one.column === column),
	);
	const names = guesses.flatMap(({ key, reading }): Outcome[] => {
		if (reading.meaning !== 'name') return [];
		const claim = { ...reading, key, certainty: 'guess' } as const;
		if (alsoMissing.length > 0) return [{ ...claim, column: FULL_NAME }];
		if (missing === undefined) {
			// For those whose own first and last names are blank; or it is another person's.
			const isWhole = reading.person !== '' || named.some((one) => isName(one.column) && one.person === '');
			return [isWhole ? { ...claim, column: FULL_NAME } : { key, reason: NAMED }];
		}
		const beside = OTHER_NAME[missing];
		const neighbors = named.filter((one) => one.column === beside && one.person === reading.person);
		const shared = sharedLanguages(reading, neighbors);
		// In English, a "Name" beside a first name is the whole name.
		const isNamed =
			missing === 'firstName' ? shared.length > 0 : shared.some((language) => language !== 'en');
		return isNamed ? [{ ...claim, column: missing, meaning: missing, beside }] : [{ key, reason: NO_FIELD }];
	});
	return [...halves, ...names];
}

function sharedLanguages(
	{ languages }: Pick<Reading, 'languages'>,
	others: ReadonlyArray<Pick<Reading, 'languages'>>,
): string[] {
	return [...languages].filter((language) => others.some((other) => other.languages.has(language)));
}

/**
 * Leaves out the data of others. Of several people, such as a booking's host (`User Email`) and guest (`Invitee Email`),
 * the contact is the one to whom address and names belong, or nobody. Names are those of the one whose address it is; what
 * is said of somebody beside an address or name of the contact's own, such as the buyer of a ticket, is only a substitute.
 */
function onlyOnePerson(outcomes: readonly Outcome[], keys: readonly string[]): Outcome[] {
	const claims = outcomes.filter(isClaim).filter((claim) => !isCompanyAddress(claim));
	const has = (person: string | undefined, isIn: (column: string) => boolean) =>
		hasClaim(claims, person, isIn);
	const { isSignedUp, hasChild } = childrenIn(claims, keys);
	const contact = theContact(claims, isSignedUp);
	const isBare = has('', isAddress);
	const isBeside = isBare && (has(contact, isAddress) || (has('', isName) && has(contact, isName)));
	const addressee = isBare ? '' : contact;
	const hasNames = has(addressee, isName);
	// "User Email" beside "Contact Name" is that of who has called.
	const hasContact = claims.some(({ person, key }) => person === '' && isAboutContact(key));
	const onlyContacts = isContactNamed(claims);
	// The bill is the buyer's.
	const isForAttendee =
		hasWord(contact ?? '', 'attendee') && claims.some(({ person }) => hasWord(person, 'buyer'));
	const isOthers = (claim: Claim) => {
		const { person, column, meaning, rank } = claim;
		if (person !== '') return person !== contact || (hasWord(person, 'staff') && hasContact);
		if (rank === BILLING_RANK && isForAttendee) return true;
		// A form that asks for the birthday of one of them asks for the child's.
		if (meaning === 'birthday' && hasChild(contact)) return true;
		return onlyContacts && (meaning === 'birthday' || isName(column)) && !isOfContactPerson(claim);
	};
	return outcomes.map((outcome) => {
		if (!isClaim(outcome)) return outcome;
		if (isOthers(outcome)) return { key: outcome.key, reason: SOMEONE_ELSE };
		const { column, person } = outcome;
		const isSubstitute = isCompanyAddress(outcome)
			? claims.some((claim) => isAddress(claim.column))
			: isName(column) && hasNames
				? person !== addressee && !isContactName(outcome)
				: person !== '' && (isBeside || has('', (one) => one === column));
		return isSubstitute ? { ...outcome, isSubstitute } : outcome;
	});
}

/** Whose data in a row may be a child's, for whom somebody else has given an address. */
function childrenIn(claims: readonly Claim[], keys: readonly string[]) {
	// Beside a "Parent email" alone, the bare one is the child's own.
	const hasParent = keys.some((key) => hasWord(key, 'parent') && !MAIL.test(key));
	const hasTeacher = keys.some((key) => hasWord(key, 'teacher'));
	const isNamed = (person: string | undefined) => hasClaim(claims, person, isName);
	const isSignedUp = (person: string) =>
		((hasParent || hasTeacher) && hasWord(person, 'dependent')) ||
		(hasParent && hasWord(person, 'participant'));
	const isChild = ({ column, person }: Claim) =>
		isName(column) && (isSignedUp(person) || (isNamed('') && hasWord(person, 'dependent')));
	const isCertain =
		keys.some((key) => hasWord(key, 'child') && !COUNT.test(key.replaceAll('_', ' '))) ||
		claims.some(isChild);
	return {
		isSignedUp,
		hasChild: (contact: string | undefined) => isCertain || (hasParent && !isNamed('') && !isNamed(contact)),
	};
}

/** Whether address and name are those of a "contact": other names beside them are a child's, or a company's. */
function isContactNamed(claims: readonly Claim[]): boolean {
	const addresses = claims.filter(({ column }) => isAddress(column));
	return (
		addresses.length > 0 &&
		addresses.every(isOfContactPerson) &&
		claims.some((claim) => isName(claim.column) && isOfContactPerson(claim))
	);
}

function isOfContactPerson({ person, key, rank }: Claim): boolean {
	return person === '' && rank < BILLING_RANK && isAboutContact(key);
}

/** Whether such a column is claimed for a person. */
function hasClaim(
	claims: readonly Claim[],
	person: string | undefined,
	isIn: (column: string) => boolean,
): boolean {
	return claims.some((claim) => claim.person === person && isIn(claim.column));
}

function isAddress(column: string): boolean {
	return column === 'email';
}

/** "Company Email" is often info@acme.com. */
function isCompanyAddress({ column, rank }: Claim): boolean {
	return isAddress(column) && rank === COMPANY_RANK;
}

function isName(column: string): boolean {
	return column === FULL_NAME || isPartOfName(column);
}

function isPartOfName(column: string): boolean {
	return NAME_COLUMNS.some((one) => one === column);
}

/**
 * The person whose data the claims are; undefined if that is not clear.
 * @param isSignedUp whether a person may have been signed up by someone else, such as a parent
 */
function theContact(claims: readonly Claim[], isSignedUp: (person: string) => boolean): string | undefined {
	/** Who may be meant by the claims for some columns; undefined where nobody is named. */
	const peopleIn = (isIn: (column: string) => boolean): Set<string> | undefined => {
		const people = new Set(claims.filter(({ column }) => isIn(column)).map(({ person }) => person));
		return people.size === 0 || people.has('') ? undefined : people;
	};
	const addressees = peopleIn(isAddress);
	const groups = [addressees, peopleIn(isPartOfName), peopleIn((column) => column === FULL_NAME)].filter(
		(people) => people !== undefined,
	);
	const everybody = new Set(claims.map(({ person }) => person).filter((person) => person !== ''));
	const inAll = [...everybody].filter((person) => groups.every((people) => people.has(person)));
	const namedAddressees = [...(addressees ?? [])].filter((person) => hasClaim(claims, person, isName));
	const [contact, ...others] = attendeeOf(inAll.length > 0 ? inAll : namedAddressees, claims);
	if (contact === undefined || others.length > 0) return undefined;
	return !addressees && isSignedUp(contact) ? undefined : contact;
}

/** Of an attendee and a buyer, each with a name and an address, the attendee. */
function attendeeOf(people: readonly string[], claims: readonly Claim[]): readonly string[] {
	const attendees = people.filter((person) => hasWord(person, 'attendee'));
	const isKnown = (person: string) => hasClaim(claims, person, isAddress) && hasClaim(claims, person, isName);
	const areKnown = people.every(
		(person) => isKnown(person) && (attendees.includes(person) || hasWord(person, 'buyer')),
	);
	return attendees.length > 0 && areKnown ? attendees : people;
}

/** Where languages disagree about a heading, those of the other headings decide, or else it is left out. */
function inOneLanguage(headings: ReadonlyArray<{ key: string; readings: readonly Reading[] }>): Guess[] {
	const counts = new Map<string, number>();
	for (const { readings } of headings) {
		if (readings.length !== 1) continue;
		for (const language of readings[0]?.languages ?? [])
			counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	counts.delete('*');
	const weight = ({ languages }: Reading) =>
		Math.max(0, ...[...languages].map((one) => counts.get(one) ?? 0));
	return headings.flatMap(({ key, readings }) => {
		const most = Math.max(...readings.map(weight));
		const [reading, ...others] =
			readings.length > 1 ? readings.filter((one) => weight(one) === most) : readings;
		return reading && others.length === 0 ? [{ key, reading }] : [];
	});
}

/** Words that mean a part of an address only beside another one, in the same language. */
function besidePlace({ key, reading }: Guess, _index: number, all: readonly Guess[]): Guess {
	const place = BESIDE_PLACES.get(reading.meaning);
	if (place === undefined) return { key, reading };
	const places = all.map((other) => other.reading).filter(({ meaning }) => PLACES.has(meaning));
	const isBeside = sharedLanguages(reading, places).length > 0;
	return { key, reading: { ...reading, meaning: isBeside ? place : 'other', isLabel: false } };
}

/** "Preferred City" is where somebody wants to go, unless it belongs to a whole address. */
function preferredPlace({ key, reading }: Guess, _index: number, all: readonly Guess[]): Guess {
	if (!REGIONS.has(reading.meaning) || !hasWord(key, 'preferred')) return { key, reading };
	const isAddressLine = (other: Guess) =>
		['street', 'zip'].includes(other.reading.meaning) && hasWord(other.key, 'preferred');
	return {
		key,
		reading: all.some(isAddressLine) ? reading : { ...reading, meaning: 'other', isLabel: false },
	};
}

/** The custom fields that a heading means: those with the same qualifiers, or else the plain one. */
function fieldsMeaning(reading: Reading, catalog: FieldCatalog): readonly CustomField[] {
	const { meaning, rank, person } = reading;
	const fields = fieldsByMeaning(catalog);
	const isQualified = rank > 0 || person !== '';
	const same = isQualified ? fields.get(meaningKey(meaning, rank, person)) : undefined;
	return same ?? (FIELD_MEANINGS.has(meaning) ? fields.get(meaningKey(meaning, 0, '')) : undefined) ?? [];
}

const fieldsByMeaning = oncePer((catalog: FieldCatalog) => {
	const fields = new Map<string, CustomField[]>();
	for (const field of catalog.fields) {
		for (const { meaning, rank, person } of readHeading(field.title)) {
			pushTo(fields, meaningKey(BESIDE_PLACES.get(meaning) ?? meaning, rank, person), field);
		}
	}
	return fields;
});

const columnNames = oncePer((catalog: FieldCatalog) => {
	const columns = [...STANDARD_COLUMNS.keys(), ...catalog.fields.map(columnId)];
	return columns.map((column) => [column, searchableName(columnName(column, catalog))] as const);
});

function meaningKey(meaning: Meaning, rank: number, person: string): string {
	return `${meaning} ${rank} ${person}`;
}

function isClaim(outcome: Outcome): outcome is Claim {
	return 'column' in outcome;
}

function isIdLike(key: string): boolean {
	return idOf(key) !== '' || columnFieldId(key) !== undefined;
}

/** Names go before what is known or guessed, which only ranks decide between. */
function nameOrder({ certainty }: Claim): number {
	if (certainty === 'exact') return 0;
	return certainty === 'name' ? 1 : 2;
}

function isContactName(claim: Claim): boolean {
	return claim.column === FULL_NAME && isOfContactPerson(claim);
}

/** Never by the order of the columns, nor by what stands around their names, so that a sheet may be rearranged. */
function byPreference(one: Claim, other: Claim): number {
	return (
		Number(one.isSubstitute ?? false) - Number(other.isSubstitute ?? false) ||
		nameOrder(one) - nameOrder(other) ||
		// Beside the name of a contact, a bare name is often a company's.
		Number(isContactName(other)) - Number(isContactName(one)) ||
		one.rank - other.rank ||
		one.core.length - other.core.length ||
		one.core.localeCompare(other.core) ||
		one.key.length - other.key.length ||
		(one.key < other.key ? -1 : 1)
	);
}
