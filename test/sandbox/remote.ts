import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxCounts } from './control';
import type { FaultMatch, Spell } from './faultRules';
import type { Fault } from './faults';
import { isRecord } from '../guards';
import type { JournalEntry } from './journal';
import { CONTACTS_PATH } from './page';
import type { Planted, Seed } from './seed';
import type { SandboxOptions } from './server';
import type { SandboxSettings } from './settings';
import type { ContactSnapshot, ContactView, SandboxState } from './view';
import { parseJson } from './wire';

/** Where a sandbox is, as its program prints it. */
export interface SandboxAddress {
	url: string;
	token: string;
	/** Plain HTTP for `/_sandbox/…`, `url` when not given. */
	controlUrl?: string;
	/** The self-signed certificate (PEM) a client has to trust; only with `tls`. */
	certificate?: string;
}

/** A sandbox in another process; the calls do what those of the same name do in process. */
export interface RemoteSandbox extends SandboxAddress {
	/** The page that lists the stored contacts. */
	contactsUrl: string;
	state(): Promise<SandboxState>;
	snapshot(): Promise<Record<string, ContactSnapshot>>;
	counts(): Promise<SandboxCounts>;
	contactByEmail(email: string): Promise<ContactView | undefined>;
	journal(): Promise<JournalEntry[]>;
	clearJournal(): Promise<void>;
	configure(settings: Partial<SandboxSettings>): Promise<void>;
	failNext(match: FaultMatch, fault: Fault): Promise<void>;
	startSpell(spell: Spell): Promise<void>;
	clearFaults(): Promise<void>;
	skip(ms: number): Promise<void>;
	takeOffline(forMs: number): Promise<void>;
	seed(objects: Seed): Promise<Planted>;
	reset(): Promise<void>;
}

/** A RemoteSandbox this process started. */
export interface SpawnedSandbox extends RemoteSandbox {
	pid: number;
	stop: () => Promise<void>;
}

const MORE_THAN_EVER = 1e9;

/** Drives a running sandbox. Each call throws when the sandbox does not understand it. */
export function connectSandbox(address: SandboxAddress): RemoteSandbox {
	const { url, controlUrl = url } = address;
	// The responses come from this folder's own control.ts, whose types they have.
	async function call<T>(method: string, control: string, body?: unknown): Promise<T> {
		const response = await fetch(`${controlUrl}/_sandbox/${control}`, { method, body: JSON.stringify(body) });
		const received: unknown = await response.json();
		if (!response.ok)
			throw new Error(`The sandbox responded with ${response.status}: ${JSON.stringify(received)}`);
		return received as T;
	}
	return {
		...address,
		contactsUrl: `${controlUrl}${CONTACTS_PATH}`,
		state: () => call('GET', 'state'),
		snapshot: () => call('GET', 'snapshot'),
		counts: () => call('GET', 'counts'),
		contactByEmail: async (email) => {
			const query = `contact?email=${encodeURIComponent(email)}`;
			return (await call<{ contact: ContactView | null }>('GET', query)).contact ?? undefined;
		},
		journal: async () => (await call<{ entries: JournalEntry[] }>('GET', 'journal')).entries,
		clearJournal: () => call('DELETE', 'journal'),
		configure: (settings) => call('PATCH', 'settings', settings),
		failNext: ({ times = 1, ...match }, fault) =>
			call('POST', 'failNext', {
				...matchAsJson({ ...match, times: Math.min(times, MORE_THAN_EVER) }),
				fault,
			}),
		startSpell: ({ match = {}, ...spell }) => call('POST', 'spell', { ...spell, ...matchAsJson(match) }),
		clearFaults: () => call('DELETE', 'faults'),
		skip: (ms) => call('POST', 'skip', { ms }),
		takeOffline: (forMs) => call('POST', 'offline', { forMs }),
		seed: (objects) => call('POST', 'seed', objects),
		reset: () => call('POST', 'reset'),
	};
}

/** A match as JSON can carry it, an expression as its text beside it. */
function matchAsJson({ path, ...match }: FaultMatch): { match: FaultMatch; pathPattern?: string } {
	return path instanceof RegExp ? { match, pathPattern: path.source } : { match: { ...match, path } };
}

/** Starts a sandbox in a process of its own, which ends with this one. @throws when it does not start */
export async function spawnSandbox(options: SandboxOptions = {}): Promise<SpawnedSandbox> {
	const flags = Object.entries(options).flatMap(([flag, value]) => {
		if (value === undefined) return [];
		return [`--${flag}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
	});
	const child = fork(join(__dirname, 'main.ts'), flags, {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	const { stdout, pid } = child;
	if (!stdout || pid === undefined) throw new Error('The sandbox did not start');
	const exited = once(child, 'exit');
	const lines = createInterface({ input: stdout });
	const firstLine = new Promise<string>((resolve) => lines.once('line', resolve));
	const started = parseJson(await Promise.race([firstLine, exited.then(() => '')]));
	if (!isAddress(started)) throw new Error('The sandbox did not start; what it said stands above');
	return {
		...connectSandbox(started),
		pid,
		stop: async () => {
			child.kill('SIGTERM');
			await exited;
		},
	};
}

function isAddress(value: unknown): value is SandboxAddress {
	return isRecord(value) && typeof value.url === 'string' && typeof value.token === 'string';
}
