import { observe } from './observed';

import { isRecord } from '../../guards';
import { freePort, type LocalServer, startServer } from '../../localServer';
import {
	CONNECTION_FAULTS,
	type Fault,
	FAULT_RESPONSES,
	type FaultName,
	type RunningSandbox,
	startSandbox,
} from '../../sandbox';
import { sampled, sized } from '../../size';
import { useAccount } from '../harness/account';
import type { CredentialInput } from '../harness/credentialsHelper';
import { runWorkflow } from '../harness/runWorkflow';
import { echoesOf } from './echoes';
import { ACCOUNT, everythingThatCanBeDone, plantContact } from './everything';
import { PERSON, personalIn, reportableLines } from './personal';
import { leaksIn, TOKEN } from './token';

describe('the API key', () => {
	const MANY = 100_000;
	/** Those that are tried for minutes take half a minute on an idle machine. */
	const MAX_TEST_MS = 180_000;

	/** Responses that are tried for minutes and contain nothing of the account's; others of their kind remain. */
	const TRIED_LONG: readonly string[] = [
		...[
			'serverError',
			'unavailable',
			'unavailableRetryAfter',
			'html502',
			'html504',
			'html511',
			'cloudflareJson',
		],
		...['rateLimited', 'rateLimitedSilently', 'requestTimeout', 'tooEarly'],
	];

	const ECHOED = echoes('an echo', TOKEN);
	const PERSONAL_ECHOES = echoes('a person', PERSON);

	const observed = observe();
	let sandbox: RunningSandbox;
	let foreign: LocalServer;

	beforeAll(async () => {
		foreign = await startServer((_request, response) => response.end('{"contact":{"id":"1"}}'));
	});

	afterAll(async () => await foreign.close());

	beforeEach(async () => {
		observed.logged.length = 0;
		observed.thrown.length = 0;
		foreign.seen.length = 0;
		sandbox = await startSandbox({ ...ACCOUNT, token: TOKEN });
		plantContact(sandbox);
	});

	afterEach(async () => {
		await sandbox.stop();
	});

	const failWith = (fault: Fault, path?: RegExp) => {
		sandbox.failNext({ path, times: MANY }, fault);
	};

	/** Does everything, and looks at all that has become known by it. */
	const expectKept = async (credentials = { accountName: sandbox.url, apiToken: TOKEN }) => {
		const results = await everythingThatCanBeDone(credentials);
		expectUnknown(results);
		return results;
	};

	const expectUnknown = (results: unknown) => {
		expect(leaksIn(results)).toEqual([]);
		expect(leaksIn(observed)).toEqual([]);
		expect(observed.logged.join('')).toContain('Start executing node');
		expect(personalIn(reportableLines(observed.logged))).toEqual([]);
		expect(foreign.seen).toEqual([]);
		// Looked at in one go: most requests of a sweep are alike.
		const requests = [...sandbox.journal].map(({ headers: { 'api-token': sent, ...others }, ...request }) => {
			return { sent, shown: [request, others] };
		});
		expect(requests.filter(({ sent }) => sent !== TOKEN)).toEqual([]);
		expect(leaksIn(requests.map(({ shown }) => shown))).toEqual([]);
	};

	it(
		'is sent to the account and appears in no output',
		async () => {
			const results = await expectKept();
			expect(sandbox.journal.count()).toBeGreaterThan(20);
			expect(results[0]).toHaveProperty('status', 'error');
			expect(observed.thrown).not.toEqual([]);
		},
		MAX_TEST_MS,
	);

	it.each([
		...sized<readonly FaultName[]>(['hang'], CONNECTION_FAULTS).map(named),
		...sampled(
			Object.entries(FAULT_RESPONSES).filter(([name]) => sized(!TRIED_LONG.includes(name), true)),
			5,
		),
		...sampled(ECHOED, 4),
		...sampled(PERSONAL_ECHOES, 5),
	])(
		'appears in no output, and personal data in no log line for a report, when every request meets %s',
		async (_name, fault) => {
			failWith(fault);
			await expectKept();
			expect(sandbox.journal.count()).toBeGreaterThan(0);
			expect(reportableLines(observed.logged).length).toBeGreaterThan(0);
		},
		MAX_TEST_MS,
	);

	const echoed = ECHOED.filter(([name]) => sized(/in (success|errors|failureReasons)$/.test(name), true));
	it.each([...sized<readonly FaultName[]>([], CONNECTION_FAULTS).map(named), ...echoed])(
		'does not leak when all requests but lookups and sync meet %s',
		async (_name, fault) => {
			failWith(fault, /\/(contact[A-Z]|fieldValues|tags|import)/);
			await expectKept();
			// Not always 201: an import may have been first.
			const synced = [200, 201].map((status) => sandbox.journal.count('POST', '/contact/sync', status));
			expect(Math.max(...synced)).toBeGreaterThan(0);
		},
		MAX_TEST_MS,
	);

	it.each(sampled([301, 302, 303, 307, 308] as const, 4))(
		'is not sent along with a redirect (%d)',
		async (status) => {
			failWith({ redirect: `${foreign.origin}/?token=${TOKEN}`, status });
			await expectKept();
			expect(sandbox.journal.count(undefined, undefined, status)).toBeGreaterThan(0);
		},
		MAX_TEST_MS,
	);

	it('does not leak when the user stops the execution', async () => {
		sandbox.failNext({ path: '/contact/sync', times: MANY }, 'serverError');
		const user = new AbortController();
		const run = runWorkflow({
			nodeParameters: { email: '={{ $json.email }}' },
			items: [{ email: 'ann@example.com' }, { email: 'bob@example.com' }],
			credentials: { accountName: sandbox.url, apiToken: TOKEN },
			signal: user.signal,
		});
		while (sandbox.journal.count() === 0) await new Promise((resolve) => setImmediate(resolve));
		user.abort();
		expectUnknown(await run);
	});

	type Wrong = [string, (url: URL) => Partial<CredentialInput> | Promise<Partial<CredentialInput>>];
	it.each<Wrong>([
		['the token for the account name', () => ({ accountName: TOKEN })],
		['the token as a host', () => ({ accountName: `${TOKEN}.api-us1.com` })],
		['the token as a user', ({ host }) => ({ accountName: `https://${TOKEN}@${host}` })],
		['the token in the URL', ({ origin }) => ({ accountName: `${origin}/api/3?api_key=${TOKEN}` })],
		['a token of two lines', () => ({ apiToken: `${TOKEN}\n${TOKEN}` })],
		['a token with a letter that none has', () => ({ apiToken: `${TOKEN}ü` })],
		['https where only http is spoken', ({ host }) => ({ accountName: `https://${host}` })],
		// Tried for minutes.
		...sized<Wrong[]>(
			[],
			[['a closed port', async () => ({ accountName: `http://127.0.0.1:${await freePort()}` })]],
		),
	])('does not leak and is not sent with %s in the credential', async (_name, wrong) => {
		const right = { accountName: sandbox.url, apiToken: TOKEN };
		await expectKept({ ...right, ...(await wrong(new URL(sandbox.url))) });
		expect(sandbox.journal.count()).toBe(0);
	});

	it('is not sent under an untrusted certificate', async () => {
		const secure = await startSandbox({ ...ACCOUNT, token: TOKEN, tls: { roundTripMs: 0 } });
		await expectKept({ accountName: secure.url, apiToken: TOKEN });
		await secure.stop();
		expect(secure.journal.count()).toBe(0);
	});

	it('is sent without blanks around it', async () => {
		const results = await expectKept({ accountName: ` ${sandbox.url}/ `, apiToken: `  ${TOKEN} ` });
		expect(results.at(-1)).toHaveProperty('status', 'OK');
	});

	function echoes(what: string, text: string): Array<[string, Fault]> {
		return Object.entries(echoesOf(text)).map(([name, fault]) => [`${what} in ${name}`, fault]);
	}

	function named<Name extends string>(name: Name): [Name, Name] {
		return [name, name];
	}
});

describe('the log lines for a problem report', () => {
	const observed = observe();
	const account = useAccount({ tags: ['Lead'] });

	beforeEach(() => {
		observed.logged.length = 0;
	});

	const lines = () =>
		reportableLines(observed.logged).map((line): Record<string, unknown> => {
			const entry: unknown = JSON.parse(line);
			return isRecord(entry) && isRecord(entry.metadata) ? entry.metadata : {};
		});

	it('name the failed item, and the requests that were made for it', async () => {
		account.sandbox.failNext({ bodyIncludes: 'bob@example.com' }, 'errorsPointer');
		const items = ['ann', 'bob', 'cid'].map((name) => ({ email: `${name}@example.com` }));
		await account.sync(items, { tagsToAdd: 'Lead' }, { onError: 'continueRegularOutput' });
		const ofSecond = lines().filter(({ items: shown }) => shown === '2');
		expect(ofSecond).toEqual([
			expect.objectContaining({
				...{ executionId: '1', for: 'item', request: 'POST /contact/sync', purpose: 'sync the contact' },
				...{ try: 1, status: 422, failure: 'rejected', retryReason: 'none' },
				response: '{errors:[1 × {title:text,detail:text,code:text,source:{pointer:text}}]}',
			}),
			expect.objectContaining({ executionId: '1', failure: 'rejected', status: '422' }),
		]);
		expect(lines().filter(({ request }) => request === undefined)).toHaveLength(1);
	});

	it('name all items for which a request was made', async () => {
		account.state.addContact({ email: 'ann@example.com' });
		account.state.addContact({ email: 'bob@example.com' });
		const items = ['ann', 'bob'].map((name) => ({ email: `${name}@example.com` }));
		await account.sync(items, { tagsToAdd: 'Lead' });
		await account.sync(items, { operation: 'syncContactsInBulk' });
		const shared = lines().filter(({ items: shown }) => shown === '1-2');
		expect(shared.map(({ request }) => request)).toEqual([
			'GET /contacts?ids[]=…(2)&include=contactTags&limit=100&status=-1',
			'POST /import/bulk_import',
		]);
	});
});
