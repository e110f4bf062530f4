/** One request as it arrived, and the response to it. */
export interface JournalEntry {
	/** When it arrived, in milliseconds of a clock that never runs backwards. */
	at: number;
	method: string;
	/** Without `/api/3`, e.g. `/contact/sync`; a path outside of the API as it is. */
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	/** The parsed JSON, the text when it is none, undefined when there was no body. */
	body: unknown;
	/** The response's status; 0 while there is none, which is how a reset or a hang stays. */
	status: number;
	/** The scripted or random fault it met. */
	fault?: string;
	/** How many requests were under way when it arrived, itself included. */
	concurrent: number;
	/** When the response went out or the connection ended, on the clock of `at`. */
	endedAt?: number;
}

/** Which entries: all parts given must agree. A string is the whole path, an expression is searched in it. */
export interface JournalMatch {
	method?: string;
	path?: string | RegExp;
	status?: number;
	where?: (entry: JournalEntry) => boolean;
}

const WINDOW_MS = 1_000;

/** Whether a path is the one given, or holds what the expression looks for. */
export function pathMatches(path: string, wanted: string | RegExp | undefined): boolean {
	if (wanted === undefined) return true;
	return typeof wanted === 'string' ? path === wanted : path.search(wanted) >= 0;
}

/** All requests the account received, in the order of their arrival, the refused ones included. */
export class Journal implements Iterable<JournalEntry> {
	entries: JournalEntry[] = [];

	add(entry: JournalEntry): void {
		this.entries.push(entry);
	}

	clear(): void {
		this.entries = [];
	}

	[Symbol.iterator](): Iterator<JournalEntry> {
		return this.entries[Symbol.iterator]();
	}

	filter(match: JournalMatch): JournalEntry[] {
		return this.entries.filter(
			(entry) =>
				(match.method === undefined || entry.method === match.method) &&
				pathMatches(entry.path, match.path) &&
				(match.status === undefined || entry.status === match.status) &&
				(match.where === undefined || match.where(entry)),
		);
	}

	/** How many requests came, e.g. `count('POST', '/contact/sync')`. */
	count(method?: string, path?: string | RegExp, status?: number): number {
		return this.filter({ method, path, status }).length;
	}

	/** The parsed bodies of the matching requests, in the order of their arrival. */
	bodies(method?: string, path?: string | RegExp): unknown[] {
		return this.filter({ method, path }).map(({ body }) => body);
	}

	/** The most requests that came within any one second; without imports, which have a limit of their own. */
	maxPerSecond(match: JournalMatch = { where: ({ path }) => path !== '/import/bulk_import' }): number {
		const times = this.filter(match).map(({ at }) => at);
		let first = 0;
		let most = 0;
		times.forEach((time, index) => {
			while ((times[first] ?? time) <= time - WINDOW_MS) first++;
			most = Math.max(most, index - first + 1);
		});
		return most;
	}

	/** The most requests that were under way at once. */
	maxConcurrent(match: JournalMatch = {}): number {
		return this.filter(match).reduce((most, { concurrent }) => Math.max(most, concurrent), 0);
	}
}
