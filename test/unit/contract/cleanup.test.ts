import { findOwn } from '../../contract/cleanup';
import { Client } from '../../contract/client';
import { clean, runContract } from '../../contract/contract';
import type { FactGroup } from '../../contract/fact';
import { FACTS } from '../../contract/facts';
import { bulkFacts } from '../../contract/facts/bulk';
import { listFacts } from '../../contract/facts/lists';
import { sized } from '../../size';
import { killedAfter, SocketlessAccount } from './socketlessAccount';

const AN_HOUR_MS = 3_600_000;
/** Names of a user's own that begin like the contract's. */
const LOOKALIKES = ['contract-', 'contract-renewal', 'Contract-2024010112', 'my contract-bcdfghjklmnp'];

function accountOfUser(): SocketlessAccount {
	const own = new SocketlessAccount();
	const { account } = own;
	for (const name of LOOKALIKES) {
		account.addList(name);
		account.addTag(name);
		account.addField({ title: name });
		account.addCompany(name);
		account.addContact({ email: `${name.replace(' ', '')}@example.com`, tags: [name], lists: { [name]: 1 } });
	}
	account.addContact({ email: 'ada@example.com', lists: { News: 'unsubscribed' }, company: 'Acme' });
	return own;
}

/** After how many requests a run is ended: in full after each one, for all facts after each twentieth. */
const STEP = sized(9, 1);
const STEP_OF_ALL = sized(131, 20);

/** Each group of facts alone, and all together. */
const PARTS: ReadonlyArray<[string, readonly FactGroup[], number]> = [
	...FACTS.map((group): [string, readonly FactGroup[], number] => [group.title, [group], STEP]),
	['all facts', FACTS, STEP_OF_ALL],
];

/** After how many requests to end a run of these facts: 1, 1 + step, … */
async function endsOf(facts: readonly FactGroup[], step: number): Promise<number[]> {
	const { send, target } = accountOfUser();
	let requests = 0;
	await runContract(target, facts, { intervalMs: 0, send: (request) => (requests++, send(request)) });
	return Array.from({ length: Math.ceil(requests / step) }, (_, index) => 1 + index * step);
}

describe('a run of the contract', () => {
	it('leaves the account as it was', async () => {
		const account = accountOfUser();
		const before = account.state();
		const { cleanup } = await runContract(account.target, FACTS, { send: account.send, intervalMs: 0 });
		expect(cleanup.problems).toEqual([]);
		expect(cleanup.removed.length).toBeGreaterThan(80);
		expect(account.state()).toEqual(before);
	});

	it('leaves the account as it was even when it is interrupted', async () => {
		for (const end of await endsOf(FACTS, STEP_OF_ALL)) {
			const account = accountOfUser();
			const before = account.state();
			const abort = new AbortController();
			let sent = 0;
			const send: typeof account.send = (request) => {
				if (++sent === end) abort.abort();
				return account.send(request);
			};
			const options = { send, signal: abort.signal, intervalMs: 0 };
			const { cleanup } = await runContract(account.target, FACTS, options);
			await account.target.wait?.(AN_HOUR_MS);
			expect([end, cleanup.problems, account.state()]).toEqual([end, [], before]);
		}
	});

	it.each(PARTS)(
		'leaves only records that --clean removes when it is killed at any request: %s',
		async (_, facts, step) => {
			for (const end of await endsOf(facts, step)) {
				const account = accountOfUser();
				const before = account.state();
				const options = { intervalMs: 0, send: killedAfter(end, account.send) };
				await runContract({ ...account.target, wait: () => Promise.resolve() }, facts, options);
				const { problems } = await clean(account.target, { intervalMs: 0, send: account.send });
				// What is still under way comes now.
				await account.target.wait?.(AN_HOUR_MS);
				expect([end, problems, account.state()]).toEqual([end, [], before]);
			}
		},
	);

	it('may leave a running import that adds contacts later when it is killed', async () => {
		const ends = (await endsOf([bulkFacts], 1)).length;
		let arrived = 0;
		for (let end = 1; end <= ends; end++) {
			const { target, send, account: stored } = new SocketlessAccount();
			const options = { intervalMs: 0, send: killedAfter(end, send) };
			await runContract({ ...target, wait: () => Promise.resolve() }, [bulkFacts], options);
			const before = stored.contacts().length;
			await target.wait?.(60_000);
			if (stored.contacts().length > before) arrived++;
		}
		expect(arrived).toBeGreaterThan(0);
	});

	it('removes nothing of another run, which --clean does', async () => {
		const account = accountOfUser();
		const other = { intervalMs: 0, send: killedAfter(60, account.send) };
		await runContract({ ...account.target, wait: () => Promise.resolve() }, FACTS, other);
		const client = new Client({ ...account.target, send: account.send, intervalMs: 0 });
		const { found } = await findOwn(client);
		expect(found.length).toBeGreaterThan(5);
		await runContract(account.target, FACTS.slice(0, 2), { intervalMs: 0, send: account.send });
		expect((await findOwn(client)).found).toEqual(found);
		await clean(account.target, { intervalMs: 0, send: account.send });
		expect((await findOwn(client)).found).toEqual([]);
	});

	it('does not report records that somebody else has removed before', async () => {
		const account = accountOfUser();
		const send: typeof account.send = async (request) => {
			if (request.method === 'DELETE' && request.url.includes('/lists/')) account.account.lists.clear();
			return await account.send(request);
		};
		const { cleanup } = await runContract(account.target, [listFacts], { send, intervalMs: 0 });
		expect(cleanup.removed.map(({ kind }) => kind)).not.toContain('/lists');
		expect(cleanup.problems).toEqual([]);
	});

	it('reports records that cannot be removed or searched', async () => {
		const account = accountOfUser();
		const { cleanup } = await runContract(account.target, FACTS.slice(0, 2), {
			intervalMs: 0,
			send: async (request) => {
				const isRefused = request.method === 'DELETE' || request.url.includes('/tags?');
				const response = await account.send(request);
				return isRefused ? { ...response, status: 403, text: '{"message":"No"}' } : response;
			},
		});
		expect(cleanup.removed).toEqual([]);
		expect(
			cleanup.problems.filter((problem) => problem.includes('could not be removed: 403')).length,
		).toBeGreaterThan(5);
		expect(cleanup.problems).toContain('/tags could not be searched: 403');
	});
});
