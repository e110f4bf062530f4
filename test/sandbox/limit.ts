const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** The vendor allows a fifth as many import requests when they contain a single contact: 20 instead of 100 a minute. */
const SINGLE_CONTACT_SHARE = 5;

/** A strict sliding window: of any `windowMs` in a row, at most `limit` requests are admitted. */
export class SlidingWindow {
	private admittedAt: number[] = [];

	constructor(private readonly windowMs: number) {}

	/** Admits one request at `nowMs`, or not. Times must not run backwards; a limit of 0 admits everything. */
	admit(nowMs: number, limit: number): boolean {
		if (limit === 0) return true;
		if (this.used(nowMs) >= limit) return false;
		this.admittedAt.push(nowMs);
		return true;
	}

	/** How many requests are in the window that ends at `nowMs`. */
	used(nowMs: number): number {
		while ((this.admittedAt[0] ?? nowMs) <= nowMs - this.windowMs) this.admittedAt.shift();
		return this.admittedAt.length;
	}

	/** When the window that is full at `nowMs` has room again; `nowMs` itself when it has. */
	freeAt(nowMs: number, limit: number): number {
		const used = this.used(nowMs);
		return limit === 0 || used < limit ? nowMs : (this.admittedAt[used - limit] ?? nowMs) + this.windowMs;
	}

	clear(): void {
		this.admittedAt = [];
	}
}

/**
 * The account's request limit, with a neighbor: another program that uses the same account at a steady pace. It tries again
 * until it is admitted, so that it really gets its share however busy the others are.
 */
export class RequestLimit {
	private readonly window = new SlidingWindow(SECOND_MS);
	private neighborNextMs: number | undefined;
	/** How many of the neighbor's requests were admitted so far, and how many of these had to wait for it. */
	readonly neighbor = { admitted: 0, waited: 0 };

	/**
	 * Admits one request at `nowMs`, after those the neighbor has made until then.
	 * @returns whether it was admitted, and how many more the window has room for
	 */
	admit(
		nowMs: number,
		requestsPerSecond: number,
		neighborPerSecond: number,
	): { admitted: boolean; remaining: number } {
		this.letNeighborIn(nowMs, requestsPerSecond, neighborPerSecond);
		const admitted = this.window.admit(nowMs, requestsPerSecond);
		return { admitted, remaining: Math.max(0, requestsPerSecond - this.window.used(nowMs)) };
	}

	clear(): void {
		this.window.clear();
		this.neighborNextMs = undefined;
		Object.assign(this.neighbor, { admitted: 0, waited: 0 });
	}

	private letNeighborIn(nowMs: number, requestsPerSecond: number, neighborPerSecond: number): void {
		if (neighborPerSecond <= 0) {
			this.neighborNextMs = undefined;
			return;
		}
		// What it did more than two seconds ago can no longer be seen in a window of one second.
		let due = Math.max(this.neighborNextMs ?? nowMs, nowMs - 2 * SECOND_MS);
		let goesAt = due;
		// Never asks the window about a time after `nowMs`: it would forget requests that still count now.
		while (due <= nowMs) {
			goesAt = this.window.freeAt(Math.max(due, goesAt), requestsPerSecond);
			if (goesAt > nowMs) break;
			this.window.admit(goesAt, requestsPerSecond);
			this.neighbor.admitted++;
			if (goesAt > due) this.neighbor.waited++;
			due += SECOND_MS / neighborPerSecond;
		}
		this.neighborNextMs = due;
	}
}

/** The bulk import's own limit, by the minute; it has nothing to do with the requests per second. */
export class ImportLimit {
	private readonly all = new SlidingWindow(MINUTE_MS);
	private readonly single = new SlidingWindow(MINUTE_MS);

	/** Admits an import request with that many contacts at `nowMs`, or not; a limit of 0 admits everything. */
	admit(nowMs: number, importsPerMinute: number, contacts: number): boolean {
		if (contacts !== 1) return this.all.admit(nowMs, importsPerMinute);
		const singleLimit = Math.ceil(importsPerMinute / SINGLE_CONTACT_SHARE);
		if (singleLimit > 0 && this.single.used(nowMs) >= singleLimit) return false;
		return this.all.admit(nowMs, importsPerMinute) && this.single.admit(nowMs, singleLimit);
	}

	clear(): void {
		this.all.clear();
		this.single.clear();
	}
}
