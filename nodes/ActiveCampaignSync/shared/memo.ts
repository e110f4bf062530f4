import { isFailure } from './failure';

interface Entry<Value> {
	readonly value: Promise<Value>;
	/** Known once the value is there. */
	settled?: { readonly value: Value };
	/** By `performance.now()`. */
	readonly until: number;
}

/** A function of an object, worked out once for each: a run may ask for it thousands of times. */
export function oncePer<Thing extends object, Value>(make: (thing: Thing) => Value): (thing: Thing) => Value {
	const known = new WeakMap<Thing, { readonly value: Value }>();
	return (thing) => {
		const found = known.get(thing) ?? { value: make(thing) };
		known.set(thing, found);
		return found.value;
	};
}

/** Shares one load among all who ask for a key, and remembers what it gave for a while. */
export class Memo<Value> {
	private readonly entries = new Map<string, Entry<Value>>();

	/**
	 * @param ttlMs how long a value is good for, in milliseconds
	 * @param maxEntries how many values are kept; of more, the oldest go
	 */
	constructor(
		private readonly ttlMs = Infinity,
		private readonly maxEntries = 1_000,
	) {}

	/**
	 * The value of a key, loaded unless it is known or on its way. That a permission is missing stays, as does a list
	 * without an end; other failures may pass, so the next one who asks loads again.
	 * @throws what `load` throws
	 */
	async get(key: string, load: () => Promise<Value>): Promise<Value> {
		const known = this.pending(key);
		if (known) return await known;
		const loading = load();
		const entry = this.keep(key, { value: loading, until: performance.now() + this.ttlMs });
		loading.then(
			(value) => (entry.settled = { value }),
			(thrown: unknown) => {
				const isFinal = isFailure(thrown) && (thrown.kind === 'forbidden' || thrown.details.isFinal);
				if (!isFinal && this.entries.get(key) === entry) this.entries.delete(key);
			},
		);
		return await loading;
	}

	/** What is known of a key or being loaded; undefined if nobody has asked for it yet. */
	pending(key: string): Promise<Value> | undefined {
		const entry = this.entries.get(key);
		return entry && performance.now() < entry.until ? entry.value : undefined;
	}

	/** The value of a key, if it is known already. */
	peek(key: string): Value | undefined {
		const entry = this.entries.get(key);
		return entry && performance.now() < entry.until ? entry.settled?.value : undefined;
	}

	set(key: string, value: Value): void {
		this.keep(key, {
			value: Promise.resolve(value),
			settled: { value },
			until: performance.now() + this.ttlMs,
		});
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	private keep(key: string, entry: Entry<Value>): Entry<Value> {
		this.entries.delete(key);
		this.entries.set(key, entry);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.maxEntries) break;
			this.entries.delete(oldest);
		}
		return entry;
	}
}
