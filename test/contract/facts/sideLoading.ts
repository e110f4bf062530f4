import { CROWD_SIZE, CROWD_TAGS, crowd, MAX_TAGS } from '../crowd';
import { anyOf, CannotTry, shared, type Fact, type FactGroup } from '../fact';
import { at, rowsOf, text } from '../read';

const COLLECTIONS = ['contactLists', 'contactTags', 'contactAutomations', 'fieldValues', 'accountContacts'];
/** How many rows of each collection the crowd has. */
const CROWD_ROWS: Record<string, number> = {
	contactLists: CROWD_SIZE,
	contactTags: (CROWD_SIZE - 1) * CROWD_TAGS + MAX_TAGS,
	fieldValues: CROWD_SIZE,
};
const NESTED: ReadonlyArray<[string, string]> = [
	['contactLists.list', 'lists'],
	['contactTags.tag', 'tags'],
	['fieldValues.field', 'fields'],
];
const MAX_IDS = 100;
/** Above any id that an account has. */
const FIRST_UNKNOWN_ID = 2_000_000_001;

function idsQuery(ids: readonly string[]): Array<[string, string]> {
	return ids.map((id) => ['ids[]', id]);
}

/** One request for 100 contacts, those that there are coming last, with all collections. */
const loaded = shared(async (run) => {
	const { ids } = await crowd(run);
	const unknown = Array.from({ length: MAX_IDS - ids.length }, (_, index) =>
		String(FIRST_UNKNOWN_ID + index),
	);
	const query = new URLSearchParams([
		...idsQuery([...unknown, ...ids]),
		['include', COLLECTIONS.join(',')],
		['status', '-1'],
		['limit', '100'],
	]);
	return await run.get(`/contacts?${query.toString()}`);
});

const nestedLoaded = shared(async (run) => {
	const { ids } = await crowd(run);
	const query = new URLSearchParams([
		...idsQuery(ids),
		['include', NESTED.map(([name]) => name).join(',')],
		['status', '-1'],
		['limit', '100'],
	]);
	return await run.get(`/contacts?${query.toString()}`);
});

const SOURCE = 'API reference, Side Loading';
const USED_FOR = 'memberships, tags, automations and values of up to 100 contacts are read in one request';

/** Whether all rows that the contacts name are there. */
function collectionFact(name: string): Fact {
	const rows = CROWD_ROWS[name] ?? 0;
	const isKnown = name !== 'contactAutomations' && name !== 'accountContacts';
	return {
		name: `include=${name} loads all rows that ${CROWD_SIZE} contacts name, ${rows} in all, or nothing`,
		certainty: isKnown ? 'documented' : 'believed',
		source: isKnown ? SOURCE : 'which names an account loads is not listed anywhere',
		usedFor: USED_FOR,
		code: 'sideLoading',
		expected: anyOf({ loaded: rows, named: rows, missing: 0 }, 'not loaded'),
		observe: async (run) => {
			const reply = await loaded(run);
			const { ids } = await crowd(run);
			const contacts = rowsOf(reply, 'contacts');
			if (contacts.length !== ids.length || contacts.some((row) => !ids.includes(text(row.id))))
				throw new CannotTry('ids[] did not give just the contacts asked for');
			const collection = at(reply.body, name);
			if (!Array.isArray(collection)) return 'not loaded';
			const there = new Set(rowsOf(reply, name).map((row) => text(row.id)));
			const named = contacts.flatMap((contact) => {
				const ids = contact[name];
				return Array.isArray(ids) ? ids.map(text) : [];
			});
			return {
				loaded: there.size,
				named: named.length,
				missing: named.filter((id) => !there.has(id)).length,
			};
		},
	};
}

export const sideLoadingFacts: FactGroup = {
	title: 'Many contacts at once',
	facts: [
		{
			name: `ids[] takes ${MAX_IDS} ids and gives just those contacts, or is ignored`,
			certainty: 'documented',
			source: 'API reference, List all contacts; how many ids it takes is not said',
			usedFor: USED_FOR,
			code: 'contactReads',
			expected: anyOf({ asked: CROWD_SIZE, others: 0 }, 'ignored'),
			observe: async (run) => {
				const { ids } = await crowd(run);
				const found = rowsOf(await loaded(run), 'contacts').map((row) => text(row.id));
				const asked = found.filter((id) => ids.includes(id)).length;
				return asked < found.length ? 'ignored' : { asked, others: 0 };
			},
		},
		...COLLECTIONS.map(collectionFact),
		...NESTED.map(([name, collection]): Fact => ({
			name: `include=${name} loads ${collection}`,
			certainty: 'recorded',
			source: `${SOURCE}; public clients`,
			expected: 'loaded',
			observe: async (run) =>
				rowsOf(await nestedLoaded(run), collection).length > 0 ? 'loaded' : 'not loaded',
		})),
		{
			name: 'Without include, GET /contacts loads none of them',
			certainty: 'recorded',
			source: 'public recordings',
			expected: [],
			observe: async (run) => {
				const { firstEmail } = await crowd(run);
				const reply = await run.get(`/contacts?email=${encodeURIComponent(firstEmail)}`);
				return COLLECTIONS.filter((name) => rowsOf(reply, name).length > 0);
			},
		},
	],
};
