/** Remembers values for a while, for all executions in this process. */
export class TtlCache<Value> {
	private readonly kept = new Map<string, { readonly value: Value; readonly until: number }>();

	/**
	 * @param ttlMs how long a value is good for, in milliseconds
	 * @param most how many values are kept; of more, the oldest go
	 */
	constructor(
		private readonly ttlMs: number,
		private readonly most = 1_000,
	) {}

	get(key: string): Value | undefined {
		const kept = this.kept.get(key);
		return kept && performance.now() < kept.until ? kept.value : undefined;
	}

	set(key: string, value: Value): void {
		this.kept.delete(key);
		this.kept.set(key, { value, until: performance.now() + this.ttlMs });
		for (const oldest of this.kept.keys()) {
			if (this.kept.size <= this.most) break;
			this.kept.delete(oldest);
		}
	}

	delete(key: string): void {
		this.kept.delete(key);
	}
}
