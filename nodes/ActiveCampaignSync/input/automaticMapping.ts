import { isBlankValue, isObject, textOf, type JsonObject } from '../shared/json';
import { oncePer } from '../shared/memo';
import { quote } from '../shared/text';
import {
	claimColumns,
	FULL_NAME,
	INFIX,
	NAMED,
	NAME_COLUMNS,
	SOMEONE_ELSE,
	type Claim,
	type Claims,
} from './claims';
import { columnName } from './columns';
import { isSameEmail } from './contactReference';
import type { GivenCustomField, MappedKey, UnmappedKey } from './contactPlan';
import { hasWord, isAboutContact, isAboutSomeoneElse, isOfContact } from './headings';
import { fitsMeaning, soleAddress, splitName, type SplitName } from './headingValues';
import { NOTION_PREFIX, notionColumns, readItemKeys } from './itemKeys';
import type { FieldCatalog } from '../fields/fieldCatalog';
import { STANDARD_COLUMNS } from '../fields/field';

/** Which columns the keys of an item fill. */
interface Mapping {
	/** By column id. */
	readonly values: ReadonlyMap<string, unknown>;
	/** Column id → the key that fills it. */
	readonly keys: ReadonlyMap<string, string>;
	/** What was not read by its name. */
	readonly mapped: readonly MappedKey[];
	/** In the order of the input. */
	readonly unmapped: readonly UnmappedKey[];
}

/** What automatic mapping makes of an item. */
export interface MappedItem extends Mapping {
	/** The item's custom fields, in an object, as this node outputs them. */
	readonly customFields: ReadonlyMap<string, unknown>;
	/** Where an email address is that was not taken, since it may be someone else's: paths to objects, with its key. */
	readonly elsewhere: ReadonlyArray<{ readonly path: readonly string[]; readonly key: string }>;
}

/** An item and what its keys claim. */
interface ClaimedItem {
	readonly given: ReadonlyMap<string, unknown>;
	readonly claims: Claims;
}

/** A whole name taken apart, and why other keys with one are not used. */
interface WholeName {
	readonly key: string;
	readonly parts: ReadonlyArray<readonly [string, string]>;
	readonly reasons: ReadonlyArray<readonly [string, string]>;
}

/** How deep in an item an address is looked for, to name it in a message. */
const MAX_DEPTH = 3;

/**
 * So many sets of keys are remembered for an account: a run has one or a few, unless its items lack the keys of what is
 * blank.
 */
const MAX_KEY_SETS = 500;

/** Where newsletter tools have what is not the address: Brevo, MailerLite and Kit, Mailchimp, Segment. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['attributes', 'fields', 'merge_fields', 'traits']);

const UNFIT: ReadonlyMap<string, string> = new Map([
	['email', 'The value is not an email address'],
	['phone', 'The value is not a phone number'],
	['firstName', 'The value is not a name'],
	['lastName', 'The value is not a name'],
]);
const NOT_SPLIT = 'Cannot tell the first name from the last name';

/**
 * Maps an item's own keys and, for what they leave open, those of an object in it that has the same address, such as the
 * customer of an order. If none of its own is about a person and exactly one object in it has an email address, the keys of
 * that object, as in the body of a webhook.
 */
export function mapItem(json: JsonObject, catalog: FieldCatalog): MappedItem {
	const page = notionColumns(json);
	if (page) {
		const nameOf = (key: string) => `${NOTION_PREFIX}${key}`;
		return { ...renamed(mapObject(page, catalog), nameOf, catalog), elsewhere: [] };
	}
	const item = mapObject(json, catalog);
	const hasAddress = !isBlankValue(item.values.get('email'));
	if (hasAddress) return { ...completed(item, json, catalog), elsewhere: [] };
	const elsewhere = addressesIn(json, catalog);
	const near = elsewhere.filter(({ path }) => path.length === 1).map(({ path: [key = ''] }) => key);
	// A sale comes with the buyer and the seller.
	const buyers = near.filter((key) => !hasWord(key, 'seller'));
	const people = buyers.some(isOfContact) ? buyers : near;
	const [name = ''] = people;
	const value = people.length === 1 ? json[name] : undefined;
	const inner = isObject(value) ? mapObject(value, catalog) : undefined;
	const isBlank = item.values.has('email');
	const addsNone = isBlank && (isBlankValue(inner?.values.get('email')) || !isOfContact(name));
	if (!inner || addsNone || isAboutPerson(item, inner) || isSomeoneElse(name, json)) {
		return { ...item, elsewhere: isBlank ? [] : elsewhere };
	}
	const whole = isObject(value) ? completed(inner, value, catalog) : inner;
	return { ...renamed(whole, (key) => `${name}.${key}`, catalog), elsewhere: [] };
}

/** Whether an item's own keys are about a person. A bare `name` beside an object with names may be that of a form. */
function isAboutPerson(item: Mapping, inner: Mapping): boolean {
	const filled = [...STANDARD_COLUMNS.keys()].filter((column) => !isBlankValue(item.values.get(column)));
	const isOnlyName = filled.every((column) => item.keys.get(column) === 'name');
	return filled.length > 0 && !(isOnlyName && NAME_COLUMNS.some((column) => inner.values.has(column)));
}

/**
 * Whether an object in an item may be about somebody else: by its name, or as a `user` beside a `contact`. Who pays an
 * `invoice` is in the `user` beside it.
 */
function isSomeoneElse(name: string, json: JsonObject): boolean {
	const isPerson = ([key, value]: [string, unknown]) =>
		isAboutContact(key) || (isOfContact(key) && key !== 'invoice' && typeof value === 'object');
	return isAboutSomeoneElse(name) || (hasWord(name, 'staff') && Object.entries(json).some(isPerson));
}

/** An item that has an address, and what an object in it with the same address adds. */
function completed<Mapped extends Mapping>(item: Mapped, json: JsonObject, catalog: FieldCatalog): Mapped {
	const address = textOf(item.values.get('email'));
	if (address === '') return item;
	const [found] = innerObjects(json).flatMap(([name, value]) => {
		const inner = mapObject(value, catalog);
		const isSame = isSameEmail(textOf(inner.values.get('email')), address);
		return isSame || (ATTRIBUTES.has(name) && !inner.values.has('email')) ? [{ name, inner }] : [];
	});
	if (!found) return item;
	const { name, inner } = found;
	const added = [...inner.keys].flatMap(([column, key]) => {
		const value = inner.values.get(column);
		const isOpen = isBlankValue(item.values.get(column)) && !isBlankValue(value);
		return isOpen ? [{ column, value, from: `${name}.${key}` }] : [];
	});
	return {
		...item,
		values: new Map([...item.values, ...added.map(({ column, value }) => [column, value] as const)]),
		keys: new Map([...item.keys, ...added.map(({ column, from }) => [column, from] as const)]),
		mapped: [
			...item.mapped,
			...added.map(({ column, from }) => ({ field: columnName(column, catalog), from })),
		],
		unmapped: item.unmapped.filter(({ key }) => key !== name),
	};
}

/** The objects in an item by their keys, but for this node's own custom fields. */
function innerObjects(json: JsonObject): Array<readonly [string, JsonObject]> {
	return Object.entries(json).flatMap(([key, value]) =>
		isObject(value) && key !== 'customFields' ? [[key, value] as const] : [],
	);
}

/** A mapping of keys that are called otherwise in the item, so that all of them are shown. */
function renamed<Mapped extends Mapping>(
	{ keys, unmapped, ...rest }: Mapped,
	nameOf: (key: string) => string,
	catalog: FieldCatalog,
) {
	const filled = [...keys].filter(([column]) => !isBlankValue(rest.values.get(column)));
	return {
		...rest,
		keys: new Map([...keys].map(([column, key]) => [column, nameOf(key)])),
		mapped: filled.map(([column, key]) => ({ field: columnName(column, catalog), from: nameOf(key) })),
		unmapped: unmapped.map(({ key, reason }) => ({ key: nameOf(key), reason })),
	};
}

function mapObject(json: JsonObject, catalog: FieldCatalog): Omit<MappedItem, 'elsewhere'> {
	const { given, customFields } = readItemKeys(json);
	return { ...mapKeys(given, catalog), customFields };
}

/** The objects within an item that have an email address, the outer ones first. */
function addressesIn(
	json: JsonObject,
	catalog: FieldCatalog,
	outer: readonly string[] = [],
): MappedItem['elsewhere'] {
	if (outer.length === MAX_DEPTH) return [];
	const objects = innerObjects(json).map(([key, value]) => ({ path: [...outer, key], value }));
	const found = objects.flatMap(({ path, value }) => {
		const key = mapObject(value, catalog).keys.get('email');
		return key === undefined ? [] : [{ path, key }];
	});
	return found.length > 0 ? found : objects.flatMap(({ path, value }) => addressesIn(value, catalog, path));
}

/**
 * Fills columns from the keys of one object. Of several keys that claim a column, the first fills it whose value fits. A
 * blank value fills a column that no other key can fill, since it may be meant to clear the field.
 */
export function mapKeys(given: ReadonlyMap<string, unknown>, catalog: FieldCatalog): Mapping {
	const item = { given, claims: claimsOf([...given.keys()], catalog) };
	const chosen = new Map<string, Claim>();
	const lost = new Map<string, string>();
	for (const [column, rivals] of item.claims.columns) {
		if (column === FULL_NAME || column === INFIX) continue;
		const best = choose(rivals, item);
		if (best) chosen.set(column, best);
		for (const rival of rivals) {
			if (rival === best || isBlankValue(given.get(rival.key))) continue;
			lost.set(rival.key, reasonAgainst(rival, best, item, columnName(column, catalog)));
		}
	}
	const values = new Map([...chosen].map(([column, { key }]) => [column, valueFor(column, given.get(key))]));
	const keys = new Map([...chosen].map(([column, { key }]) => [column, key]));
	const guessed = new Set(
		[...chosen.values()].filter((claim) => !isNamed(claim)).map(({ column }) => column),
	);
	const lastName = textOf(values.get('lastName'));
	const infix = infixFor(chosen.get('lastName'), item);
	if (infix !== '' && lastName !== '' && !lastName.startsWith(`${infix} `)) {
		values.set('lastName', `${infix} ${lastName}`);
	}
	const whole = splitWholeName(item, values);
	for (const [column, part] of whole.parts) {
		values.set(column, part);
		keys.set(column, whole.key);
		guessed.add(column);
	}
	for (const [key, reason] of whole.reasons) lost.set(key, reason);
	const read = [...keys].filter(([column]) => guessed.has(column) && !isBlankValue(values.get(column)));
	return {
		values,
		keys,
		mapped: read.map(([column, from]) => ({ field: columnName(column, catalog), from })),
		unmapped: [...given.keys()].flatMap((key) => {
			const reason = lost.get(key) ?? item.claims.reasons.get(key);
			return reason === undefined ? [] : [{ key, reason }];
		}),
	};
}

/** What goes before the last name of the same person, such as "van der"; '' for nothing. */
function infixFor(lastName: Claim | undefined, { given, claims }: ClaimedItem): string {
	const infix = claims.columns.get(INFIX)?.find(({ person }) => person === lastName?.person);
	return infix ? textOf(given.get(infix.key)) : '';
}

function valueFor(column: string, value: unknown): unknown {
	return column === 'email' ? soleAddress(value) : value;
}

function choose(rivals: readonly Claim[], item: ClaimedItem): Claim | undefined {
	const filled = rivals.filter(({ key }) => !isBlankValue(item.given.get(key)));
	const fitting = filled.find((claim) => fits(claim, item));
	const unfit = filled.filter((claim) => !fits(claim, item));
	// Where the column's own key is blank, someone else's value may not stand in for it.
	if (fitting && (!fitting.isSubstitute || unfit.length > 0 || isContact(fitting, item))) return fitting;
	const blank = rivals.find(({ key }) => isBlankValue(item.given.get(key)));
	return unfit.find((claim) => staysIfUnfit(claim, item)) ?? blank;
}

/** Whether a person that the keys name is the contact, since both have one address. */
function isContact({ person }: Claim, { given, claims }: ClaimedItem): boolean {
	const addressOf = (owner: string): string => {
		const address = claims.columns.get('email')?.find((claim) => claim.person === owner);
		return address ? textOf(given.get(address.key)) : '';
	};
	return person !== '' && addressOf('') !== '' && isSameEmail(addressOf(''), addressOf(person));
}

function fits(claim: Claim, { given, claims }: ClaimedItem): boolean {
	const { key, column, meaning, beside } = claim;
	const value = given.get(key);
	if (isYesOrNo(claim, value)) return false;
	if (column === 'email' || column === 'phone') return fitsMeaning(column, value);
	if (meaning === undefined || isNamed(claim)) return true;
	if (!fitsMeaning(meaning, value)) return false;
	const neighbors = beside === undefined ? [] : (claims.columns.get(beside) ?? []);
	return !neighbors.some((neighbor) => {
		const part = textOf(given.get(neighbor.key));
		return part !== '' && textOf(value).includes(part);
	});
}

function isNamed({ certainty }: Claim): boolean {
	return certainty === 'exact' || certainty === 'name';
}

/** No name or phone number: Odoo has `false` in place of a blank. */
function isYesOrNo({ column }: Claim, value: unknown): boolean {
	return typeof value === 'boolean' && column !== 'email' && STANDARD_COLUMNS.has(column);
}

/** Whether a value is taken even if it does not fit: the message about it then says what is wrong. */
function staysIfUnfit(claim: Claim, { given }: ClaimedItem): boolean {
	if (isYesOrNo(claim, given.get(claim.key))) return false;
	const isLabel = claim.certainty === 'label' && claim.column === claim.meaning;
	return isNamed(claim) || (isLabel && claim.column !== 'phone');
}

function reasonAgainst(rival: Claim, best: Claim | undefined, item: ClaimedItem, name: string): string {
	if (!fits(rival, item)) return UNFIT.get(rival.column) ?? `The value does not fit ${quote(name)}`;
	return best ? `${quote(name)} is filled from ${quote(best.key)}` : SOMEONE_ELSE;
}

/** First and last name from the first key that has both of them, where no other key has either. */
function splitWholeName(item: ClaimedItem, values: ReadonlyMap<string, unknown>): WholeName {
	const { given, claims } = item;
	const filled = (claims.columns.get(FULL_NAME) ?? []).filter(({ key }) => !isBlankValue(given.get(key)));
	const isKnown = NAME_COLUMNS.some((column) => !isBlankValue(values.get(column)));
	const splits = filled.map((claim) => ({
		key: claim.key,
		name: splitName(given.get(claim.key), claim),
		isOthers: claim.isSubstitute === true && !isContact(claim, item),
	}));
	const best = isKnown ? undefined : splits.find(({ name, isOthers }) => name !== undefined && !isOthers);
	const reasonFor = (name: SplitName | undefined, isOthers: boolean): string => {
		if (isKnown) return NAMED;
		if (isOthers) return SOMEONE_ELSE;
		return best && name ? `The name is filled from ${quote(best.key)}` : NOT_SPLIT;
	};
	return {
		key: best?.key ?? '',
		parts: NAME_COLUMNS.flatMap((column) => {
			const part = best?.name?.[column] ?? '';
			return part === '' ? [] : [[column, part] as const];
		}),
		reasons: splits.flatMap(({ key, name, isOthers }) =>
			key === best?.key ? [] : [[key, reasonFor(name, isOthers)] as const],
		),
	};
}

function claimsOf(keys: readonly string[], catalog: FieldCatalog): Claims {
	const sets = knownClaims(catalog);
	const id = JSON.stringify(keys);
	const known = sets.get(id);
	if (known) return known;
	const claims = claimColumns(keys, catalog);
	if (sets.size >= MAX_KEY_SETS) sets.clear();
	sets.set(id, claims);
	return claims;
}

const knownClaims = oncePer<FieldCatalog, Map<string, Claims>>(() => new Map());

/**
 * The custom fields in a `customFields` object. They never mean a standard column: an account may have a custom field
 * called "Phone".
 * @param filled IDs of fields that keys of the item itself fill; these go first
 */
export function matchCustomFields(
	customFields: ReadonlyMap<string, unknown>,
	filled: ReadonlySet<string>,
	catalog: FieldCatalog,
): { matched: GivenCustomField[]; unmapped: UnmappedKey[] } {
	const matched: GivenCustomField[] = [];
	const unmapped: UnmappedKey[] = [];
	for (const [key, value] of customFields) {
		const [field, ...others] = catalog.named(key);
		if (!field || others.length > 0)
			unmapped.push({ key: `customFields.${key}`, reason: 'No custom field has this name' });
		else if (!filled.has(field.id)) matched.push({ reference: field.id, mode: 'id', value });
	}
	return { matched, unmapped };
}
