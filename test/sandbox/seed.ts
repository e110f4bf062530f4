import type { Account, ImportScript } from './account';
import { hasOnlyKeys, isRecord } from '../guards';
import type { ContactSeed, FieldSeed, ListSeed } from './model';

/** Objects to add to an account, as plain JSON; contacts last, so that they can name the others. */
export interface Seed {
	fields?: FieldSeed[];
	lists?: ListSeed[];
	tags?: string[];
	/** `startsOnList` is the id or the name of a list. */
	automations?: Array<string | { name: string; active?: boolean; startsOnList?: string }>;
	/** Names. */
	companies?: string[];
	contacts?: ContactSeed[];
	/** Segments with the addresses of who is in them. */
	segments?: Array<{ name: string; emails: string[] }>;
	/** Addresses. */
	excludeFromImport?: string[];
	failInImport?: string[];
	refuseInImport?: Array<{ emailIncludes: string; reason: string }>;
	/** How the next imports end. */
	imports?: ImportScript[];
}

/** The ids of what was added, in the order given. */
export interface Planted {
	fields: string[];
	lists: string[];
	tags: string[];
	automations: string[];
	contacts: string[];
	segments: string[];
}

const SEED_KEYS = [
	'fields',
	'lists',
	'tags',
	'automations',
	'companies',
	'contacts',
	'segments',
	'excludeFromImport',
	'failInImport',
	'refuseInImport',
	'imports',
];

/** Whether a seed that came as JSON names only known kinds, each with an array of texts or objects. */
export function isSeed(value: unknown): value is Seed {
	return (
		isRecord(value) &&
		hasOnlyKeys(value, SEED_KEYS) &&
		Object.values(value).every(
			(given) => Array.isArray(given) && given.every((one) => typeof one === 'string' || isRecord(one)),
		)
	);
}

/** Adds the objects. @throws Error when one names a field, list or automation that is not there */
export function plant(account: Account, seed: Seed): Planted {
	const fields = (seed.fields ?? []).map((field) => account.addField(field).id);
	const lists = (seed.lists ?? []).map((list) => account.addList(list).id);
	const tags = (seed.tags ?? []).map((name) => account.addTag(name).id);
	const automations = (seed.automations ?? []).map((given) => {
		const { name, active, startsOnList } = typeof given === 'string' ? { name: given } : given;
		const listId = startsOnList === undefined ? undefined : account.listBy(startsOnList).id;
		return account.addAutomation(name, { active, startsOnList: listId }).id;
	});
	for (const name of seed.companies ?? []) account.addCompany(name);
	const contacts = (seed.contacts ?? []).map((contact) => account.addContact(contact).id);
	for (const email of seed.excludeFromImport ?? []) account.excludeFromImport(email);
	for (const email of seed.failInImport ?? []) account.failInImport(email);
	for (const { emailIncludes, reason } of seed.refuseInImport ?? []) {
		account.refuseInImport(({ email }) => String(email).includes(emailIncludes), reason);
	}
	for (const script of seed.imports ?? []) account.scriptImport(script);
	const segments = (seed.segments ?? []).map(({ name, emails }) => {
		const members = new Set(emails.map((email) => email.toLowerCase()));
		return account.addSegment(name, ({ email }) => members.has(email.toLowerCase())).id;
	});
	return { fields, lists, tags, automations, contacts, segments };
}
