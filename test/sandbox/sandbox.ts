import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Account } from './account';
import type { ApiResponse } from './apiResponse';
import { madeUpFields } from './catalog';
import { Clock } from './clock';
import { playFault } from './faultPlayer';
import { Faults, type FaultMatch, type RequestMatch, type Spell } from './faultRules';
import { faultName, planFault, type Fault, type FaultPlan } from './faults';
import { admit, apiPath, work } from './gate';
import { Journal, type JournalEntry } from './journal';
import { ImportLimit, RequestLimit } from './limit';
import type { FieldSeed, ListSeed } from './model';
import { seededRandom } from './random';
import { Rewrites, type Rewrite } from './rewrites';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings';
import { parseJson, readBody, send } from './wire';

/** What an account starts with. */
export interface StartingObjects {
	/** That many made-up fields of all types in turn, or the given ones. */
	fields?: number | FieldSeed[];
	lists?: ListSeed[];
	/** Names. */
	tags?: string[];
	automations?: string[];
}

/** A request read to its end. */
interface Received {
	method: string;
	path: string;
	query: URLSearchParams;
	contentType: string;
	bytes: Buffer;
	body: unknown;
}

/** One stand-in account: takes HTTP requests, whatever the server is that brings them. */
export class Sandbox {
	readonly settings: SandboxSettings;
	readonly journal = new Journal();
	readonly limit = new RequestLimit();
	readonly clock = new Clock();
	account: Account;
	private readonly importLimit = new ImportLimit();
	private readonly faults = new Faults();
	private readonly rewrites = new Rewrites();
	private random: () => number;
	private inFlight = 0;
	private readonly ended = new AbortController();

	constructor(
		private readonly startSettings: Partial<SandboxSettings>,
		private readonly objects: StartingObjects,
		private readonly roundTripMs: number,
	) {
		this.settings = { ...DEFAULT_SETTINGS, ...startSettings };
		// Every response under way listens to it while it waits.
		setMaxListeners(0, this.ended.signal);
		this.random = seededRandom(this.settings.seed);
		this.account = this.newAccount();
	}

	/** Changes how the account behaves from the next request on. */
	configure(settings: Partial<SandboxSettings>): void {
		Object.assign(this.settings, settings);
	}

	/** Meets the next matching requests with a fault, the earliest script first; see FaultMatch and Fault. */
	failNext(match: FaultMatch, fault: Fault): void {
		this.faults.failNext(match, fault);
	}

	/** Meets all matching requests with a fault for a time or a number of requests; see Spell. @returns ends the spell */
	startSpell(spell: Spell): () => void {
		return this.faults.startSpell(spell, this.clock.now());
	}

	/** Changes the account's own responses to all matching requests until the reset. @returns ends the change */
	rewrite(match: RequestMatch, change: Rewrite): () => void {
		return this.rewrites.add(match, change);
	}

	/** Ends all spells and forgets the faults that are still to come. */
	clearFaults(): void {
		this.faults.clear();
	}

	/** Moves the account's time on: spells, delays, limits and imports; what comes due happens now. */
	skip(ms: number): void {
		this.clock.skip(ms);
	}

	/** Back to how it started: settings, objects, empty journal, no scripted faults, fresh limits, seed. */
	reset(): void {
		this.account.dispose();
		Object.assign(this.settings, DEFAULT_SETTINGS, this.startSettings);
		this.random = seededRandom(this.settings.seed);
		this.account = this.newAccount();
		this.journal.clear();
		this.faults.clear();
		this.rewrites.clear();
		this.limit.clear();
		this.importLimit.clear();
	}

	/** Drops what is still waiting: responses on their way, imports, hanging requests. */
	end(): void {
		this.account.dispose();
		this.ended.abort();
	}

	/** Responds to one request of the API. Never rejects: a client that leaves early only ends its own request. */
	async handle(message: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const entry = this.enter(message, outgoing);
		try {
			await this.respond(message, outgoing, entry);
		} catch (error) {
			if (outgoing.destroyed || this.ended.signal.aborted) return;
			send(outgoing, { status: 500, body: { message: `The sandbox broke: ${String(error)}` } });
		}
	}

	private async respond(
		message: IncomingMessage,
		outgoing: ServerResponse,
		entry: JournalEntry,
	): Promise<void> {
		const path = pathOf(message);
		const query = new URLSearchParams(queryOf(message));
		const admission = admit({ message, path, query, atMs: entry.at }, this);
		const bytes = await readBody(message);
		const body = parseJson(bytes.toString());
		entry.body = body instanceof SyntaxError ? bytes.toString() : body;
		await this.wait(this.roundTripMs);
		if (admission.refusal) {
			send(outgoing, complete(entry, admission.refusal, admission.headers));
			return;
		}
		const { method } = entry;
		const fault = this.faults.pick(
			{ method, path: entry.path, text: bytes.toString(), atMs: entry.at },
			this.settings.faults,
			this.random,
		);
		if (fault !== undefined) entry.fault = faultName(fault);
		await this.wait(this.latencyMs());
		const contentType = message.headers['content-type'] ?? '';
		const doWork = () => this.doWork({ method, path, query, contentType, bytes, body });
		const plan = fault === undefined ? OWN_RESPONSE : planFault(fault);
		await playFault(plan, {
			outgoing,
			doWork,
			complete: (response) => complete(entry, response, admission.headers),
			now: () => this.clock.now(),
			wait: (ms) => this.wait(ms),
		});
	}

	private doWork({ method, path, query, contentType, bytes, body }: Received): ApiResponse {
		const { account, settings, importLimit } = this;
		const call = {
			path: apiPath(path),
			account,
			settings,
			importLimit,
			query,
			body,
			bytes: bytes.length,
			nowMs: this.clock.now(),
		};
		const request = { method, path: apiPath(path), query, text: bytes.toString() };
		return this.rewrites.apply(work(method, path, contentType, call), request);
	}

	/** Writes the request into the journal at its arrival and notes when it has ended, however it does. */
	private enter(message: IncomingMessage, outgoing: ServerResponse): JournalEntry {
		const entry: JournalEntry = {
			at: this.clock.now(),
			method: message.method ?? '',
			path: apiPath(pathOf(message)),
			query: Object.fromEntries(new URLSearchParams(queryOf(message))),
			headers: Object.fromEntries(
				Object.entries(message.headers).map(([key, value]) => [key, String(value)]),
			),
			body: undefined,
			status: 0,
			concurrent: ++this.inFlight,
		};
		outgoing.once('close', () => {
			this.inFlight--;
			entry.endedAt = this.clock.now();
		});
		this.journal.add(entry);
		return entry;
	}

	private latencyMs(): number {
		const { latencyMs } = this.settings;
		if (typeof latencyMs === 'number') return latencyMs;
		return latencyMs.min + this.random() * (latencyMs.max - latencyMs.min);
	}

	private async wait(ms: number): Promise<void> {
		await this.clock.wait(ms, this.ended.signal);
	}

	private newAccount(): Account {
		const account = new Account(this.settings, this.clock);
		const { fields = [], lists = [], tags = [], automations = [] } = this.objects;
		for (const seed of typeof fields === 'number' ? madeUpFields(fields) : fields) account.addField(seed);
		for (const list of lists) account.addList(list);
		for (const name of tags) account.addTag(name);
		for (const name of automations) account.addAutomation(name);
		return account;
	}
}

/** The account's own response, at once: a request that meets no fault. */
const OWN_RESPONSE: FaultPlan = { delivery: { kind: 'ownResponse' } };

/** Adds the headers that every response has, and writes the status into the journal. */
function complete(entry: JournalEntry, response: ApiResponse, headers: Record<string, string>): ApiResponse {
	entry.status = response.status;
	return { ...response, headers: { ...headers, ...response.headers } };
}

// Not `new URL(…)`: it would read `//api/3/fields` as the host "api", where the real service sees a path it does not have.
function pathOf({ url = '' }: IncomingMessage): string {
	return url.split('?', 1)[0] ?? '';
}

function queryOf({ url = '' }: IncomingMessage): string {
	return url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
}
