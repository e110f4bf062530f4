import { failureOf } from '../shared/failure';

/**
 * How old what is known of a contact may be when something is written because of it (milliseconds). Within that time
 * a person may still unsubscribe unnoticed: the API has no write with a condition.
 */
const MAX_AGE_MS = 10_000;

/** Each takes longer than a reading may be old, so this is at least 100 seconds. */
const MAX_ROUNDS = 10;

/** What was read, and when the request for it started, by `performance.now()`: nothing in it is older. */
export interface Timestamped<Value> {
	readonly value: Value;
	readonly readAt: number;
}

/** What need not be read. */
export function knownNow<Value>(value: Value): Timestamped<Value> {
	return { value, readAt: performance.now() };
}

/**
 * Something of the account that several decisions need: read once for all of them, and again when it is too old.
 * A read that failed is made again by the next one who asks.
 */
export class CachedRead<Value> {
	private latest: Promise<Timestamped<Value>> | undefined;

	/**
	 * @param read is given the time before which what it reads must not be, by `performance.now()`
	 * @param known what need not be read at first
	 */
	constructor(
		private readonly read: (since: number) => Promise<Timestamped<Value>>,
		known?: Timestamped<Value>,
	) {
		this.latest = known && Promise.resolve(known);
	}

	/**
	 * @param since an older reading than this is not good enough, by `performance.now()`
	 * @throws what reading throws
	 */
	async get(since = -Infinity): Promise<Timestamped<Value>> {
		for (;;) {
			const latest = this.latest;
			const known = await latest;
			if (known && known.readAt >= oldest(since)) return known;
			// Others who found the same reading too old may have begun the next one already.
			if (this.latest === latest) return await this.begin(oldest(since));
		}
	}

	private begin(since: number): Promise<Timestamped<Value>> {
		const begun = this.read(since);
		this.latest = begun;
		begun.catch(() => {
			if (this.latest === begun) this.latest = undefined;
		});
		return begun;
	}
}

/** When a reading that is good enough now can have started. */
function oldest(since: number): number {
	return Math.max(since, performance.now() - MAX_AGE_MS);
}

/**
 * Reads and writes what follows from it, in time: when the turn of the write comes too late, all of it again.
 * @param write is given the time after which its requests must not start anymore, for `AccountRequest.notAfter`
 * @throws what reading and writing throw
 */
export async function writeIfFresh<Value, Outcome>(
	read: () => Promise<Timestamped<Value>>,
	write: (value: Value, notAfter: number) => Promise<Outcome>,
): Promise<Outcome> {
	for (let round = 1; ; round += 1) {
		const { value, readAt } = await read();
		try {
			return await write(value, readAt + MAX_AGE_MS);
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (failure.kind !== 'stale') throw failure;
			if (round >= MAX_ROUNDS) {
				throw failure.with({
					message: `ActiveCampaign was too busy: the contact's data went out of date ${MAX_ROUNDS} times before it could be updated`,
					description: 'Run the item again when the account is less busy',
				});
			}
		}
	}
}
