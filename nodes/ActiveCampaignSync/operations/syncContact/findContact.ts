import { type Timestamped, knownNow } from '../../account/cachedRead';
import type { ContactPart, FoundContact } from '../../account/contactParts';
import { valuesRequest, type ContactReads } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import { isBlankStoredValue, isSameStoredValue } from '../../fields/fieldValue';
import { type ExistingContact, existingContact } from '../../input/contactPlan';
import { targetKey, targetLabel, type ContactTarget } from '../../input/contactTarget';
import type { FoundIds } from '../../input/contactWrite';
import { contactNotFound } from '../../input/contactReference';
import type { ContactGroup } from '../../run/contactGroups';
import { AccountFailure, failureOf, ignoreFailure, InputError, type Failure } from '../../shared/failure';
import { idOf, textOf, type JsonObject } from '../../shared/json';
import { capitalized, quote } from '../../shared/text';

/** What the account has for a target. */
export interface FoundTarget extends FoundIds {
	/** The contact with this ID, or else the one that has the address, as far as it had to be read. */
	readonly contact?: FoundContact;
}

export type Wanted = Pick<ContactGroup, 'target' | 'plan'>;
type KeyTarget = Extract<ContactTarget, { by: 'key' }>;

/** Finds the contacts of one run. */
export class ContactFinder {
	/** IDs of contacts that this run has found or written, by the key of their targets. */
	private readonly idsByKey = new Map<string, string>();

	constructor(private readonly reads: ContactReads) {}

	/**
	 * Finds the contact that a target means.
	 * @param parts what else of the contact is to be read, if it is read; undefined if only who it is has to be known
	 * @throws AccountFailure, also for an ID that does not exist; InputError where several contacts have the key
	 */
	async find(
		scope: RequestScope,
		{ target, plan }: Wanted,
		parts: readonly ContactPart[],
		isRead: boolean,
	): Promise<Timestamped<FoundTarget>> {
		if (target.by === 'email') {
			const { value: contact, readAt } = await this.reads.byEmail(scope, target.email, parts);
			return { value: { id: contact?.id, contact }, readAt };
		}
		const { value: id, readAt } = target.by === 'id' ? knownNow(target.id) : await this.byKey(scope, target);
		if (id !== undefined) {
			if (!isRead) return { value: { id }, readAt };
			const contact = await this.byId(scope, id, parts);
			return { value: { id, contact: contact.value }, readAt: Math.min(readAt, contact.readAt) };
		}
		if (target.by === 'id' || plan.email === '') return { value: {}, readAt };
		const owner = await this.emailOwner(scope, target, plan.email, parts);
		return { value: owner.value, readAt: Math.min(readAt, owner.readAt) };
	}

	/** What a contact that was found has. @throws AccountFailure */
	async existing(
		scope: RequestScope,
		{ contact }: FoundTarget,
		needsValues: boolean,
	): Promise<ExistingContact | undefined> {
		if (!contact) return undefined;
		return existingContact(
			contact.row,
			needsValues ? await this.reads.rowsOf(scope, contact, 'fieldValues') : [],
		);
	}

	/**
	 * Looks once more who has the key of a contact that was just created: another n8n worker may have created one at the same
	 * moment. The one with the lower ID is the contact of that key for all.
	 * @throws InputError for the other one; nothing where it cannot be looked up
	 */
	async assertFirstWithKey(scope: RequestScope, target: KeyTarget, id: string): Promise<void> {
		const found = await this.idsWithKey(scope, target).catch(ignoreFailure);
		const earlier = (found?.value ?? []).filter((other) => Number(other) < Number(id));
		if (earlier.length === 0) return;
		throw new InputError(
			`${earlier.length + 1} contacts have ${targetLabel(target)}: this one was created with the ID ${id}, and the ID ${earlier.join(', ')} at the same moment, e.g. by another n8n worker`,
			`Merge them in ActiveCampaign, or delete the ID ${id}, then run the item again. Its lists, tags, automations, company, and note were skipped`,
		);
	}

	/** Remembers, for this run, which contact was written for a key: the account may not list it yet. */
	remember(target: ContactTarget, id: string): void {
		if (target.by === 'key') this.idsByKey.set(targetKey(target), id);
	}

	/** To be called when the contact of a target turns out to be gone. */
	forget(target: ContactTarget): void {
		this.idsByKey.delete(targetKey(target));
	}

	/** The ID of the contact that has an address; undefined if there is none. @throws AccountFailure */
	async idByEmail(scope: RequestScope, email: string): Promise<string | undefined> {
		return (await this.reads.byEmail(scope, email)).value?.id;
	}

	private async byId(
		scope: RequestScope,
		id: string,
		parts: readonly ContactPart[],
	): Promise<Timestamped<FoundContact>> {
		try {
			return await this.reads.byId(scope, id, parts);
		} catch (thrown) {
			const failure = failureOf(thrown);
			throw failure.kind === 'notFound' ? idNotFound(id, failure) : failure;
		}
	}

	private async byKey(scope: RequestScope, target: KeyTarget): Promise<Timestamped<string | undefined>> {
		const remembered = this.idsByKey.get(targetKey(target));
		if (remembered !== undefined) return knownNow(remembered);
		const { value: ids, readAt } = await this.idsWithKey(scope, target);
		const [id, ...others] = ids;
		if (others.length === 0) return { value: id, readAt };
		throw new InputError(
			`${ids.length} contacts have ${targetLabel(target)}: IDs ${ids.join(', ')}`,
			'Make the value unique in ActiveCampaign, or match by contact ID. None of them was changed',
		);
	}

	private async idsWithKey(
		scope: RequestScope,
		{ field, value }: KeyTarget,
	): Promise<Timestamped<readonly string[]>> {
		const request = valuesRequest(field.id, value, 'look for the contact by its custom field');
		const { value: rows, readAt } = await scope.readRows(request, 'fieldValues');
		// The account may ignore case, look for values that contain this one, or ignore the filters.
		const isMatch = (row: JsonObject) =>
			idOf(row['field']) === field.id && isSameStoredValue(field, textOf(row['value']), value);
		const ids = new Set(rows.filter(isMatch).map((row) => idOf(row['contact'])));
		return { value: [...ids].filter((id) => id !== ''), readAt };
	}

	/** The contact that has the address, where nobody has the key. */
	private async emailOwner(
		scope: RequestScope,
		{ field }: KeyTarget,
		email: string,
		parts: readonly ContactPart[],
	): Promise<Timestamped<FoundTarget>> {
		const asked = [...new Set<ContactPart>([...parts, 'fieldValues'])];
		const { value: contact, readAt } = await this.reads.byEmail(scope, email, asked);
		if (!contact) return { value: {}, readAt };
		const rows = await this.reads.rowsOf(scope, contact, 'fieldValues');
		const stored = textOf(rows.find((row) => idOf(row['field']) === field.id)?.['value']);
		const key = isBlankStoredValue(field, stored) ? '' : stored;
		return { value: { emailOwner: { id: contact.id, key }, contact }, readAt };
	}
}

/** For a contact that is to get the address of another one. The IDs are '' for contacts that a dry run would create. */
export function emailTaken(email: string, id: string, ownerId: string): AccountFailure {
	const nameOf = (one: string) => (one === '' ? 'a new contact' : `the contact with the ID ${one}`);
	return new AccountFailure(
		'rejected',
		`${capitalized(nameOf(id))} cannot get the email ${quote(email)}: ${nameOf(ownerId)} has it`,
		'Nothing was changed. Merge the two in ActiveCampaign, or correct the email',
		{ httpCode: '422', emailOwnerId: ownerId },
	);
}

/** For an item that updates a contact by its ID. */
export function idNotFound(id: string, { details }: Failure): AccountFailure {
	return contactNotFound({ by: 'id', id }, 'match by email to create the contact', details);
}
