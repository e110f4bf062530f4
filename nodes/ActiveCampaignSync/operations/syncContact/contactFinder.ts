import { targetKey, targetLabel, type ContactTarget, type FoundIds } from '../../input/contactTarget';
import { existingContact } from '../../input/existingContact';
import type { ContactPlan, ExistingContact } from '../../input/contactPlan';
import { isBlankStoredValue, isSameStoredValue } from '../../fields/fieldValue';
import { CONTACT_PARTS, type ContactPart } from '../../account/contactParts';
import type { RequestedSteps } from '../../steps/requestedSteps';
import { InputError } from '../../shared/failure';
import { idOf, textOf, type JsonObject } from '../../shared/json';
import { readAllPages } from '../../account/paging';
import type { RequestScope } from '../../account/requestScope';
import { readByEmail, readById, type FoundContact } from '../../account/foundContact';
import type { ContactGroup } from '../../run/contactGroups';
import { readPart } from '../../account/contactRows';
import type { Reading } from '../../account/cachedRead';

const FIND_BY_VALUE = {
	action: 'look for the contact by its custom field',
	permission: 'see contacts',
};

/** What the account has for a target. */
export interface FoundTarget extends FoundIds {
	/** The contact with this id, or else the one that has the address, as far as it had to be read. */
	readonly contact?: FoundContact;
}

type Wanted = Pick<ContactGroup, 'target' | 'plan' | 'options'>;
type KeyTarget = Extract<ContactTarget, { by: 'key' }>;

/** Finds the contacts of one run. */
export class ContactFinder {
	/** IDs of contacts that this run has found or written, by the key of their targets. */
	private readonly idsByKey = new Map<string, string>();

	/**
	 * Finds the contact that a target means.
	 * @param parts what else of the contact is to be read, if it is read
	 * @param isRead whether what the contact has must be known, and not only who it is
	 * @throws AccountFailure, also for an ID that does not exist; InputError where several contacts have the key
	 */
	async find(
		scope: RequestScope,
		{ target, plan, options }: Wanted,
		parts: readonly ContactPart[],
		isRead: boolean,
	): Promise<Reading<FoundTarget>> {
		if (target.by === 'email') {
			const { value: contact, readAt } = await readByEmail(scope, target.email, parts);
			return { value: { id: contact?.id, contact }, readAt };
		}
		const match = target.by === 'id' ? known(target.id) : await this.byKey(scope, target);
		const { value: id, readAt } = match;
		if (id !== undefined) {
			if (!isRead) return { value: { id }, readAt };
			const contact = await readById(scope, id, parts);
			return { value: { id, contact: contact.value }, readAt: Math.min(readAt, contact.readAt) };
		}
		if (target.by === 'id' || plan.email === '' || options.syncMode === 'updateOnly') {
			return { value: {}, readAt };
		}
		const holder = await this.holderOf(scope, target, plan.email, parts);
		return { value: holder.value, readAt: Math.min(readAt, holder.readAt) };
	}

	/** What a contact that was found has of its own. @throws AccountFailure */
	async existing(
		scope: RequestScope,
		{ contact }: FoundTarget,
		needsValues: boolean,
	): Promise<ExistingContact | undefined> {
		if (!contact) return undefined;
		return existingContact(contact.row, needsValues ? await this.valuesOf(scope, contact) : []);
	}

	/** Remembers, for this run, which contact was written for a key: the account may not list it yet. */
	remember(target: ContactTarget, id: string): void {
		if (target.by === 'key') this.idsByKey.set(targetKey(target), id);
	}

	/** To be called when the contact of a target turns out to be gone. */
	forget(target: ContactTarget): void {
		this.idsByKey.delete(targetKey(target));
	}

	private async byKey(scope: RequestScope, target: KeyTarget): Promise<Reading<string | undefined>> {
		const remembered = this.idsByKey.get(targetKey(target));
		if (remembered !== undefined) return known(remembered);
		const { field, value } = target;
		const request = {
			path: '/fieldValues',
			query: [
				['filters[fieldid]', field.id],
				['filters[val]', value],
			] as const,
			purpose: FIND_BY_VALUE,
		};
		let readAt = Infinity;
		const readPage = async (offset: number) => {
			const page = await scope.readPage(request, 'fieldValues', offset);
			readAt = Math.min(readAt, page.startedAt);
			return page;
		};
		const rows = (await readAllPages(readPage, FIND_BY_VALUE, 'fieldValues')).get('fieldValues') ?? [];
		// The account may ignore case, look for values that contain this one, or ignore the filters.
		const isMatch = (row: JsonObject) =>
			idOf(row['field']) === field.id && isSameStoredValue(field, textOf(row['value']), value);
		const ids = [...new Set(rows.filter(isMatch).map((row) => idOf(row['contact'])))];
		const [id, ...others] = ids.filter((one) => one !== '');
		if (others.length === 0) return { value: id, readAt };
		throw new InputError(
			`${ids.length} contacts have ${targetLabel(target)}: IDs ${ids.join(', ')}`,
			'Make the value unique in ActiveCampaign, or match by contact ID. None of them was changed',
		);
	}

	/** The contact that has the address, where nobody has the key. */
	private async holderOf(
		scope: RequestScope,
		{ field }: KeyTarget,
		email: string,
		parts: readonly ContactPart[],
	): Promise<Reading<FoundTarget>> {
		const asked = [...new Set<ContactPart>([...parts, 'fieldValues'])];
		const { value: contact, readAt } = await readByEmail(scope, email, asked);
		if (!contact) return { value: {}, readAt };
		const rows = await this.valuesOf(scope, contact);
		const stored = textOf(rows.find((row) => idOf(row['field']) === field.id)?.['value']);
		const key = isBlankStoredValue(field, stored) ? '' : stored;
		return { value: { holder: { id: contact.id, key }, contact }, readAt };
	}

	private async valuesOf(scope: RequestScope, { id, parts }: FoundContact): Promise<readonly JsonObject[]> {
		return parts.get('fieldValues') ?? (await readPart(scope, id, 'fieldValues')).value;
	}
}

/** The parts of a contact that writing it and its steps need to know, so that they come with the contact itself. */
export function neededParts(
	{ customFields: { set, clear } }: ContactPlan,
	{ lists, tags, automations, company }: RequestedSteps,
): ContactPart[] {
	const counts: Readonly<Record<ContactPart, number>> = {
		contactLists: lists.length,
		contactTags: tags.length,
		contactAutomations: automations.length,
		fieldValues: set.size + clear.size,
		accountContacts: company ? 1 : 0,
	};
	return CONTACT_PARTS.filter((part) => counts[part] > 0);
}

/** What need not be read. */
function known<Value>(value: Value): Reading<Value> {
	return { value, readAt: performance.now() };
}
