import { CONTACT_PARTS, type ContactPart, type ContactRows } from '../../account/contactParts';
import type { JsonObject } from '../../shared/json';
import type { RequestScope } from '../../account/requestScope';
import type { ResolvedStep, ResolvedSteps } from '../../steps/resolveSteps';
import { MAX_WAIT_MS, type ContactReader } from '../../account/contactReader';
import type { SyncedContact } from './contactSync';
import { needsFieldValues } from './fieldValues';
import { CachedRead, type Reading } from '../../account/cachedRead';
import { readPart } from '../../account/contactRows';

/** How long a new contact waits for others: its tags and automations need not be read, so they wait for nothing. */
const MAX_WAIT_OF_NEW_MS = 12_000;

/** What a contact has of one part. */
export type PartReading = CachedRead<readonly JsonObject[]>;

/** What one contact has: all parts in one reading together with other contacts, or else each by itself. */
export class ContactParts {
	private readonly readings: Readonly<Record<ContactPart, PartReading>>;
	private readonly together: CachedRead<ContactRows>;

	constructor(
		/** What the calls for this contact alone are part of. */
		private readonly scope: RequestScope,
		reader: ContactReader,
		private readonly contact: SyncedContact,
		steps: ResolvedSteps,
	) {
		const { id, isNew } = contact;
		const parts = neededParts(contact, steps);
		const maxWaitMs = isNew ? MAX_WAIT_OF_NEW_MS : MAX_WAIT_MS;
		this.together = new CachedRead(async () => await reader.read(id, parts, scope.itemIndexes, maxWaitMs));
		const known = knownParts(contact, steps);
		const readingOf = (part: ContactPart): PartReading =>
			new CachedRead(async (since) => await this.read(part, since), known.get(part));
		this.readings = {
			contactLists: readingOf('contactLists'),
			contactTags: readingOf('contactTags'),
			contactAutomations: readingOf('contactAutomations'),
			fieldValues: readingOf('fieldValues'),
			accountContacts: readingOf('accountContacts'),
		};
	}

	/** What the contact has of a part. */
	of(part: ContactPart): PartReading {
		return this.readings[part];
	}

	private async read(part: ContactPart, since: number): Promise<Reading<readonly JsonObject[]>> {
		const { value: parts, readAt } = await this.together.get(since);
		const rows = parts.get(part);
		return rows ? { value: rows, readAt } : await readPart(this.scope, this.contact.id, part);
	}
}

/** The parts that are read of a contact, so that one request is enough for it. */
function neededParts(
	contact: SyncedContact,
	{ lists, tags, automations, company }: ResolvedSteps,
): ContactPart[] {
	const isNeeded: Readonly<Record<ContactPart, boolean>> = {
		contactLists: lists.some(isFound),
		contactTags: tags.some(isFound),
		contactAutomations: automations.some(isFound),
		fieldValues: needsFieldValues(contact),
		accountContacts: company.some(isFound),
	};
	return CONTACT_PARTS.filter((part) => isNeeded[part]);
}

/**
 * What is known of a contact without reading it: what was read before it was written, and what one that came into being
 * just now is certain not to have. Unsubscribes are kept for the address, so that a contact that was deleted and comes back
 * may have left a list.
 */
function knownParts(
	{ isNew, readAt, readBefore, plan, setFields }: SyncedContact,
	{ lists }: ResolvedSteps,
): Map<ContactPart, Reading<readonly JsonObject[]>> {
	if (isNew) {
		const subscribes = lists.some(({ requested }) => requested.action === 'subscribe');
		const empty: ContactPart[] = [
			'contactTags',
			'contactAutomations',
			'accountContacts',
			...(subscribes ? [] : ['contactLists' as const]),
		];
		return new Map(empty.map((part) => [part, { value: [], readAt }]));
	}
	const rows = new Map([...(readBefore?.value ?? [])]);
	// Whether fields were set shows afterwards only.
	if (plan.customFields.set.size > 0 && !setFields) rows.delete('fieldValues');
	return new Map([...rows].map(([part, value]) => [part, { value, readAt: readBefore?.readAt ?? readAt }]));
}

function isFound({ failure }: ResolvedStep<unknown>): boolean {
	return failure === undefined;
}
