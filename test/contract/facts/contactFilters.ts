import { ownList } from '../catalog';
import { crowd } from '../crowd';
import { anyOf, CannotTry, shared, type Fact, type FactGroup } from '../fact';
import { addressFor } from '../names';
import { rowsOf, text } from '../read';
import type { Run } from '../run';

/** What an account may do with a filter: the node compares what comes back, so it is right with either. */
const FILTERED = 'just those';
const IGNORED = 'ignored';
const REFERENCE = 'API reference, List all contacts';

/** Days after and before which no contact of the run was made or changed. */
const LATER = '2999-01-01';
const EARLIER = '2000-01-01';

/** The address of a contact that has unsubscribed from the list to which the crowd is subscribed. */
const leaver = shared(async (run) => {
	const list = await ownList(run);
	const email = addressFor(run.newName());
	const contact = await run.newContact({ email });
	await run.write('POST', '/contactLists', { contactList: { list, contact, status: 2 } });
	return email;
});

/** Whether a filter lets the contact of an address through. */
async function passes(run: Run, email: string, query: string): Promise<boolean> {
	const reply = await run.get(`/contacts?limit=100&email_like=${encodeURIComponent(email)}&${query}`);
	return rowsOf(reply, 'contacts').some((row) => text(row.email).toLowerCase() === email.toLowerCase());
}

/** The query with a tag that only the first contact of the crowd has. */
async function byTag(run: Run): Promise<string> {
	const { firstTag } = await crowd(run);
	const reply = await run.get(`/tags?filters[search][eq]=${firstTag}&limit=100`);
	const id = text(rowsOf(reply, 'tags').find(({ tag }) => tag === firstTag)?.id);
	if (id === '') throw new CannotTry("a tag of the run's contacts was not found");
	return `tagid=${id}`;
}

interface Filtering {
	query: string;
	/** The address of a contact that the filter is to find; none where it is to find nobody. */
	wanted?: string;
	/** The address of one that it is not to find. */
	unwanted: string;
}

function filterFact(name: string, prepare: (run: Run) => Promise<Filtering>): Fact {
	return {
		name: `${name}, or is ignored`,
		certainty: 'documented',
		source: REFERENCE,
		usedFor: 'contacts are read by what they are, and each is compared with what was asked for',
		code: 'contactReads',
		expected: anyOf(FILTERED, IGNORED),
		observe: async (run) => {
			const { query, wanted, unwanted } = await prepare(run);
			if (wanted !== undefined && !(await passes(run, wanted, query))) return 'not even those';
			return (await passes(run, unwanted, query)) ? IGNORED : FILTERED;
		},
	};
}

export const contactFilterFacts: FactGroup = {
	title: 'Contacts by what they are',
	facts: [
		filterFact('tagid finds the contacts that have a tag', async (run) => {
			const { firstEmail, lastEmail } = await crowd(run);
			return { query: await byTag(run), wanted: firstEmail, unwanted: lastEmail };
		}),
		filterFact('listid with status 1 finds those subscribed to a list', async (run) => {
			const { firstEmail, list } = await crowd(run);
			return { query: `listid=${list}&status=1`, wanted: firstEmail, unwanted: await leaver(run) };
		}),
		filterFact('listid with status 2 finds those who unsubscribed from a list', async (run) => {
			const { firstEmail, list } = await crowd(run);
			return { query: `listid=${list}&status=2`, wanted: await leaver(run), unwanted: firstEmail };
		}),
		filterFact('tagid and listid find those to whom both apply', async (run) => {
			const { firstEmail, lastEmail, list } = await crowd(run);
			const query = `${await byTag(run)}&listid=${list}&status=1`;
			return { query, wanted: firstEmail, unwanted: lastEmail };
		}),
		...['filters[updated_after]', 'filters[created_after]'].map((filter) =>
			filterFact(`${filter} finds nobody after a day to come`, async (run) => {
				const { firstEmail } = await crowd(run);
				return { query: `${filter}=${LATER}`, unwanted: firstEmail };
			}),
		),
		{
			name: 'filters[updated_after] and filters[created_after] find everybody after a day long ago',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'nobody who has changed since the last run is missed',
			code: 'contactReads',
			expected: true,
			observe: async (run) => {
				const { firstEmail } = await crowd(run);
				const query = `filters[updated_after]=${EARLIER}&filters[created_after]=${EARLIER}`;
				return await passes(run, firstEmail, query);
			},
		},
		{
			name: 'id_greater with orders[id]=ASC finds the next contacts in the order of their ids, or is ignored',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'the contacts of an import are found by their ids where ids[] is ignored',
			code: 'importedContacts',
			expected: anyOf(FILTERED, IGNORED),
			observe: async (run) => {
				const [first = 0, ...next] = (await crowd(run)).ids.map(Number).sort((one, other) => one - other);
				const query = `limit=2&status=-1&email_like=${run.name}&id_greater=${first}&orders[id]=ASC`;
				const found = rowsOf(await run.get(`/contacts?${query}`), 'contacts').map(({ id }) => Number(id));
				if (found.length === 2 && found.every((id, index) => id === next[index])) return FILTERED;
				return found.some((id) => id <= first) ? IGNORED : `${found.length} others`;
			},
		},
		{
			name: 'segmentid finds the contacts of a segment, once the account has looked them up',
			certainty: 'documented',
			source: `${REFERENCE}: the first request begins the search, later ones within an hour have its result`,
			expected: anyOf(FILTERED, IGNORED),
			observe: () => Promise.reject(new CannotTry('never tried: it takes a segment, which is made by hand')),
		},
	],
};
