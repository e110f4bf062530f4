import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Account } from './account';
import type { Answer } from './answer';
import { madeUpFields } from './catalog';
import { faultAnswer, faultName, Faults, type Fault, type FaultMatch } from './faults';
import { admit, apiPath, work } from './gate';
import { Journal, type JournalEntry } from './journal';
import { ImportLimit, RequestLimit } from './limit';
import type { FieldSeed, ListSeed } from './model';
import { seededRandom } from './random';
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings';
import { parseJson, readBody, reset, send, sendHalf } from './wire';

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
	account: Account;
	private readonly importLimit = new ImportLimit();
	private readonly faults = new Faults();
	private random: () => number;
	private underWay = 0;
	private readonly ended = new AbortController();

	constructor(
		private readonly startSettings: Partial<SandboxSettings>,
		private readonly objects: StartingObjects,
		private readonly roundTripMs: number,
	) {
		this.settings = { ...DEFAULT_SETTINGS, ...startSettings };
		// Every answer under way listens to it while it waits.
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

	/** Back to how it started: settings, objects, empty journal, no scripted faults, fresh limits, seed. */
	reset(): void {
		this.account.dispose();
		Object.assign(this.settings, DEFAULT_SETTINGS, this.startSettings);
		this.random = seededRandom(this.settings.seed);
		this.account = this.newAccount();
		this.journal.clear();
		this.faults.clear();
		this.limit.clear();
		this.importLimit.clear();
	}

	/** Drops what is still waiting: answers on their way, imports, hanging requests. */
	end(): void {
		this.account.dispose();
		this.ended.abort();
	}

	/** Answers one request of the API. Never rejects: a client that leaves early only ends its own request. */
	async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const entry = this.enter(message, response);
		try {
			await this.answer(message, response, entry);
		} catch (error) {
			if (response.destroyed || this.ended.signal.aborted) return;
			send(response, { status: 500, body: { message: `The sandbox broke: ${String(error)}` } });
		}
	}

	private async answer(
		message: IncomingMessage,
		response: ServerResponse,
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
			this.reply(response, entry, admission.refusal, admission.headers);
			return;
		}
		const { method } = entry;
		const fault = this.faults.pick(
			{ method, path: entry.path, text: bytes.toString() },
			this.settings.faults,
			this.random,
		);
		if (fault !== undefined) entry.fault = faultName(fault);
		if (fault === 'hang') return;
		await this.wait(this.latencyMs());
		const contentType = message.headers['content-type'] ?? '';
		const doWork = () => this.doWork({ method, path, query, contentType, bytes, body });
		const answer = fault === undefined ? doWork() : this.fail(fault, doWork, response);
		if (answer) this.reply(response, entry, answer, admission.headers);
	}

	/** Plays a fault. @returns the answer to send, undefined when the connection is cut or stays silent */
	private fail(fault: Fault, doWork: () => Answer, response: ServerResponse): Answer | undefined {
		const canned = faultAnswer(fault);
		if (canned) {
			if (canned.afterWrite) doWork();
			return canned;
		}
		if (fault === 'resetBeforeWrite') reset(response);
		else {
			const answer = doWork();
			if (fault === 'resetAfterWrite') reset(response);
			if (fault === 'cutInBody') sendHalf(response, answer);
		}
		return undefined;
	}

	private doWork({ method, path, query, contentType, bytes, body }: Received): Answer {
		const { account, settings, importLimit } = this;
		const call = { account, settings, importLimit, query, body, bytes: bytes.length };
		return work(method, path, contentType, call);
	}

	private reply(
		response: ServerResponse,
		entry: JournalEntry,
		answer: Answer,
		headers: Record<string, string>,
	): void {
		entry.status = answer.status;
		send(response, { ...answer, headers: { ...headers, ...answer.headers } });
	}

	/** Writes the request into the journal at its arrival and notes when it has ended, however it does. */
	private enter(message: IncomingMessage, response: ServerResponse): JournalEntry {
		const entry: JournalEntry = {
			at: performance.now(),
			method: message.method ?? '',
			path: apiPath(pathOf(message)),
			query: Object.fromEntries(new URLSearchParams(queryOf(message))),
			headers: Object.fromEntries(
				Object.entries(message.headers).map(([key, value]) => [key, String(value)]),
			),
			body: undefined,
			status: 0,
			concurrent: ++this.underWay,
		};
		response.once('close', () => {
			this.underWay--;
			entry.endedAt = performance.now();
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
		if (ms > 0) await delay(ms, undefined, { signal: this.ended.signal, ref: false });
	}

	private newAccount(): Account {
		const account = new Account(this.settings);
		const { fields = [], lists = [], tags = [], automations = [] } = this.objects;
		for (const seed of typeof fields === 'number' ? madeUpFields(fields) : fields) account.addField(seed);
		for (const list of lists) account.addList(list);
		for (const name of tags) account.addTag(name);
		for (const name of automations) account.addAutomation(name);
		return account;
	}
}

// Not `new URL(…)`: it would read `//api/3/fields` as the host "api", where the real service sees a path it does not have.
function pathOf({ url = '' }: IncomingMessage): string {
	return url.split('?', 1)[0] ?? '';
}

function queryOf({ url = '' }: IncomingMessage): string {
	return url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
}
