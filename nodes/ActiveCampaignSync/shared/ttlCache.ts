/**
 * How long ids found by name are remembered for later executions (milliseconds). A form that is sent once a second need
 * not look up the same tags each time; a renamed tag is noticed within the minute.
 */
export const REMEMBER_IDS_MS = 60_000;

/** Remembers values for a while, for all executions in this process. */
export class TtlCache<Value> {
	private readonly kept = new Map<string, { readonly value: Value; readonly until: number }>();

	/**
	 * @param ttlMs how long a value is good for, in milliseconds
	 * @param maxEntries how many values are kept; of more, the oldest go
	 */
	constructor(
		private readonly ttlMs: number,
		private readonly maxEntries = 1_000,
	) {}

	get(key: string): Value | undefined {
		const kept = this.kept.get(key);
		return kept && performance.now() < kept.until ? kept.value : undefined;
	}

	set(key: string, value: Value): void {
		this.kept.delete(key);
		this.kept.set(key, { value, until: performance.now() + this.ttlMs });
		for (const oldest of this.kept.keys()) {
			if (this.kept.size <= this.maxEntries) break;
			this.kept.delete(oldest);
		}
	}

	delete(key: string): void {
		this.kept.delete(key);
	}
}
