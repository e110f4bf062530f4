import { textOf } from '../shared/json';
import { quote, visibleText } from '../shared/text';

/** Longer than any word, number or mark that is looked for here. */
const MAX_LENGTH = 60;

/** What people and programs write for a missing value, without blanks, dots and brackets. */
const NOTHING = new Set(
	[
		'null nil none nan na n/a n\\a undefined unknown empty blank notavailable notapplicable notprovided notspecified',
		'notset novalue nodata noanswer tbd - -- --- – — _ ? ?? x/x 0000-00-00 0000-00-00t00:00:00 0000-00-0000:00:00',
		'00/00/0000 00000000 ka keine keineangabe keineangaben keiner nichtangegeben unbekannt entfällt',
		'aucun aucune s/o sansobjet nonrenseigné nonrenseignée néant inconnu ninguno ninguna nodisponible noaplica desconocido',
		'nenhum nenhuma nãoinformado nãodisponível nessuno nessuna nondisponibile nonspecificato nvt geen onbekend',
		'brak niedotyczy nedostupné neuvedeno ingen inget ingenting saknas ukendt eisaatavilla yok belirtilmemiş нет нетданных н/д',
		'なし 無し 無 无 暂无 없음 해당없음 nema nemá няма немає khôngcó tidakada ไม่มี אין لايوجد',
	].flatMap((line) => line.split(' ')),
);

/** What spreadsheets show in a cell whose formula fails, in several languages. */
const CELL_ERRORS = new Set(
	[
		'#REF! #N/A #N/A! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #ERROR! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN!',
		'#GETTING_DATA #PYTHON! #CIRC! #BEZUG! #WERT! #NV #ZAHL! #ÜBERLAUF! #VALEUR! #NOM? #NOMBRE! #NUL! #¡REF! #¡VALOR!',
		'#¡DIV/0! #¿NOMBRE? #¡NUM! #¡NULO! #N/D #N/D! #RIF! #VALORE! #NOME? #NULLO! #VALOR! #NÚM! #NULO! #VERW! #WAARDE! #NAAM?',
		'#GETAL! #LEEG! #DEEL/0! #N/B #ADR! #ARG! #NAZWA? #LICZBA! #ZERO! #DZIEL/0! #LOADING... LOADING...',
	].flatMap((line) => line.split(' ')),
);

/** LibreOffice's. */
const NUMBERED_ERROR = /^ERR:5\d\d$/;

const QUOTES = new Set(['""', "''", '“”', '„“', '„”', '””', '‘’', '’’', '«»']);

const YES = new Set(
	(
		'true yes y t on 1 x checked selected agreed ✓ ✔ ☑ ✅ ja j wahr oui vrai sí si verdadero sim verdadeiro vero tak prawda ' +
		'ano áno pravda да истина evet doğru kyllä igen igaz waar sand sann はい 是 예 네 true() ' +
		'так da ναι taip jā jah có ya iya ใช่ כן نعم'
	).split(' '),
);
const NO = new Set(
	(
		'false no n f off 0 unchecked ☐ ✗ ✘ ❌ nein falsch non faux falso não nao nee onwaar nie fałsz ne nej nei нет ложь hayır ' +
		'yanlış ei epätosi nem hamis falsk いいえ 否 아니요 아니오 false() ' +
		'ні nu όχι nē không tidak ไม่ ไม่ใช่ לא لا'
	).split(' '),
);
/** Marks that say yes or no as a value, but not as the name of an option. */
const ONLY_VALUES = new Set(['1', '0', 'x', 't', 'f', 'j', 'on', 'off']);

/** A number of which a spreadsheet has kept only the first digits: `4.479E+11`. */
const LOST_DIGITS = /^[-+]?(?:\d[.,]\d+e\+?\d{1,3}|\de\+\d{1,3})$/i;

/** What stands in a text where an expression was given an object, or a date that is none. */
const BROKEN = /\[object [A-Z]\w{0,30}\]/;
const BROKEN_DATES: ReadonlySet<string> = new Set(['Invalid Date', 'Invalid DateTime']);

/** Whether a value is a word for a missing one: `N/A`, `null`, `-`. */
export function isNothing(value: unknown): boolean {
	const text = shortText(value).toLowerCase();
	return text !== '' && (NOTHING.has(text) || NOTHING.has(text.replace(/[\s.()<>[\]{}]/g, '')));
}

/** Whether a value is what a spreadsheet shows for a formula that fails. */
export function isCellError(value: unknown): boolean {
	const text = shortText(value).toUpperCase();
	return CELL_ERRORS.has(text) || NUMBERED_ERROR.test(text);
}

/** What to say of a spreadsheet's error, which counts as blank. @param name of the field or parameter that it was for */
export function cellErrorWarning(name: string, value: unknown): string {
	return `${quote(name)}: ${quote(textOf(value))} is what a spreadsheet shows for a formula that fails: skipped`;
}

/**
 * A text without what spreadsheets put around it to keep it a text: an apostrophe before it, `="…"`, quotation marks; and
 * without what is not seen.
 */
export function withoutMarks(text: string): string {
	const visible = visibleText(text);
	const typed = visible.startsWith('="') ? visible.slice(1) : visible;
	return withoutQuotes(typed)
		.replace(/^['’‘]/, '')
		.trim();
}

/** A text without a pair of quotation marks around it. */
export function withoutQuotes(text: string): string {
	const isQuoted = text.length > 1 && QUOTES.has(text.charAt(0) + text.charAt(text.length - 1));
	return isQuoted ? text.slice(1, -1) : text;
}

/** Whether digits of a number are lost: as text in scientific notation, or as a number beyond what JavaScript keeps. */
export function hasLostDigits(value: unknown): boolean {
	if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
	return LOST_DIGITS.test(withoutMarks(shortText(value)));
}

/** What an expression has left in a text in place of a value, such as `[object Object]`; undefined in a sound text. */
export function brokenPart(text: string): string | undefined {
	const trimmed = text.trim();
	return BROKEN_DATES.has(trimmed) ? trimmed : BROKEN.exec(text)?.[0];
}

/** Yes or no, in the words of several languages; undefined for anything else. @param isName whether it names an option */
export function yesOrNoIn(text: string, isName = false): boolean | undefined {
	const word = shortText(text).toLowerCase();
	if (isName && ONLY_VALUES.has(word)) return undefined;
	if (YES.has(word)) return true;
	return NO.has(word) ? false : undefined;
}

/** The text without invisible characters; '' for other values, and for a text too long to be a word. */
function shortText(value: unknown): string {
	return typeof value === 'string' && value.length <= MAX_LENGTH ? visibleText(value) : '';
}
