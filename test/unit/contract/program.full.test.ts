import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { build } from 'esbuild';

import { startSandbox, type RunningSandbox } from '../../sandbox';
import { isRecord } from '../../guards';
import { parseJson } from '../../sandbox/wire';

const MAIN = join(__dirname, '../../contract/main.ts');
const NO_ACCOUNT = { ACTIVECAMPAIGN_ACCOUNT: '', ACTIVECAMPAIGN_TOKEN: '' };

/** Each test starts programs, one or more. */
jest.setTimeout(60_000);

let folder: string;
/** The program in one file, for most tests: tsx would compile it again at each start. */
let compiled: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'contract-'));
	compiled = join(folder, 'main.js');
	await build({
		...{ entryPoints: [MAIN], outfile: compiled, bundle: true, platform: 'node', logLevel: 'error' },
		define: { __dirname: JSON.stringify(dirname(MAIN)) },
	});
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts the program, with `--import tsx` as `npm run contract` does. */
function start(args: string[], environment: Record<string, string> = NO_ACCOUNT, execArgv: string[] = []) {
	const child = fork(execArgv.length > 0 ? MAIN : compiled, [...args, '--out', folder], {
		...{ execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] as const },
		env: { ...process.env, ...environment },
	});
	const ended = once(child, 'exit');
	const output = Promise.all([child.stdout, child.stderr].flatMap((stream) => (stream ? text(stream) : [])));
	return {
		child,
		end: async () => {
			await ended;
			return { code: child.exitCode, output: (await output).join('') };
		},
	};
}

describe('npm run contract', () => {
	it('without an account tries the sandbox, and writes the results', async () => {
		const { code, output } = await start([], NO_ACCOUNT, ['--import', 'tsx']).end();
		expect([code, output]).toEqual([0, expect.stringContaining('0 differ')]);
		const json = parseJson(await readFile(join(folder, 'contract.json'), 'utf8'));
		expect(isRecord(json) && json.against).toBe('the stand-in');
		expect(await readFile(join(folder, 'contract.md'), 'utf8')).toContain(
			'| A new tag is made with 201 | 201 | 201 |',
		);
	});

	it.each([
		['lists what it will create', ['acme', 'token'], /Nothing was created. Run it again with --yes/],
		['refuses half an account', ['acme', ''], /Set both/],
	])('without --yes %s', async (_what, [account = '', token = ''], said) => {
		const environment = { ACTIVECAMPAIGN_ACCOUNT: account, ACTIVECAMPAIGN_TOKEN: token };
		const { code, output } = await start([], environment).end();
		expect([code, output]).toEqual([2, expect.stringMatching(said)]);
	});

	describe('with an account', () => {
		let sandbox: RunningSandbox;
		let environment: Record<string, string>;
		beforeEach(async () => {
			sandbox = await startSandbox({ lists: ['News'], importDurationMs: 20 });
			sandbox.account.addContact({ email: 'ada@example.com', lists: { News: 1 }, tags: ['contract-lead'] });
			environment = { ACTIVECAMPAIGN_ACCOUNT: sandbox.url, ACTIVECAMPAIGN_TOKEN: sandbox.token };
		});
		afterEach(() => sandbox.stop());

		const state = () => {
			const { account } = sandbox;
			const { lists, tags, fields, companies } = account;
			const rows = [lists, tags, fields, companies].map((records) => [...records.values()]);
			return { rows, contacts: account.snapshot() };
		};
		const requestsSent = async (count: number) => {
			while (sandbox.journal.entries.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
		};

		it.each(['SIGINT', 'SIGTERM'] as const)('removes what it created when it gets %s', async (signal) => {
			const before = state();
			sandbox.configure({ latencyMs: 5 });
			const { child, end } = start(['--yes'], environment);
			await requestsSent(40);
			child.kill(signal);
			const { code, output } = await end();
			expect([code, output]).toEqual([130, expect.stringContaining('the run was interrupted')]);
			expect(state()).toEqual(before);
		});

		it('removes with --clean what a killed run left, and lists it without --yes', async () => {
			const before = state();
			sandbox.configure({ latencyMs: 5 });
			const { child, end } = start(['--yes'], environment);
			await requestsSent(60);
			child.kill('SIGKILL');
			await end();
			sandbox.configure({ latencyMs: 0 });
			const killed = state();
			expect(killed).not.toEqual(before);
			const listed = await start(['--clean'], environment).end();
			expect([listed.code, listed.output]).toEqual([
				2,
				expect.stringMatching(/^contract-[a-z]{12}-\d+@example\.com \(\/contacts/),
			]);
			expect(state()).toEqual(killed);
			const cleaned = await start(['--clean', '--yes'], environment).end();
			expect([cleaned.code, cleaned.output]).toEqual([0, expect.stringMatching(/\d+ records removed/)]);
			expect(state()).toEqual(before);
		});

		it('exits with 1 when a fact that the code needs differs, and names it with its code', async () => {
			sandbox.configure({ alwaysCreated: true });
			const { code, output } = await start(['--yes'], environment).end();
			expect(code).toBe(1);
			expect(output).toMatch(/DIFFERS: A sync that updates a contact returns 200\n.*\n.*contactOutput\.ts/);
			expect(output).not.toContain(sandbox.token);
		});

		it('exits with 0 when only facts differ that the code does not need', async () => {
			sandbox.configure({ emptyFieldValue: 'store' });
			const { code, output } = await start(['--yes'], environment).end();
			expect([code, output]).toEqual([
				0,
				expect.stringContaining('the code is right either way: An empty text'),
			]);
		});
	});
});
