import { groupBy } from '../shared/multiMap';
import { quote, visibleText } from '../shared/text';
import { STANDARD_COLUMNS, untypedField, type CustomField, type FieldDefinition } from './field';

/** How many names a message suggests. */
const MAX_SUGGESTIONS = 3;

/** Names that share less than this, in characters, are not similar. */
const MIN_SHARED_CHARS = 3;

/**
 * A name without what differs from form to form: case, blanks, `_`, `-`, and the marks around a question. Signs that
 * carry a meaning stay: `Rate (%)` is not `Rate ($)`.
 */
export function normalizeLabel(name: string): string {
	return visibleText(name)
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_\-–—:*?!.,;'’"“”()[\]]+/g, '');
}

/**
 * The fields with what they are called: the title, or else the tag, or else the ID. Fields whose titles are the same to
 * `normalizeLabel`, and those called like a standard column, always carry their IDs: `Company (7)`. So
 * does one that is called just as another one with its ID.
 */
export function nameFields(fields: readonly FieldDefinition[]): CustomField[] {
	const plainNames = [...STANDARD_COLUMNS.values(), ...fields.map(plainName)];
	const sameNames = groupBy(plainNames, normalizeLabel);
	const isShared = (field: FieldDefinition) =>
		(sameNames.get(normalizeLabel(plainName(field))) ?? []).length > 1;
	const namesWithId = new Set(fields.filter(isShared).map(nameWithId));
	return fields.map((field) => {
		const name = plainName(field);
		const needsId = isShared(field) || namesWithId.has(name);
		return { ...field, name: needsId ? nameWithId(field) : name };
	});
}

function plainName({ id, title, personalizationTag }: FieldDefinition): string {
	if (title.trim() !== '') return title;
	return personalizationTag === '' ? untypedField(id).name : `%${personalizationTag}%`;
}

function nameWithId(field: FieldDefinition): string {
	return `${plainName(field)} (${field.id})`;
}

/** A name after what `normalizeLabel` makes of it, which takes too long to do again for each of thousands of items. */
export type SearchableName = readonly [string, string];

export function searchableName(name: string): SearchableName {
	return [normalizeLabel(name), name];
}

/** The names that may have been meant, as a question: "Did you mean 'Company'?", or ''. */
export function didYouMean(wanted: string, names: Iterable<SearchableName>): string {
	const similar = similarNames(normalizeLabel(wanted), names);
	return similar.length > 0 ? `Did you mean ${similar.map(quote).join(' or ')}?` : '';
}

/** The names that contain the wanted one or are contained in it. */
function similarNames(wanted: string, names: Iterable<SearchableName>): string[] {
	const similar = new Set<string>();
	for (const [other, name] of names) {
		const [short, long] = other.length < wanted.length ? [other, wanted] : [wanted, other];
		if (short.length >= MIN_SHARED_CHARS && long.includes(short)) similar.add(name);
		if (similar.size === MAX_SUGGESTIONS) break;
	}
	return [...similar];
}

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
