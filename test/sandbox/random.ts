/**
 * A seeded generator (Mulberry32), so that a run with random faults can be repeated exactly.
 * @returns a function giving numbers in [0, 1)
 */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A copy in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
	const drawn = items.map((item) => ({ item, place: random() }));
	return drawn.sort((one, other) => one.place - other.place).map(({ item }) => item);
}
