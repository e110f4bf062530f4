import type { Client, Reply } from './client';
import { CannotTry, Interrupted, inWords, meets, type Fact, type FactGroup } from './fact';
import { addressFor, isOwnName } from './names';
import { at, code, madeId, outcome, text } from './read';

/** A record that a run made, as the cleanup needs it. */
export interface OwnRecord {
	kind: RecordKind;
	id: string;
	name: string;
}

/** The kinds of record that a run makes, by the path that deletes them. */
export type RecordKind = '/contacts' | '/accounts' | '/tags' | '/lists' | '/fields';

/** What a request that makes a record answers with: the key of the record, and the key of its name. */
const MADE_BY: Record<string, { kind: RecordKind; record: string; name: string }> = {
	'/contact/sync': { kind: '/contacts', record: 'contact', name: 'email' },
	'/accounts': { kind: '/accounts', record: 'account', name: 'name' },
	'/tags': { kind: '/tags', record: 'tag', name: 'tag' },
	'/lists': { kind: '/lists', record: 'list', name: 'name' },
	'/fields': { kind: '/fields', record: 'field', name: 'title' },
};

export interface RunOptions {
	/** The automation that the user allows to enroll own contacts in. */
	automationId?: string;
	/** Whether the facts about the request limit are wanted. */
	rateLimit?: boolean;
}

interface ImportBody {
	contacts: Array<Record<string, unknown>>;
	[key: string]: unknown;
}

/** An import that was taken: the reply to it, its last report, and all states that it went through. */
interface FollowedImport {
	reply: Reply;
	info: Reply;
	states: unknown[];
	hasEnded: boolean;
	tookMs: number;
}

const IMPORT_POLL_MS = 1_000;
const MAX_IMPORT_POLLS = 90;

/** One run of the contract against one account: makes records under its own name and remembers them. */
export class Run {
	/** What was made, to be removed at the end. */
	readonly made: OwnRecord[] = [];
	/** Imports that have not ended as far as is known, and writes without a response: each may still make something. */
	unfinished = 0;
	private hasEndlessImport = false;
	private names = 0;

	constructor(
		readonly client: Client,
		readonly name: string,
		readonly options: RunOptions = {},
	) {}

	/** A new name for a record, e.g. `contract-bqxkzrtlmnpw-7`. */
	newName(): string {
		return `${this.name}-${++this.names}`;
	}

	newAddress(): string {
		return addressFor(this.newName());
	}

	async get(path: string): Promise<Reply> {
		return await this.client.call('GET', path);
	}

	/** Writes, and remembers what that made. */
	async write(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Reply> {
		const reply = await this.client.call(method, path, body);
		if (reply.kind === 'no response' || at(reply.body, 'batchId') !== undefined) this.unfinished++;
		const { kind, record, name: key } = MADE_BY[path] ?? {};
		const id = text(at(reply.body, record ?? '', 'id'));
		const name = at(reply.body, record ?? '', key ?? '');
		if (kind && /^\d+$/.test(id) && isOwnName(name)) this.made.push({ kind, id, name });
		return reply;
	}

	async sync(contact: Record<string, unknown>): Promise<Reply> {
		return await this.write('POST', '/contact/sync', { contact });
	}

	/** The id of a new contact. @throws CannotTry */
	async newContact(contact: Record<string, unknown> = {}): Promise<string> {
		return madeId(await this.sync({ email: this.newAddress(), ...contact }), 'contact');
	}

	/** Imports contacts and waits for the end. @throws CannotTry when there is none */
	async import(body: ImportBody): Promise<FollowedImport> {
		const followed = await this.follow(body);
		if (!followed.hasEnded) throw new CannotTry(`an import did not end: ${inWords(followed.states)}`);
		return followed;
	}

	/** Imports contacts and waits for the end, which may not come. @throws CannotTry when the import is not taken */
	async follow(body: ImportBody): Promise<FollowedImport> {
		if (this.hasEndlessImport) throw new CannotTry('an import before it did not end');
		const reply = await this.write('POST', '/import/bulk_import', body);
		const batchId = text(at(reply.body, 'batchId'));
		if (batchId === '') throw new CannotTry(`an import gave ${outcome(reply)}`);
		const states: unknown[] = [];
		const startedAt = performance.now();
		for (let polls = 1; ; polls++) {
			const info = await this.get(`/import/info?batchId=${encodeURIComponent(batchId)}`);
			const state = code(at(info.body, 'status'));
			if (states.at(-1) !== state) states.push(state);
			const hasEnded = ['completed', 'failed', 'interrupted'].includes(String(state));
			if (hasEnded || polls === MAX_IMPORT_POLLS) {
				if (hasEnded) this.unfinished--;
				else this.hasEndlessImport = true;
				// The stand-in's time passes without the clock.
				const tookMs = Math.max(performance.now() - startedAt, (polls - 1) * IMPORT_POLL_MS);
				return { reply, info, states, hasEnded, tookMs };
			}
			await this.client.wait(IMPORT_POLL_MS);
		}
	}
}

/** What became of a fact. */
export interface FactResult {
	group: string;
	fact: Fact;
	result: 'holds' | 'differs' | 'could not be tried';
	/** Why, when it could not be tried. */
	observed: unknown;
}

type Tried = Pick<FactResult, 'result' | 'observed'>;

const NEEDED_FLAG = { automation: '--automation <id>', rateLimit: '--rate-limit' };

/** Tries all facts in turn. Rejects never: what goes wrong is the result of its fact. */
export async function tryFacts(groups: readonly FactGroup[], run: Run): Promise<FactResult[]> {
	const results: FactResult[] = [];
	let closed: Fact | undefined;
	for (const { title, facts } of groups) {
		for (const fact of facts) {
			const tried: Tried = closed
				? { result: 'could not be tried', observed: `since this differs: ${closed.name}` }
				: await tryFact(fact, run);
			if (fact.isGate && tried.result !== 'holds') closed = fact;
			results.push({ group: title, fact, ...tried });
		}
	}
	return results;
}

async function tryFact(fact: Fact, run: Run): Promise<Tried> {
	const { automationId, rateLimit } = run.options;
	const isAllowed = { automation: automationId !== undefined, rateLimit: rateLimit === true };
	if (fact.needs && !isAllowed[fact.needs])
		return { result: 'could not be tried', observed: `needs ${NEEDED_FLAG[fact.needs]}` };
	try {
		const observed = await fact.observe(run);
		return { result: meets(observed, fact.expected) ? 'holds' : 'differs', observed };
	} catch (error) {
		const isForeseen = error instanceof CannotTry || error instanceof Interrupted;
		const reason = error instanceof Error ? error.message : String(error);
		return { result: 'could not be tried', observed: isForeseen ? reason : `the contract broke: ${reason}` };
	}
}
