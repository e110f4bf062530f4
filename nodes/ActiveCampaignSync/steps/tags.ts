import type { Rows } from '../account/contactParts';
import { rowId } from '../account/contactReads';
import type { Lookups } from '../account/lookups';
import type { WantedRecord } from '../account/nameSearch';
import { isBlankValue, jsonArrayIn, type JsonObject } from '../shared/json';
import { failureOf, InputError } from '../shared/failure';
import { normalizeName, quote, quoteValue, tidyText } from '../shared/text';
import { brokenPart, cellErrorWarning, isCellError, withoutQuotes } from '../fields/typedText';
import { linksTo } from './reference';
import type { OutcomeMeaning, Step, StepKind, StepOutcome, StepWork } from './step';

type TagAction = 'add' | 'remove';

const OUTCOMES = {
	added: { preview: 'wouldAdd' },
	/** The tag is new in the account, and was added. */
	created: { preview: 'wouldCreateTag', isNewRecord: true },
	alreadyAdded: {},
	removed: { preview: 'wouldRemove' },
	notThere: {},
} as const satisfies Record<string, OutcomeMeaning>;
type TagOutcome = keyof typeof OUTCOMES;

export const tags: StepKind = {
	key: 'tags',
	noun: 'tag',
	plural: 'tags',
	needs: 'contactTags',
	outcomes: new Map(Object.entries(OUTCOMES)),
	newRecordAdvice: newTagAdvice,
	read: ({ parameters, itemIndex, warn }) => {
		const names = (parameter: string, title: string) => {
			const given = tagNames(parameters.value(parameter, itemIndex), title);
			for (const error of given.filter(isCellError)) warn(cellErrorWarning(title, error));
			return given.filter((name) => !isCellError(name));
		};
		return [
			...names('tagsToAdd', 'Tags to Add').map((name) => new TagStep(name, 'add')),
			...names('tagsToRemove', 'Tags to Remove').map((name) => new TagStep(name, 'remove')),
		];
	},
	contradiction: (name) => [
		`The tag '${name}' is in both 'Tags to Add' and 'Tags to Remove'`,
		'Keep it in one of the two',
	],
};

/** Adds a tag to the contact, or removes it. */
export class TagStep implements Step {
	readonly kind = tags;
	readonly subject: string;

	/** @param id of the tag, where it is to be removed and the account has it */
	constructor(
		readonly name: string,
		readonly action: TagAction,
		readonly id?: string,
	) {
		this.subject = normalizeName(name);
	}

	get verb(): string {
		return this.action === 'add' ? 'added' : 'removed';
	}

	get isImportable(): boolean {
		return this.action === 'add';
	}

	/** Tags to add are looked up or created when it is known what tags the contact has. */
	async resolve(lookups: Lookups): Promise<TagStep> {
		if (this.action === 'add') return this;
		return new TagStep(this.name, this.action, await lookups.tags.find(this.name));
	}

	async carryOut(work: StepWork): Promise<StepOutcome<TagOutcome>> {
		const { value: links } = await work.contact.part('contactTags');
		return { outcome: await (this.action === 'add' ? this.add(work, links) : this.remove(work, links)) };
	}

	/** "201, then 200 on a repeat": a tag is added once however often this is sent, so that no reading is too old. */
	private async add({ contact, scope, lookups, isDryRun }: StepWork, links: Rows): Promise<TagOutcome> {
		const find = async () => await lookups.tags.findOrCreate(this.name, links.length === 0);
		const link = async (id: string) =>
			await scope.call({
				method: 'POST',
				path: '/contactTags',
				repeatable: 'always',
				body: { contactTag: { contact: contact.id, tag: id } },
				purpose: { action: `add the tag '${this.name}'`, permission: 'edit contacts and tags' },
			});
		const tag = await find();
		const { outcome } = decideTag('add', tag, links);
		if (isDryRun || tag.id === undefined || outcome === 'alreadyAdded') return outcome;
		try {
			await link(tag.id);
			return outcome;
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (failure.kind !== 'notFound' && failure.kind !== 'rejected') throw failure;
		}
		// The ID may be remembered from before, and the tag deleted or created again since.
		lookups.tags.forget(this.name, tag.id);
		const current = await find();
		await link(current.id ?? tag.id);
		return decideTag('add', current, []).outcome;
	}

	/** A link has its own ID, so that a deletion that is repeated or late removes nothing else. */
	private async remove({ scope, isDryRun }: StepWork, links: Rows): Promise<TagOutcome> {
		const { outcome, own } = decideTag('remove', { id: this.id, isCreated: false }, links);
		const purpose = { action: `remove the tag '${this.name}'`, permission: 'edit contacts and tags' };
		const remove = async (row: JsonObject) => await scope.remove(`/contactTags/${rowId(row)}`, purpose);
		if (!isDryRun) await Promise.all(own.map(remove));
		return outcome;
	}
}

interface TagDecision {
	readonly outcome: TagOutcome;
	/** The contact's own links to the tag. */
	readonly own: Rows;
}

/**
 * What is to be done about a tag of a contact.
 * @param links the contact's rows of `contactTags`
 */
export function decideTag(action: TagAction, { id, isCreated }: WantedRecord, links: Rows): TagDecision {
	const own = linksTo(links, 'tag', id);
	if (action === 'remove') return { outcome: own.length > 0 ? 'removed' : 'notThere', own };
	if (own.length > 0) return { outcome: 'alreadyAdded', own };
	return { outcome: isCreated ? 'created' : 'added', own };
}

/**
 * Tag names from what a user typed or an expression gave: text with commas or line breaks between them, an array, or an
 * array written as JSON. Each name once, without regard to case, as first written, without quotation marks around it and
 * without needless blanks.
 * @throws InputError for what cannot be the name of a tag
 */
export function tagNames(value: unknown, title: string): string[] {
	const names = new Map<string, string>();
	for (const name of namesIn(value, title)) {
		if (name !== '' && !names.has(normalizeName(name))) names.set(normalizeName(name), name);
	}
	return [...names.values()];
}

function namesIn(value: unknown, title: string): string[] {
	const listed = typeof value === 'string' ? jsonArrayIn(value) : undefined;
	const parts: readonly unknown[] = listed ?? (Array.isArray(value) ? value : [value]);
	return parts.flatMap((part) => {
		if (isBlankValue(part)) return [];
		if (typeof part === 'number') return [String(part)];
		// The name of a tag contains no comma, so an array may contain texts with commas between names.
		if (typeof part === 'string' && brokenPart(part) === undefined) return splitNames(part);
		throw new InputError(
			`'${title}' cannot contain ${quoteValue(part)}`,
			'Use tag names as text with commas between them, or as an array of texts',
		);
	});
}

/** `"VIP","Blog"`, as Mailchimp exports tags. What is in the marks may contain commas as well. */
const QUOTED = /(^|[,\r\n])[^\S\r\n]*"([^"]*)"[^\S\r\n]*(?=$|[,\r\n])/g;

function splitNames(text: string): string[] {
	return text
		.replace(QUOTED, '$1$2')
		.split(/[,\r\n\u0085\u2028\u2029]/)
		.map((name) => tidyText(withoutQuotes(tidyText(name))));
}

/** What may stand between names of tags, but is part of a name to ActiveCampaign. */
const OTHER_SEPARATOR = /[;|]/;

/** What to say of new tags that may be several in one. */
function newTagAdvice(names: readonly string[]): string | undefined {
	const [joined, mark] =
		names.map((name) => [name, OTHER_SEPARATOR.exec(name)?.[0]] as const).find(([, found]) => found) ?? [];
	if (joined === undefined || mark === undefined) return undefined;
	return `If ${quote(joined)} is meant as several tags, separate them with commas, or with an expression such as {{ $json.tags.split('${mark}') }}.`;
}
