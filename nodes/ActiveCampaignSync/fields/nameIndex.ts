import { groupBy } from '../shared/multiMap';

/** One way in which a text finds things: what is compared of a thing, and of the text if not all of it. */
export interface Way<Thing> {
	readonly of: (thing: Thing) => string;
	readonly text?: (typed: string) => string;
}

/** Finds things by what people call them. */
export class NameIndex<Thing> {
	private readonly ways: ReadonlyArray<Way<Thing> & { readonly things: ReadonlyMap<string, Thing[]> }>;

	/** @param ways the strictest first */
	constructor(things: readonly Thing[], ways: ReadonlyArray<Way<Thing>>) {
		this.ways = ways.map((way) => ({ ...way, things: groupBy(things, way.of) }));
	}

	/** All things that the first way finds that finds any. Nothing is found by a blank. */
	find(typed: string): readonly Thing[] {
		if (typed.trim() === '') return [];
		let [normalize, name] = [undefined as Way<Thing>['text'], typed];
		for (const { text, things } of this.ways) {
			// Ways that follow each other may compare the same, which takes long for a long text.
			if (text !== normalize) [normalize, name] = [text, text ? text(typed) : typed];
			const found = name === '' ? undefined : things.get(name);
			if (found) return found;
		}
		return [];
	}
}
