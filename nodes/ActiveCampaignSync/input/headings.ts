import { HEADING_WORDS } from './headingWords';
import { plainLetters } from '../shared/text';

const MEANINGS = [
	'email',
	'firstName',
	'lastName',
	'phone',
	'name',
	'fullName',
	'familyFirst',
	'infix',
	'givenHalf',
	'familyHalf',
	'company',
	'jobTitle',
	'street',
	'city',
	'state',
	'zip',
	'country',
	'besideCity',
	'besideState',
	'besideZip',
	'birthday',
	'note',
	'tags',
	'lists',
	'technical',
	'other',
] as const;
/** What a heading is about, as explained at `HEADING_WORDS`. */
export type Meaning = (typeof MEANINGS)[number];

/** One way to understand a heading. */
export interface Reading {
	readonly meaning: Meaning;
	/** ISO 639-1, or `*` for words of any language. */
	readonly languages: ReadonlySet<string>;
	/** Which of several: 0 for a bare name, then primary, work, mobile, home, billing, company. */
	readonly rank: number;
	/** Whose it is, e.g. `invitee`; '' where nothing says so. */
	readonly person: string;
	/** Whether the heading is a known label with nothing put around it. */
	readonly isLabel: boolean;
	/** Whether it is the second of its name: `Email2`. */
	readonly isCopy: boolean;
	/** What is left of it without what people put around it. */
	readonly core: string;
}

/** A known label. */
interface Label {
	readonly language: string;
	readonly words: readonly string[];
	/** Written without blanks. */
	readonly joined: string;
	/** Without the words that may stand around it. */
	readonly core: string;
}

/** A reading and how well it covers its heading. */
interface Match extends Reading {
	readonly coveredCount: number;
	readonly isInOrder: boolean;
}

const PLACES: readonly Meaning[] = [
	...(['street', 'city', 'state', 'zip', 'country'] as const),
	...(['besideCity', 'besideState', 'besideZip'] as const),
];
const REACHES: readonly Meaning[] = ['email', 'phone', ...PLACES];

/** What each qualifier may stand around. */
const QUALIFIED: ReadonlyMap<string, readonly Meaning[]> = new Map<string, readonly Meaning[]>([
	['primary', MEANINGS],
	['preferred', REACHES],
	['work', REACHES],
	['workEmail', ['email']],
	['companyEmail', ['email']],
	['mobile', ['phone']],
	['home', REACHES],
	['ofAddress', PLACES],
	['region', ['state', 'besideState', 'country']],
	['firstOf', [...REACHES, 'company', 'jobTitle', 'firstName', 'lastName', 'name']],
	['current', [...PLACES, 'company', 'jobTitle']],
	['billing', MEANINGS],
	['person', MEANINGS],
	['question', MEANINGS],
	['filler', MEANINGS],
]);

const FILLERS: ReadonlySet<string> = new Set(['question', 'filler']);

/** The rank of headings about billing. */
export const BILLING_RANK = 5;
/** The rank of an address that may be one of a whole company. */
export const COMPANY_RANK = 6;

const RANKS: ReadonlyMap<string, number> = new Map<string, number>([
	['primary', 1],
	['preferred', 1],
	['work', 2],
	['workEmail', 2],
	['mobile', 3],
	['home', 4],
	['billing', BILLING_RANK],
	['companyEmail', COMPANY_RANK],
]);

/** The least length of words that may be written together, in characters: `userEmail`, but not `ad_name`. */
const MIN_PART = 4;
/** The most length of such words. */
const MAX_PART = 20;

/** Longer than any heading or name: the work grows faster than the length. */
export const MAX_LENGTH = 300;

/** "3. ", "Q1: ", "2) ", or the "q3_" of some forms' keys. */
const NUMBERING = /^[^\p{L}\p{N}]*(?:(?:question\s*|q\s*)?\d+(?:\.\d+)*\s*[.):\]\-–]+\s*|q\d+[_\s]+)+/iu;

/** "Great, Ann! What's your email?" */
const AFTER_GREETING = /^[^!?]{1,40}!\s+([^!]+\?)\s*$/;

/** How forms send what n8n doesn't take apart: `fields[email][value]` (Elementor), `data[merges][FNAME]` (Mailchimp). */
const FORM_KEY = /^(?:fields|form_fields|data)(?:\[merges\])?\[([^\]]+)\](?:\[value\])?$/;

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;

class Dictionary {
	/** By meaning. */
	readonly labels = new Map<Meaning, Label[]>();
	/** Meaning → word → the languages in which it is part of a label. */
	readonly parts = new Map<Meaning, Map<string, Set<string>>>();
	/** Word → qualifier → its languages. */
	readonly qualifiers = new Map<string, Map<string, Set<string>>>();
	readonly languages = new Set<string>();
	readonly unspacedWords = new Set<string>();
	/** A label written without blanks → its words. */
	readonly joinedLabels = new Map<string, readonly string[]>();
	/** Words that others may be glued to. */
	readonly gluedWords = new Set<string>(['your']);

	constructor(table: string) {
		const rows = table
			.split('\n')
			.filter((line) => line !== '')
			.flatMap((line) => {
				const [kind = '', language = '', list = ''] = line.split(' | ');
				return list.split('; ').map((text) => ({ kind, language, words: wordsOf(text) }));
			});
		// Qualifiers first: a label's core is what they leave.
		for (const { kind, language, words } of rows) {
			this.languages.add(language);
			if (isMeaning(kind)) continue;
			for (const word of words) {
				const kinds = getOr(this.qualifiers, word, () => new Map<string, Set<string>>());
				getOr(kinds, kind, () => new Set<string>()).add(language);
			}
		}
		for (const { kind, language, words } of rows) {
			if (isMeaning(kind))
				this.addLabel(kind, { language, words, joined: words.join(''), core: this.coreOf(words) });
			const isGlued = (language === 'en' || language === '*') && kind !== 'filler' && kind !== 'question';
			for (const word of words) {
				if (UNSPACED.test(word)) this.unspacedWords.add(word);
				else if (isGlued && word.length >= MIN_PART) this.gluedWords.add(word);
			}
		}
	}

	knows(word: string): boolean {
		return this.qualifiers.has(word) || MEANINGS.some((meaning) => this.parts.get(meaning)?.has(word));
	}

	/** Whether a word says only what a question or a polite form adds. */
	isFiller(word: string): boolean {
		return this.is(word, 'question') || this.is(word, 'filler');
	}

	/** Whether a word is a qualifier of this kind, in any language. */
	is(word: string, kind: string): boolean {
		return this.qualifiers.get(word)?.has(kind) === true;
	}

	/** How many words are only there to link others. */
	fillerCount(words: readonly string[]): number {
		return words.filter((word) => this.is(word, 'filler')).length;
	}

	coreOf(words: readonly string[]): string {
		return words.filter((word) => !this.isFiller(word)).join(' ');
	}

	/** The qualifiers that a word is for a meaning. */
	qualifiersOf(word: string, meaning: Meaning): ReadonlyArray<readonly [string, ReadonlySet<string>]> {
		const kinds = [...(this.qualifiers.get(word) ?? [])];
		return kinds.filter(([kind]) => QUALIFIED.get(kind)?.includes(meaning));
	}

	/** Whether a word may stand around a label. What makes a question must be in the language of the rest. */
	isAround(word: string, meaning: Meaning, language: string): boolean {
		return this.qualifiersOf(word, meaning).some(
			([kind, languages]) => !FILLERS.has(kind) || languages.has(language) || languages.has('*'),
		);
	}

	private addLabel(meaning: Meaning, label: Label): void {
		getOr(this.labels, meaning, (): Label[] => []).push(label);
		this.joinedLabels.set(label.joined, label.words);
		const parts = getOr(this.parts, meaning, () => new Map<string, Set<string>>());
		for (const word of label.words) getOr(parts, word, () => new Set<string>()).add(label.language);
	}
}

const dictionary = new Dictionary(HEADING_WORDS);

/**
 * What a heading may mean, whatever people put around its name: numbers, marks, questions, whose it is, which of several.
 * Empty if a single word of it is not known: "Email status" isn't an address. Several if languages disagree: "Kraj" is a
 * country in Polish and a state in Czech.
 */
export function readHeading(heading: string): readonly Reading[] {
	if (heading.length > MAX_LENGTH) return [];
	const known = knownReadings.get(heading);
	if (known) return known;
	const readings = readUnknown(heading);
	if (knownReadings.size >= MAX_KNOWN) knownReadings.clear();
	knownReadings.set(heading, readings);
	return readings;
}

/** Items that lack the keys of what is blank have many sets of the same few headings. */
const knownReadings = new Map<string, readonly Reading[]>();
const MAX_KNOWN = 2_000;

function readUnknown(heading: string): readonly Reading[] {
	const bare = heading.replace(NUMBERING, '');
	const [, question = ''] = isAboutSomeoneElse(bare) ? [] : (AFTER_GREETING.exec(bare) ?? []);
	const [, inBrackets = ''] = FORM_KEY.exec(bare) ?? [];
	for (const spelling of [partIn(bare), bare, spaced(bare), question, inBrackets]) {
		const readings = readWords(wordsOf(spelling));
		if (readings.length > 0) return readings;
	}
	return readTranslations(bare);
}

/** The same for a key of an item, whose remark doesn't matter: "Email (for the certificate)", "Phone (+91)". */
export function readKey(key: string): readonly Reading[] {
	const readings = readHeading(key);
	return readings.length > 0 ? readings : readRemarked(withoutQuestion(key));
}

/** Only for remarks of known words: "Email (for my wife)" is somebody else's. */
function readRemarked(heading: string): readonly Reading[] {
	if (heading.length > MAX_LENGTH) return [];
	const [, name = '', inBrackets = '', behind = ''] =
		/^([^()]+?)(?:\s*\(([^()]+)\)|\s[-–:]\s([^()]+))[^\p{L}\p{N}]*$/u.exec(heading) ?? [];
	const remark = inBrackets + behind;
	const isKnown = wordsOf(remark).every((word) => dictionary.is(word, 'remark') || dictionary.isFiller(word));
	if (remark === '' || !(isKnown || /^\+\d+$/.test(remark))) return [];
	return readWords(wordsOf(name))
		.filter(({ meaning, person }) => person === '' && REMARKED.has(meaning))
		.map((reading) => ({ ...reading, isLabel: false }));
}

/** What stays the contact's own with a remark. A bare "Name (…)" may be that of anything. */
const REMARKED: ReadonlySet<Meaning> = new Set(['email', 'phone', 'firstName', 'lastName', 'fullName']);

/** "First Name" of "Name (First Name)", as some forms call the parts of an answer; '' for any other heading. */
function partIn(heading: string): string {
	const [, whole = '', part = ''] =
		/^([^()]+)\(([^()]+)\)[^\p{L}\p{N}]*$/u.exec(withoutQuestion(heading)) ?? [];
	const words = new Set(wordsOf(part));
	return wordsOf(whole).every((word) => words.has(word)) ? part : '';
}

/** A heading without numbering, without the question before it, and without "(required)" behind it. */
export function withoutQuestion(heading: string): string {
	if (heading.length > MAX_LENGTH) return heading;
	const words = heading.replace(NUMBERING, '').split(/\s+/);
	const start = words.findIndex((word) => !isQuestion(word));
	const end = words.findLastIndex((word) => !isRequiredMark(word));
	return words.slice(Math.max(start, 0), end + 1).join(' ');
}

/** Whether any word of a name says that it is about someone other than the contact. */
export function isAboutSomeoneElse(name: string): boolean {
	return (['someoneElse', 'seller', 'parent', 'teacher'] as const).some((kind) => hasWord(name, kind));
}

/** Whether a word is a form of address, such as "Mrs." */
export function isHonorific(word: string): boolean {
	return wordsOf(word).some((part) => dictionary.is(part, 'honorific'));
}

/** Whether a name is one of an organization, such as "Acme Ltd". */
export function isOrganization(name: string): boolean {
	const [last = ''] = name.replaceAll('.', '').split(/\s+/).slice(-1);
	// "Maria Sa" is a person.
	const isFamilyName = /^(?:s[aá]s?|sl|cv)$/i.test(last) && last !== last.toUpperCase();
	const [legalForm = ''] = wordsOf(last).slice(-1);
	return (
		(dictionary.is(legalForm, 'legalForm') && !isFamilyName) ||
		wordsOf(name).some((part) => dictionary.is(part, 'organization'))
	);
}

/** Whether a value stands for a missing name, such as the "anonymous" of some forms. */
export function isNobody(value: string): boolean {
	return wordsOf(value).every((part) => dictionary.is(part, 'nobody'));
}

/** Kinds of words as `HEADING_WORDS` explains them. */
type PersonKind = 'attendee' | 'buyer' | 'child' | 'dependent' | 'parent' | 'participant' | 'person';
type OtherKind = 'billing' | 'preferred' | 'seller' | 'someoneElse' | 'staff' | 'teacher';

/** Whether any word of a name is of a kind, in any language. */
export function hasWord(name: string, kind: PersonKind | OtherKind): boolean {
	return wordsOf(spaced(name.slice(0, MAX_LENGTH))).some((word) => dictionary.is(word, kind));
}

/** Whether a name says that it is about the contact. */
export function isAboutContact(name: string): boolean {
	return /contact/i.test(name);
}

/** Whether a name is one of a person who is probably the contact, as in `customer_details`. */
export function isOfContact(name: string): boolean {
	const isPerson = isAboutContact(name) || hasWord(name, 'person') || hasWord(name, 'billing');
	return isPerson && !hasWord(name, 'staff');
}

/** Whether a value is what becomes of records, such as "active", and no state of a country. */
export function isStatus(value: string): boolean {
	const words = wordsOf(value);
	return words.length > 0 && words.every((word) => dictionary.is(word, 'status'));
}

function isQuestion(word: string): boolean {
	return wordsOf(word).every((part) => dictionary.is(part, 'question'));
}

function isRequiredMark(word: string): boolean {
	return wordsOf(word).every((part) => dictionary.qualifiers.get(part)?.get('question')?.has('*'));
}

/** "E-mail / Courriel": the same in two languages. */
function readTranslations(heading: string): readonly Reading[] {
	const parts = heading.split(/[/|(]/).filter((part) => wordsOf(part).length > 0);
	if (parts.length !== 2) return [];
	const [readings = [], others = []] = parts.map((part) => readWords(wordsOf(part)));
	return readings
		.filter(({ meaning }) => others.some((other) => other.meaning === meaning))
		.map((reading) => ({ ...reading, isLabel: false }));
}

function readWords(spelled: readonly string[]): readonly Reading[] {
	const { words, isCopy } = withoutCopyNumber(spelled.flatMap(withoutGlue));
	const joined = spelled.join('');
	if (!words.every((word) => dictionary.knows(word))) return [];
	const matches = MEANINGS.flatMap((meaning): Match[] => {
		const match = matchMeaning(meaning, words, joined);
		return match && !(isCopy && match.person !== '') ? [{ ...match, isCopy }] : [];
	});
	const most = Math.max(...matches.map(({ coveredCount }) => coveredCount));
	const widest = matches.filter(({ coveredCount }) => coveredCount === most);
	const inOrder = widest.filter(({ isInOrder }) => isInOrder);
	return inOrder.length > 0 ? inOrder : widest;
}

function matchMeaning(meaning: Meaning, words: readonly string[], joined: string): Match | undefined {
	const parts = dictionary.parts.get(meaning);
	const known = dictionary.labels.get(meaning) ?? [];
	const whole = known.filter((label) => label.joined === joined);
	const isPart = (word: string, language: string): boolean => {
		const languages = parts?.get(word);
		return languages !== undefined && (languages.has(language) || languages.has('*'));
	};
	const given = new Set(words);
	// "Name, Last Name" is the whole name.
	if (
		whole.length === 0 &&
		given.size < words.length &&
		(meaning === 'firstName' || meaning === 'lastName')
	) {
		return undefined;
	}
	const fitting = known.filter(({ language, words: own }) => {
		if (!own.every((word) => given.has(word))) return false;
		// "Email to" isn't an address, but "the best email to reach you" is.
		const fillerCount = dictionary.fillerCount(own);
		if (meaning === 'other' && fillerCount > 0 && fillerCount < dictionary.fillerCount(words)) return false;
		const languages = language === '*' ? [...dictionary.languages] : [language];
		return languages.some((one) =>
			words.every((word) => isPart(word, one) || dictionary.isAround(word, meaning, one)),
		);
	});
	const found = whole.length > 0 ? whole : fitting;
	if (found.length === 0) return undefined;
	const core = dictionary.coreOf(words);
	const person = words.filter((word) => dictionary.is(word, 'person')).join(' ');
	// "Guest 1 Email" is one of a list of people, but "Buyer Address 1" is a line.
	const isNumber = (word: string) =>
		dictionary.is(word, 'firstOf') && !found.some((label) => label.words.includes(word));
	if (person !== '' && words.some(isNumber)) return undefined;
	const sizeOf = (label: Label) => new Set(label.words.filter((word) => !dictionary.isFiller(word))).size;
	return {
		meaning,
		languages: new Set(found.map(({ language }) => language)),
		rank: rankOf(words, meaning),
		person,
		isLabel: whole.length > 0,
		isCopy: false,
		core,
		coveredCount: whole.length > 0 ? Infinity : Math.max(...found.map(sizeOf)),
		isInOrder: found.some((label) => label.core !== '' && core.includes(label.core) && sizeOf(label) > 0),
	};
}

function rankOf(words: readonly string[], meaning: Meaning): number {
	const ranks = words.flatMap((word) =>
		dictionary.qualifiersOf(word, meaning).flatMap(([kind]) => RANKS.get(kind) ?? []),
	);
	return ranks.includes(1) ? 1 : Math.max(0, ...ranks);
}

/** "Email2" is how forms and sheets distinguish two columns of one name; in "Address1", the number is a word. */
function withoutCopyNumber(glued: readonly string[]): { words: readonly string[]; isCopy: boolean } {
	let isCopy = false;
	const words = glued.flatMap((word) => {
		const [, name = '', number = ''] = /^(\p{L}+)(\d)$/u.exec(word) ?? [];
		if (!dictionary.knows(name)) return [word];
		if (number === '1') return [name, number];
		isCopy = true;
		return [name];
	});
	return { words, isCopy };
}

/** `user Email` for `userEmail`. */
function spaced(text: string): string {
	return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

/** Lower-case words without accents; `e-mail` is one word. */
function wordsOf(text: string): string[] {
	const words: string[] = [];
	for (const word of plainLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
		const isSplitEmail = words.at(-1) === 'e' && /^(?:mail|post|posta)/.test(word);
		if (isSplitEmail) words.pop();
		words.push(isSplitEmail ? `e${word}` : word);
	}
	return words;
}

/** The words that are written together in one; the word itself if it is one, or if a part of it is not known. */
function withoutGlue(word: string): readonly string[] {
	if (dictionary.knows(word)) return [word];
	const label = dictionary.joinedLabels.get(word);
	if (label) return label;
	return split(word, UNSPACED.test(word) ? dictionary.unspacedWords : dictionary.gluedWords) ?? [word];
}

/** From the end to the start, so that the time grows with the length only. */
function split(text: string, words: ReadonlySet<string>): readonly string[] | undefined {
	const rests: Array<readonly string[] | undefined> = [];
	rests[text.length] = [];
	for (let start = text.length - 1; start >= 0; start--) {
		for (let length = Math.min(text.length - start, MAX_PART); length > 0; length--) {
			const rest = rests[start + length];
			const head = text.slice(start, start + length);
			if (!rest || !words.has(head)) continue;
			rests[start] = [head, ...rest];
			break;
		}
	}
	return rests[0];
}

function isMeaning(kind: string): kind is Meaning {
	return MEANINGS.some((meaning) => meaning === kind);
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
