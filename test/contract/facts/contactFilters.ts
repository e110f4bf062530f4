import { contactAt, ownList } from '../catalog';
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

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const MINUTE_MS = 60_000;

/** A contact of the run, and when it was created. @throws CannotTry where the account does not say */
async function created(run: Run): Promise<{ email: string; cdate: string }> {
	const { firstEmail: email } = await crowd(run);
	const cdate = text((await contactAt(run, email))?.cdate);
	if (Number.isNaN(Date.parse(cdate))) throw new CannotTry('the contact has no date of creation');
	return { email, cdate };
}

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
		code: 'contactFilters',
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
			code: 'contactFilters',
			expected: true,
			observe: async (run) => {
				const { firstEmail } = await crowd(run);
				const query = `filters[updated_after]=${EARLIER}&filters[created_after]=${EARLIER}`;
				return await passes(run, firstEmail, query);
			},
		},
		{
			name: 'filters[created_after] takes a day from its beginning, or what comes after it',
			certainty: 'believed',
			source: `${REFERENCE}: "created after this date"; the node asks for an earlier day and compares the moments`,
			expected: anyOf('from its beginning', 'what comes after it'),
			observe: async (run) => {
				const { email, cdate } = await created(run);
				const isFound = await passes(run, email, `filters[created_after]=${cdate.slice(0, DAY_LENGTH)}`);
				return isFound ? 'from its beginning' : 'what comes after it';
			},
		},
		{
			name: 'filters[created_after] takes a moment as it is, or as its day',
			certainty: 'believed',
			source: 'public clients send moments, the reference says date; the node sends days',
			expected: anyOf('as it is', 'as the beginning of its day', 'as the end of its day'),
			observe: async (run) => {
				const { email, cdate } = await created(run);
				const after = async (ms: number) => {
					const moment = new Date(Date.parse(cdate) + ms).toISOString();
					return await passes(run, email, `filters[created_after]=${encodeURIComponent(moment)}`);
				};
				if (await after(MINUTE_MS)) return 'as the beginning of its day';
				return (await after(-MINUTE_MS)) ? 'as it is' : 'as the end of its day';
			},
		},
		{
			name: 'id_greater with orders[id]=ASC finds the next contacts in the order of their ids, or is ignored',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: 'many contacts are read to the end while others are added and deleted',
			code: 'paging',
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
