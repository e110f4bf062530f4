import { contactAt } from '../catalog';
import { crowd, MAX_TAGS } from '../crowd';
import { CannotTry, type Fact, type FactGroup } from '../fact';
import { at, code, kindOf, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

interface Collection {
	path: string;
	rows: string;
	/** Narrows it to the contract's own, so that nobody else's contacts are read. */
	query?: (run: Run) => Promise<string>;
}

const COLLECTIONS: readonly Collection[] = [
	{ path: '/fields', rows: 'fields' },
	{ path: '/lists', rows: 'lists' },
	{ path: '/tags', rows: 'tags' },
	{ path: '/automations', rows: 'automations' },
	{ path: '/accounts', rows: 'accounts' },
	{
		path: '/contacts',
		rows: 'contacts',
		query: async (run) => {
			await crowd(run);
			return `&email_like=${run.name}`;
		},
	},
];

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;
const REFERENCE = 'API reference, Pagination';

function factsAbout({ path, rows, query }: Collection): Fact[] {
	const page = async (run: Run, paging: string) =>
		await run.get(`${path}?${paging}${(await query?.(run)) ?? ''}`);
	/** How many rows a page has that is asked for in this way. @throws CannotTry when the account has too few to tell */
	const sizeOf = async (run: Run, paging: string, least: number) => {
		const reply = await page(run, paging);
		const total = Number(text(at(reply.body, 'meta', 'total')) || Number.NaN);
		if (total < least) throw new CannotTry('the account has too few of them');
		return reply.kind === 'JSON' ? rowsOf(reply, rows).length : outcome(reply);
	};
	const isRelied = { usedFor: 'reading collections to their end', code: 'paging' } as const;
	return [
		{
			name: `GET ${path} has its total as digits in a string`,
			certainty: 'recorded',
			source: 'API reference; public recordings',
			...isRelied,
			expected: 'digits in a string',
			observe: async (run) => kindOf(at((await page(run, 'limit=1')).body, 'meta', 'total')),
		},
		{
			name: `GET ${path} without a limit has ${DEFAULT_PAGE} rows`,
			certainty: 'documented',
			source: REFERENCE,
			expected: DEFAULT_PAGE,
			observe: async (run) => await sizeOf(run, '', DEFAULT_PAGE + 1),
		},
		{
			name: `GET ${path} has ${LARGEST_PAGE} rows at most`,
			certainty: 'documented',
			source: REFERENCE,
			expected: LARGEST_PAGE,
			observe: async (run) => await sizeOf(run, 'limit=1000', LARGEST_PAGE + 1),
		},
		{
			name: `GET ${path} gives the second row with limit 1 and offset 1`,
			certainty: 'documented',
			source: REFERENCE,
			...isRelied,
			expected: 'the second',
			observe: async (run) => {
				const ids = async (paging: string) =>
					rowsOf(await page(run, paging), rows).map((row) => text(row.id));
				const two = await ids('limit=2');
				const second = await ids('limit=1&offset=1');
				if (two.length < 2) throw new CannotTry('the account has fewer than two of them');
				return second.length === 1 && second[0] === two[1]
					? 'the second'
					: `${second.length} rows, another one`;
			},
		},
	];
}

export const pagingFacts: FactGroup = {
	title: 'Pages',
	facts: [
		...COLLECTIONS.flatMap(factsAbout),
		{
			name: "A contact's tags come all at once, not in pages",
			certainty: 'believed',
			source: 'nobody has shown it; the node reads to the end either way',
			expected: MAX_TAGS,
			observe: async (run) => {
				const { firstEmail } = await crowd(run);
				const id = text((await contactAt(run, firstEmail))?.id);
				if (id === '') throw new CannotTry('an imported contact was not found');
				return rowsOf(await run.get(`/contacts/${id}/contactTags`), 'contactTags').length;
			},
		},
		{
			name: 'email_like finds contacts by a part of their address',
			certainty: 'documented',
			source: 'API reference, List all contacts',
			expected: '1',
			observe: async (run) => {
				const { firstEmail } = await crowd(run);
				const [number = ''] = /-\d+@/.exec(firstEmail) ?? [];
				const reply = await run.get(`/contacts?limit=1&email_like=${run.name}${number}`);
				return code(at(reply.body, 'meta', 'total'));
			},
		},
	],
};
