import { CachedRead, knownNow, type Timestamped } from '../../account/cachedRead';
import {
	bouncedForGood,
	CONTACT_PARTS,
	type ContactPart,
	type ContactRows,
	type Rows,
} from '../../account/contactParts';
import type { ContactReads } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import { customFieldsOf, customValuesOf, type ContactPlan } from '../../input/contactPlan';
import { textOf, type JsonObject } from '../../shared/json';
import { Memo } from '../../shared/memo';
import { ListStep } from '../../steps/lists';
import { neededParts } from '../../steps/runSteps';
import type { Step, StepContact } from '../../steps/step';
import type { PreviewedContact, SavedContact } from './saveContact';

/** What one saved contact has: all parts in one reading together with other contacts, or else each by itself. */
export class ContactState implements StepContact {
	readonly id: string;
	readonly isNew: boolean;
	readonly hasBounced: boolean | undefined;
	readonly hasPhone: boolean | undefined;

	private readonly reads: ReadonlyMap<ContactPart, CachedRead<Rows>>;
	private readonly counts: CachedRead<ReadonlyMap<string, number>>;
	private readonly afterwards = new Memo<Rows>();

	/** @param steps those that will be carried out */
	constructor(
		private readonly contactReads: ContactReads,
		private readonly scope: RequestScope,
		private readonly contact: SavedContact,
		steps: readonly Step[],
	) {
		const { id, isNew, hasBounced, plan } = contact;
		this.id = id;
		this.isNew = isNew;
		this.hasBounced = hasBounced;
		this.hasPhone = hasPhoneAfter(plan, contact.contact, !isNew);
		const needed = neededParts(steps, needsFieldValues(contact));
		const together = new CachedRead(
			async () => await contactReads.together(scope, id, needed, isNew ? 'new' : 'known'),
		);
		const read = async (part: ContactPart, since: number): Promise<Timestamped<Rows>> => {
			const { value: parts, readAt } = await together.get(since);
			const rows = parts.get(part);
			return rows ? { value: rows, readAt } : await contactReads.part(scope, id, part);
		};
		const known = partsKnownBefore(contact, steps);
		this.reads = new Map(
			CONTACT_PARTS.map((part) => [
				part,
				new CachedRead(async (since) => await read(part, since), known.get(part)),
			]),
		);
		this.counts = new CachedRead(
			async () => await contactReads.entryCounts(scope, id),
			isNew ? { value: new Map<string, number>(), readAt: contact.readAt } : undefined,
		);
	}

	async part(part: ContactPart, since?: number): Promise<Timestamped<Rows>> {
		return (await this.reads.get(part)?.get(since)) ?? knownNow([]);
	}

	async partAfterwards(part: ContactPart): Promise<Rows> {
		const { contactReads, scope, id } = this;
		return await this.afterwards.get(part, async () => {
			const { value: parts } = await contactReads.together(scope, id, [part], 'done');
			return await contactReads.rowsOf(scope, { id, parts }, part);
		});
	}

	async entryCount(automationId: string, since?: number): Promise<number> {
		return (await this.counts.get(since)).value.get(automationId) ?? 0;
	}

	async readHasBounced(): Promise<boolean> {
		return bouncedForGood(await this.readRow());
	}

	async readHasPhone(): Promise<boolean> {
		return hasPhoneAfter(this.contact.plan, await this.readRow(), false) === true;
	}

	/** An update, too, may return a sparse contact. */
	private async readRow(): Promise<JsonObject> {
		return (await this.contactReads.byId(this.scope, this.id)).value.row;
	}
}

/** The contact of a dry run, as the account has it. */
export function previewedState(
	contactReads: ContactReads,
	scope: RequestScope,
	{ found, plan, phone }: PreviewedContact,
): StepContact {
	const hasPhone = hasPhoneAfter(plan, { phone }, false) === true;
	const hasBounced = found !== undefined && bouncedForGood(found.row);
	const counts = new CachedRead(async () =>
		found ? await contactReads.entryCounts(scope, found.id) : knownNow(new Map<string, number>()),
	);
	const read = new Memo<Timestamped<Rows>>();
	const part = async (name: ContactPart) => {
		if (!found) return knownNow([]);
		const rows = found.parts.get(name);
		return rows
			? knownNow(rows)
			: await read.get(name, async () => await contactReads.part(scope, found.id, name));
	};
	return {
		id: found?.id ?? '',
		isNew: found === undefined,
		hasBounced,
		readHasBounced: async () => await Promise.resolve(hasBounced),
		hasPhone,
		readHasPhone: async () => await Promise.resolve(hasPhone),
		part,
		partAfterwards: async (name) => (await part(name)).value,
		entryCount: async (automationId) => (await counts.get()).value.get(automationId) ?? 0,
	};
}

/** Whether the custom values of a saved contact have to be read. */
function needsFieldValues({ plan, setFields, isNew }: SavedContact): boolean {
	return customFieldsOf(plan).some(([, value]) => (value === '' ? !isNew : !setFields));
}

/**
 * What is known of a contact without reading it: what was read before it was written, and what one that came into being
 * just now is certain not to have. Unsubscribes are kept for the address, so that a contact that was deleted and comes back
 * may have left a list.
 */
function partsKnownBefore(
	{ isNew, readAt, readBefore, plan, setFields }: SavedContact,
	steps: readonly Step[],
): Map<ContactPart, Timestamped<Rows>> {
	if (isNew) {
		const subscribes = steps.some((step) => step instanceof ListStep && step.action === 'subscribe');
		const unknown: ReadonlySet<ContactPart> = new Set<ContactPart>(
			subscribes ? ['fieldValues', 'contactLists'] : ['fieldValues'],
		);
		const empty = CONTACT_PARTS.filter((part) => !unknown.has(part));
		return new Map(empty.map((part) => [part, { value: [], readAt }]));
	}
	const before: ContactRows = readBefore?.value ?? new Map();
	// Whether fields were set shows afterwards only.
	const isOutdated = (part: ContactPart) =>
		part === 'fieldValues' && !setFields && customValuesOf(plan).length > 0;
	const rows = [...before].filter(([part]) => !isOutdated(part));
	return new Map(rows.map(([part, value]) => [part, { value, readAt: readBefore?.readAt ?? readAt }]));
}

/**
 * Whether a contact has a phone number once a plan is written; undefined where that is not known.
 * @param row of the contact: the one that it had, or that the write returned
 * @param isSparse whether the row may lack what the contact has: "the created body is sparse"
 */
export function hasPhoneAfter(
	{ fields }: Pick<ContactPlan, 'fields'>,
	row: JsonObject | undefined,
	isSparse: boolean,
): boolean | undefined {
	const planned = fields.get('phone');
	if (planned !== undefined) return planned !== '';
	return isSparse && row?.['phone'] === undefined ? undefined : textOf(row?.['phone']) !== '';
}
