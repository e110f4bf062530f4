import { InputError } from '../shared/failure';
import { normalizeName, quote } from '../shared/text';
import { idOf } from '../shared/json';
import { didYouMean, type FoldedName } from './suggestions';
import { pushTo, normalizeLabel, verbatim, withoutPercentSigns, type CustomField } from './customField';

/**
 * What a reference to a field is: its ID, or its title or personalization tag. Undefined for an expression in place of
 * the picker, which may give either: digits are then an ID.
 */
export type ReferenceMode = 'id' | 'name' | undefined;

/** The custom fields of one account, found by ID, title or personalization tag. */
export class FieldCatalog {
	/** In the account's order. */
	readonly fields: readonly CustomField[];

	private readonly ids = new Map<string, CustomField>();
	private readonly titles = new Map<string, CustomField[]>();
	private readonly caselessTitles = new Map<string, CustomField[]>();
	/** Each title after what `normalizeLabel` makes of it. */
	private readonly foldedNames: FoldedName[] = [];
	private readonly foldedTitles = new Map<string, CustomField[]>();
	private readonly foldedTags = new Map<string, CustomField[]>();
	private readonly tags = new Map<string, CustomField[]>();

	constructor(fields: readonly CustomField[]) {
		this.fields = fields;
		for (const field of fields) {
			const foldedTitle = normalizeLabel(field.title);
			this.ids.set(field.id, field);
			pushTo(this.titles, field.title, field);
			pushTo(this.caselessTitles, normalizeName(field.title), field);
			pushTo(this.tags, field.personalizationTag, field);
			pushTo(this.foldedTitles, foldedTitle, field);
			this.foldedNames.push([foldedTitle, field.title]);
			pushTo(this.foldedTags, normalizeLabel(field.personalizationTag), field);
		}
	}

	/** The field with an ID: digits, also as a number or with zeros before them. */
	byId(id: unknown): CustomField | undefined {
		return this.ids.get(idOf(id));
	}

	/**
	 * All fields that a name may mean: none when it is unknown, several when it is a title that fields share.
	 *
	 * Looked up as an exact title, as a personalization tag (`TAG` or `%TAG%`), as a title without regard to case and
	 * outer blanks, and as a tag without regard to case; the first that finds any field decides.
	 */
	named(name: unknown): readonly CustomField[] {
		const typed = verbatim(name);
		const trimmed = typed.trim();
		if (trimmed === '') return [];
		const tag = withoutPercentSigns(trimmed);
		return (
			this.titles.get(typed) ??
			(tag === '' ? undefined : this.tags.get(tag)) ??
			this.caselessTitles.get(normalizeName(trimmed)) ??
			(tag === '' ? undefined : this.tags.get(tag.toUpperCase())) ??
			[]
		);
	}

	/** All fields with this title, or else with this tag, compared by `normalizeLabel`. */
	similar(name: string): readonly CustomField[] {
		const folded = normalizeLabel(name);
		if (folded === '') return [];
		return this.foldedTitles.get(folded) ?? this.foldedTags.get(folded) ?? [];
	}

	/**
	 * The field that a reference means, or undefined when the account has no such field. What cannot be an ID, since it
	 * is not digits, is a name in any mode.
	 *
	 * @throws InputError when several fields have this title
	 */
	find(reference: unknown, mode?: ReferenceMode): CustomField | undefined {
		const isId = mode !== 'name' && idOf(reference) !== '';
		const withId = isId ? this.byId(reference) : undefined;
		if (withId || (isId && mode === 'id')) return withId;
		const fields = this.named(reference);
		if (fields.length > 1) throw sharedTitleError(verbatim(reference), fields);
		return fields[0];
	}

	/** What to throw, or to note in the output, about a reference for which `find` gave nothing. */
	unknownFieldError(reference: unknown): InputError {
		const typed = verbatim(reference);
		if (typed.trim() === '') {
			return new InputError('No custom field is chosen', "Choose one in 'Field', or remove the row");
		}
		const question = didYouMean(typed, this.foldedNames);
		return new InputError(
			`The account has no custom field ${quote(typed)}`,
			`${question ? `${question} ` : ''}Use the field's ID, title or personalization tag, or set 'Unknown Fields' to 'Skip'`,
		);
	}
}

/** What fields that share a title can be called instead, e.g. `ID 40 (%TWIN%)`. */
export function unambiguousReferences(fields: readonly CustomField[]): string[] {
	return fields.map(({ id, personalizationTag }) =>
		personalizationTag === '' ? `ID ${id}` : `ID ${id} (%${personalizationTag}%)`,
	);
}

function sharedTitleError(title: string, fields: readonly CustomField[]): InputError {
	return new InputError(
		`${fields.length} custom fields are called ${quote(title)}`,
		`Use the ID or the personalization tag instead of the title: ${unambiguousReferences(fields).join(', ')}`,
	);
}
