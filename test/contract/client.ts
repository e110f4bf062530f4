import { setTimeout } from 'node:timers/promises';
import { CannotTry, Interrupted } from './fact';

/** A request as it goes out. */
export interface Sent {
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: string;
}

/** Sends one request. Rejects when there is no response. */
export type Send = (request: Sent) => Promise<{ status: number; headers: Headers; text: string }>;

/** A response, whatever it is; JSON is recognized whatever its content type. */
export interface Reply {
	/** 0 without a response. */
	status: number;
	kind: 'JSON' | 'an HTML page' | 'text' | 'nothing' | 'too much' | 'no response';
	headers: Headers;
	/** The parsed JSON; undefined for all other kinds. */
	body: unknown;
}

/** What is remembered of every request; the body of refusals only, since others may be long. */
export interface LoggedReply extends Reply {
	method: string;
	/** Without query. */
	path: string;
	tookMs: number;
}

export interface ClientOptions {
	/** e.g. `https://acme.api-us1.com/api/3` */
	baseUrl: string;
	token: string;
	send?: Send;
	/** The least time between the starts of two requests. */
	intervalMs: number;
	wait?: (ms: number) => Promise<void>;
}

const TIMEOUT_MS = 30_000;
const MAX_RATE_LIMIT_RETRIES = 5;
const MAX_RETRY_AFTER_MS = 60_000;
/** So many requests in a row without a response: the account is out of reach. */
const MAX_SILENT = 3;
/** And so many in all, each of which may have taken until its time-out. */
const MAX_SILENT_IN_ALL = 10;
/** So many requests in a row that got 429 to the last try. */
const MAX_RATE_LIMITED = 2;
/** The node reads no response that is longer; here it is cut, and not looked into. */
const MAX_CHARACTERS = 10_000_000;

const sendByHttp: Send = async ({ method, url, headers, body }) => {
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	const response = await fetch(url, { method, headers, body, redirect: 'manual', signal });
	return { status: response.status, headers: response.headers, text: await textOf(response) };
};

async function textOf(response: Response): Promise<string> {
	const body: AsyncIterable<Uint8Array> | null = response.body;
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of body ?? []) {
		text += decoder.decode(chunk, { stream: true });
		if (text.length > MAX_CHARACTERS) break;
	}
	return text;
}

/** Talks to an account, at its pace. */
export class Client {
	readonly log: LoggedReply[] = [];
	private isStopped = false;
	private silent = 0;
	private silentInAll = 0;
	private rateLimited = 0;
	private lastAt = -Infinity;
	private readonly send: Send;
	private readonly pause: (ms: number) => Promise<void>;

	constructor(readonly options: ClientOptions) {
		this.send = options.send ?? sendByHttp;
		this.pause = options.wait ?? setTimeout;
	}

	/** Lets the request under way end and begins no other: further calls throw Interrupted. */
	stop(): void {
		this.isStopped = true;
	}

	/** @throws Interrupted */
	async wait(ms: number): Promise<void> {
		this.throwIfStopped();
		await this.pause(ms);
		this.throwIfStopped();
	}

	/**
	 * Makes a request, again after a 429.
	 * @param path below `/api/3`, with its query
	 * @throws Interrupted; CannotTry when the account has stopped responding. Never for what a response is.
	 */
	async call(method: string, path: string, body?: unknown): Promise<Reply> {
		for (let tries = 0; ; tries++) {
			await this.keepPace();
			const reply = await this.callOnce(method, path, body);
			if (reply.status !== 429) {
				this.rateLimited = 0;
				return reply;
			}
			if (tries >= MAX_RATE_LIMIT_RETRIES) {
				this.rateLimited++;
				return reply;
			}
			const seconds = Number(reply.headers.get('retry-after') ?? 1) || 1;
			await this.wait(Math.min(seconds * 1_000, MAX_RETRY_AFTER_MS));
		}
	}

	/** Makes a request at once, and only once. */
	async callOnce(method: string, path: string, body?: unknown): Promise<Reply> {
		this.throwIfStopped();
		const startedAt = performance.now();
		const reply = await this.exchange({
			method,
			url: `${this.options.baseUrl}${path}`,
			headers: this.headers(this.options.token),
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const isSilent = reply.kind === 'no response';
		this.silent = isSilent ? this.silent + 1 : 0;
		if (isSilent) this.silentInAll++;
		const tookMs = performance.now() - startedAt;
		const kept = reply.status >= 400 ? reply.body : undefined;
		this.log.push({ ...reply, body: kept, method, path: path.split('?', 1)[0] ?? '', tookMs });
		return reply;
	}

	/** The reply to another token; not remembered. */
	async tryToken(token: string): Promise<Reply> {
		this.throwIfStopped();
		const url = `${this.options.baseUrl}/users/me`;
		return await this.exchange({ method: 'GET', url, headers: this.headers(token) });
	}

	private headers(token: string): Record<string, string> {
		return { 'Api-Token': token, 'Content-Type': 'application/json', Accept: 'application/json' };
	}

	/** The reply to a request, whatever it is; neither paced nor remembered. */
	async exchange(request: Sent): Promise<Reply> {
		try {
			const { status, headers, text } = await this.send(request);
			return { status, headers, ...read(text) };
		} catch (error) {
			if (error instanceof Interrupted) throw error;
			return { status: 0, headers: new Headers(), kind: 'no response', body: undefined };
		}
	}

	private async keepPace(): Promise<void> {
		const waitMs = this.lastAt + this.options.intervalMs - performance.now();
		if (waitMs > 0) await this.wait(waitMs);
		this.lastAt = performance.now();
	}

	/** @throws Interrupted; CannotTry when going on would only take time */
	private throwIfStopped(): void {
		if (this.isStopped) throw new Interrupted('the run was interrupted');
		if (this.silent >= MAX_SILENT || this.silentInAll >= MAX_SILENT_IN_ALL)
			throw new CannotTry('the account does not respond');
		if (this.rateLimited >= MAX_RATE_LIMITED) throw new CannotTry('the account answers only 429');
	}
}

function read(text: string): Pick<Reply, 'kind' | 'body'> {
	if (text.length > MAX_CHARACTERS) return { kind: 'too much', body: undefined };
	if (text.trim() === '') return { kind: 'nothing', body: undefined };
	try {
		return { kind: 'JSON', body: JSON.parse(text) };
	} catch {
		return { kind: text.trimStart().startsWith('<') ? 'an HTML page' : 'text', body: undefined };
	}
}
