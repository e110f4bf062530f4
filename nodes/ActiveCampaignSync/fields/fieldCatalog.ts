import { InputError } from '../shared/failure';
import { idOf } from '../shared/json';
import { normalizeLook, normalizeName, quote } from '../shared/text';
import { untypedField, verbatim, withoutPercentSigns, type CustomField, type FieldDefinition } from './field';
import {
	didYouMean,
	nameFields,
	NameIndex,
	normalizeLabel,
	searchableName,
	type SearchableName,
	type Way,
} from './fieldNames';

/**
 * What a reference to a field is: its ID, or its title or personalization tag. Undefined for an expression in place of
 * the picker, which may give either: digits are then an ID.
 */
export type ReferenceMode = 'id' | 'name' | undefined;

/** As a field's name, an exact title, a tag, a title without regard to case and blanks, a tag in any case, a title by its look. */
const NAMED: ReadonlyArray<Way<CustomField>> = [
	{ of: ({ name }) => name },
	{ of: ({ title }) => title },
	{ of: ({ personalizationTag }) => personalizationTag, text: withoutPercentSigns },
	{ of: ({ title }) => normalizeName(title), text: normalizeName },
	{
		of: ({ personalizationTag }) => personalizationTag,
		text: (typed) => withoutPercentSigns(typed).toUpperCase(),
	},
	{ of: ({ title }) => normalizeLook(title), text: normalizeLook },
];

const SIMILAR: ReadonlyArray<Way<CustomField>> = [
	{ of: ({ title }) => normalizeLabel(title), text: normalizeLabel },
	{ of: ({ personalizationTag }) => normalizeLabel(personalizationTag), text: normalizeLabel },
];

/** The custom fields of one account, found by ID, name, title or personalization tag. */
export class FieldCatalog {
	/** In the account's order. */
	readonly fields: readonly CustomField[];

	private readonly ids: ReadonlyMap<string, CustomField>;
	private readonly byName: NameIndex<CustomField>;
	private readonly bySimilarName: NameIndex<CustomField>;
	private readonly searchableNames: readonly SearchableName[];

	constructor(fields: readonly FieldDefinition[]) {
		this.fields = nameFields(fields);
		this.ids = new Map(this.fields.map((field) => [field.id, field]));
		this.byName = new NameIndex(this.fields, NAMED);
		this.bySimilarName = new NameIndex(this.fields, SIMILAR);
		this.searchableNames = this.fields.map(({ name }) => searchableName(name));
	}

	/** The field with an ID: digits, also as a number or with zeros before them. */
	byId(id: unknown): CustomField | undefined {
		return this.ids.get(idOf(id));
	}

	/** The field of a value that the account has: with only its ID, where the account did not list the field. */
	ofValue(id: string): CustomField {
		return this.byId(id) ?? untypedField(id);
	}

	/**
	 * All fields that a name, title or personalization tag (`TAG` or `%TAG%`) may mean: none when it is unknown, several
	 * when it is a title that fields share.
	 */
	named(name: unknown): readonly CustomField[] {
		return this.byName.find(verbatim(name));
	}

	/** All fields with this title, or else with this tag, compared by `normalizeLabel`. */
	similar(name: string): readonly CustomField[] {
		return this.bySimilarName.find(name);
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
		const question = didYouMean(typed, this.searchableNames);
		return new InputError(
			`The account has no custom field ${quote(typed)}`,
			`${question ? `${question} ` : ''}Use the field's ID, title or personalization tag, create it in ActiveCampaign under Contacts > Fields, or set 'Unusable Values' to 'Skip'`,
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

/** Where no field is needed. */
export const NO_FIELDS = new FieldCatalog([]);
