import type { Clock } from './clock';
import { isoInZone } from './dates';
import {
	ANY_LIST,
	type FieldOption,
	type FieldSeed,
	type ListSeed,
	type SandboxAutomation,
	type SandboxCompany,
	type SandboxField,
	type SandboxList,
	type SandboxSegment,
	type SandboxTag,
} from './model';
import type { SandboxSettings } from './settings';

const SECOND_MS = 1_000;

/** Gives ids as the API does: digits in a string, each once. */
export function counter(first: number): () => string {
	let next = first;
	return () => String(next++);
}

/** Every field type the vendor documents, and '' for a field without one. */
export const FIELD_TYPES = [
	'text',
	'textarea',
	'hidden',
	'date',
	'datetime',
	'dropdown',
	'radio',
	'checkbox',
	'listbox',
	'number',
	'currency',
	'',
] as const;

/** `multiselect` is what some accounts call a listbox. It is not among FIELD_TYPES, since the vendor does not document it. */
export const TYPES_WITH_OPTIONS = new Set(['dropdown', 'radio', 'checkbox', 'listbox', 'multiselect']);

/** Options of a made-up field: value and label differ, as they do in real accounts. */
const MADE_UP_OPTIONS = [
	{ value: 'af', label: 'Afrikaans' },
	{ value: 'fr', label: 'French' },
	{ value: 'pt-br', label: 'Portuguese (Brazil)' },
];

/** As many fields as asked for, the types in turn: "Field 1" with the tag FIELD_1 is a text, "Field 2" a textarea … */
export function madeUpFields(count: number): FieldSeed[] {
	return Array.from({ length: count }, (_, index) => {
		const type = FIELD_TYPES[index % FIELD_TYPES.length] ?? '';
		return {
			title: `Field ${index + 1}`,
			type,
			options: TYPES_WITH_OPTIONS.has(type) ? MADE_UP_OPTIONS : [],
		};
	});
}

/** What an account has besides contacts: custom fields, lists, tags, automations and companies, by id. */
export class Catalog {
	readonly fields = new Map<string, SandboxField>();
	readonly lists = new Map<string, SandboxList>();
	readonly tags = new Map<string, SandboxTag>();
	readonly automations = new Map<string, SandboxAutomation>();
	/** What the API calls accounts. */
	readonly companies = new Map<string, SandboxCompany>();
	readonly segments = new Map<string, SandboxSegment>();
	// Each kind counts from elsewhere, so that an id given for the wrong kind is not there by chance.
	private readonly nextFieldId = counter(1);
	private readonly nextOptionId = counter(70_001);
	private readonly nextListId = counter(401);
	private readonly nextTagId = counter(601);
	private readonly nextAutomationId = counter(801);
	private readonly nextCompanyId = counter(901);
	private readonly nextSegmentId = counter(501);

	// Writing a moment in a time zone costs more than all else a request does, and it changes once a second.
	private written = { second: Number.NaN, timeZone: '', text: '' };

	constructor(
		protected readonly settings: SandboxSettings,
		protected readonly clock: Clock,
	) {}

	/** The account's present time as it writes it. */
	now(): string {
		const second = Math.floor(this.clock.date() / SECOND_MS);
		const { timeZone } = this.settings;
		if (this.written.second !== second || this.written.timeZone !== timeZone) {
			this.written = { second, timeZone, text: isoInZone(second * SECOND_MS, timeZone) };
		}
		return this.written.text;
	}

	/** Adds a custom field: a text, called after its id and related to every list, where the seed says nothing else. */
	addField(seed: FieldSeed = {}): SandboxField {
		const id = seed.id ?? this.nextFieldId();
		const title = seed.title ?? `Field ${id}`;
		const field: SandboxField = {
			id,
			title,
			type: seed.type === undefined ? 'text' : seed.type,
			perstag: seed.perstag ?? title.toUpperCase().replace(/[^A-Z0-9]+/g, '_'),
			options: [],
			lists: seed.lists ?? [ANY_LIST],
			cdate: this.now(),
		};
		this.fields.set(id, field);
		for (const option of seed.options ?? [])
			this.addFieldOption(field, typeof option === 'string' ? { value: option, label: option } : option);
		return field;
	}

	addFieldOption(field: SandboxField, { value, label }: { value: string; label: string }): FieldOption {
		const option = { id: this.nextOptionId(), value, label };
		field.options.push(option);
		return option;
	}

	/** Adds a list, for email where the seed says nothing else. */
	addList(seed: ListSeed): SandboxList {
		const { name, channel = 'email' } = typeof seed === 'string' ? { name: seed } : seed;
		const list = { id: this.nextListId(), name, channel, cdate: this.now() };
		this.lists.set(list.id, list);
		return list;
	}

	/** Adds a tag, a contact tag if nothing else is said; with '' as type the account hides it. */
	addTag(name: string, tagType = 'contact', description = ''): SandboxTag {
		const tag = { id: this.nextTagId(), name, tagType, description, cdate: this.now() };
		this.tags.set(tag.id, tag);
		return tag;
	}

	addAutomation(
		name: string,
		{ active = true, startsOnList }: { active?: boolean; startsOnList?: string } = {},
	): SandboxAutomation {
		const automation = { id: this.nextAutomationId(), name, active, startsOnList, cdate: this.now() };
		this.automations.set(automation.id, automation);
		return automation;
	}

	addCompany(name: string, url: string | null = null): SandboxCompany {
		const company = { id: this.nextCompanyId(), name, url, cdate: this.now() };
		this.companies.set(company.id, company);
		return company;
	}

	/** Adds a segment; whether a contact is in it is decided anew whenever it is asked for. */
	addSegment(name: string, includes: SandboxSegment['includes']): SandboxSegment {
		const segment = { id: this.nextSegmentId(), name, includes, askedAtMs: undefined };
		this.segments.set(segment.id, segment);
		return segment;
	}

	/** A text as the account compares it: without case, and without accents where its collation ignores them. */
	collate(text: string): string {
		const lower = text.toLowerCase();
		return this.settings.collation === 'accentsMatter'
			? lower
			: lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 's');
	}

	/** The company of that name, as the account compares names. */
	companyByName(name: string): SandboxCompany | undefined {
		return this.byName(this.companies, name);
	}

	/** The tag of that name, as the account compares names. */
	tagByName(name: string): SandboxTag | undefined {
		return this.byName(this.tags, name);
	}

	/** @throws Error when the account has no such list */
	listBy(idOrName: string): SandboxList {
		return present(this.lists.get(idOrName) ?? this.byName(this.lists, idOrName), 'list', idOrName);
	}

	/** @throws Error when the account has no such automation */
	automationBy(idOrName: string): SandboxAutomation {
		return present(
			this.automations.get(idOrName) ?? this.byName(this.automations, idOrName),
			'automation',
			idOrName,
		);
	}

	/** The field of that id, title or personalization tag. @throws Error when the account has none */
	fieldBy(key: string): SandboxField {
		const byTitle = () =>
			[...this.fields.values()].find(({ title, perstag }) => title === key || perstag === key);
		return present(this.fields.get(key) ?? byTitle(), 'field', key);
	}

	private byName<T extends { name: string }>(records: Map<string, T>, name: string): T | undefined {
		const wanted = this.collate(name);
		for (const record of records.values()) if (this.collate(record.name) === wanted) return record;
		return undefined;
	}
}

function present<T>(record: T | undefined, kind: string, key: string): T {
	if (!record) throw new Error(`The sandbox has no ${kind} "${key}"`);
	return record;
}
