import { createHash } from 'node:crypto';
import { Catalog, counter } from './catalog';
import { storedDatetime } from './dates';
import { asText } from './guards';
import {
	MEMBERSHIP_STATUS,
	SandboxContact,
	type AutomationEntry,
	type ContactSeed,
	type FieldValueRow,
	type Membership,
	type MembershipWrite,
	type MembershipStatus,
	type MembershipStatusName,
	type Mistake,
	type SandboxList,
	type TagLink,
} from './model';
import type { SandboxSettings } from './settings';

type StatusOrName = MembershipStatus | MembershipStatusName;

/** The account's contacts and what hangs on them. Reads and seeds for tests, writes for the routes. */
export class ContactStore extends Catalog {
	/** What a careful client would not have done, in order. */
	readonly mistakes: Mistake[] = [];
	private readonly byId = new Map<string, SandboxContact>();
	private readonly byEmail = new Map<string, SandboxContact>();
	/** Unsubscribes of deleted contacts, by lower-case address and list id: the account keeps them for the address. */
	private readonly oldUnsubscribes = new Map<string, Map<string, Membership>>();
	/** What clients wrote to memberships, in order; without what tests set. */
	readonly membershipWrites: MembershipWrite[] = [];
	private readonly fieldValueOwners = new Map<string, SandboxContact>();
	private readonly tagLinkOwners = new Map<string, SandboxContact>();
	private readonly nextContactId = counter(1_001);
	private readonly nextFieldValueId = counter(50_001);
	private readonly nextMembershipId = counter(30_001);
	private readonly nextTagLinkId = counter(20_001);
	private readonly nextEntryId = counter(10_001);

	constructor(protected readonly settings: SandboxSettings) {
		super(() => settings.timeZone);
	}

	mistake(kind: Mistake['kind'], detail: string): void {
		this.mistakes.push({ kind, detail });
	}

	contacts(): SandboxContact[] {
		return [...this.byId.values()];
	}

	contactById(id: string): SandboxContact | undefined {
		return this.byId.get(id);
	}

	/** Whatever the case of the address. */
	contactByEmail(email: string): SandboxContact | undefined {
		return this.byEmail.get(email.toLowerCase());
	}

	/** The contact of that id or address. @throws Error when there is none */
	contactBy(idOrEmail: string): SandboxContact {
		const contact = this.byId.get(idOrEmail) ?? this.contactByEmail(idOrEmail);
		if (!contact) throw new Error(`The sandbox has no contact "${idOrEmail}"`);
		return contact;
	}

	/** Adds or changes a contact, without any request. @throws Error for a field, list or automation that is not there */
	addContact(seed: ContactSeed): SandboxContact {
		const { contact } = this.upsert(seed.email);
		contact.firstName = seed.firstName ?? contact.firstName;
		contact.lastName = seed.lastName ?? contact.lastName;
		contact.phone = seed.phone ?? contact.phone;
		contact.bouncedHard = seed.bouncedHard ?? contact.bouncedHard;
		contact.bouncedSoft = seed.bouncedSoft ?? contact.bouncedSoft;
		for (const [key, value] of Object.entries(seed.fieldValues ?? {})) {
			this.setFieldValue(contact, this.fieldBy(key).id, value);
		}
		for (const [list, status] of Object.entries(seed.lists ?? {}))
			this.setMembership(contact.id, list, status);
		for (const name of seed.tags ?? []) this.tagContact(contact, this.tagNamed(name).id);
		for (const automation of seed.automations ?? []) this.enroll(contact, this.automationBy(automation).id);
		return contact;
	}

	/** Sets a membership without any request. @throws Error when contact or list is not there */
	setMembership(idOrEmail: string, list: string | SandboxList, status: StatusOrName): Membership {
		const listId = typeof list === 'string' ? this.listBy(list).id : list.id;
		const number = typeof status === 'number' ? status : MEMBERSHIP_STATUS[status];
		return this.putStatus(this.contactBy(idOrEmail), listId, number, '0', true).membership;
	}

	/** The contact of that address, made if missing. */
	upsert(email: string): { contact: SandboxContact; created: boolean } {
		const present = this.contactByEmail(email);
		if (present) return { contact: present, created: false };
		const hash = createHash('md5').update(email.toLowerCase()).digest('hex');
		const contact = new SandboxContact(this.nextContactId(), email, hash, this.now());
		if (this.settings.showOldUnsubscribes) {
			for (const [listId, membership] of this.oldUnsubscribes.get(email.toLowerCase()) ?? [])
				contact.lists.set(listId, { ...membership, id: this.nextMembershipId() });
		}
		this.byId.set(contact.id, contact);
		this.byEmail.set(email.toLowerCase(), contact);
		return { contact, created: true };
	}

	/** Deletes a contact with what hangs on it. What it unsubscribed from stays known for its address. */
	deleteContact(contact: SandboxContact): void {
		const address = contact.email.toLowerCase();
		this.byId.delete(contact.id);
		this.byEmail.delete(address);
		const kept = this.oldUnsubscribes.get(address) ?? new Map<string, Membership>();
		for (const [listId, membership] of contact.lists)
			if (membership.status === MEMBERSHIP_STATUS.unsubscribed) kept.set(listId, membership);
		this.oldUnsubscribes.set(address, kept);
	}

	/** Whether the contact, or a deleted one of its address, has unsubscribed from the list. */
	hasUnsubscribed({ email, lists }: SandboxContact, listId: string): boolean {
		return (
			lists.get(listId)?.status === MEMBERSHIP_STATUS.unsubscribed ||
			(this.oldUnsubscribes.get(email.toLowerCase())?.has(listId) ?? false)
		);
	}

	/**
	 * Stores a custom value the way the account does: only strings survive, datetimes move to the account's time zone,
	 * "" does nothing for date and datetime and, as the settings say, is ignored or stored elsewhere.
	 * @returns the stored row, undefined when the field is unknown or the value did nothing
	 */
	setFieldValue(contact: SandboxContact, fieldId: string, raw: unknown): FieldValueRow | undefined {
		const field = this.fields.get(fieldId);
		if (!field) return undefined;
		if (typeof raw !== 'string') this.mistake('valueNotString', `field ${fieldId}: ${JSON.stringify(raw)}`);
		const value = asText(raw);
		const isMoment = field.type === 'date' || field.type === 'datetime';
		if (value === '' && (isMoment || this.settings.emptyFieldValue === 'ignore')) return undefined;
		const now = this.now();
		const row = contact.fieldValueRows.get(fieldId) ?? {
			id: this.nextFieldValueId(),
			fieldId,
			value: '',
			cdate: now,
			udate: now,
		};
		row.value = field.type === 'datetime' ? storedDatetime(value, this.settings.timeZone) : value;
		row.udate = now;
		contact.fieldValueRows.set(fieldId, row);
		this.fieldValueOwners.set(row.id, contact);
		return row;
	}

	/** Whether there was a custom value of that row id. */
	deleteFieldValue(rowId: string): boolean {
		const rows = this.fieldValueOwners.get(rowId)?.fieldValueRows;
		this.fieldValueOwners.delete(rowId);
		for (const [fieldId, { id }] of rows ?? []) if (id === rowId) return rows?.delete(fieldId) ?? false;
		return false;
	}

	/** Writes a membership for a client; a new active one starts the automations that wait for the list. */
	setStatus(
		contact: SandboxContact,
		listId: string,
		status: MembershipStatus,
		sourceId = '0',
		runAutomations = true,
	) {
		const from = contact.lists.get(listId)?.status;
		this.membershipWrites.push({ email: contact.email, listId, from, to: status, sourceId });
		return this.putStatus(contact, listId, status, sourceId, runAutomations);
	}

	private putStatus(
		contact: SandboxContact,
		listId: string,
		status: MembershipStatus,
		sourceId: string,
		runAutomations: boolean,
	) {
		const now = this.now();
		const before = contact.lists.get(listId);
		const membership = {
			id: before?.id ?? this.nextMembershipId(),
			status,
			sourceId,
			channel: this.lists.get(listId)?.channel ?? 'email',
			sdate: before?.sdate ?? now,
			udate: now,
		};
		contact.lists.set(listId, membership);
		if (status === MEMBERSHIP_STATUS.active)
			this.oldUnsubscribes.get(contact.email.toLowerCase())?.delete(listId);
		if (runAutomations && status === MEMBERSHIP_STATUS.active && before?.status !== status) {
			for (const { id, startsOnList } of this.automations.values())
				if (startsOnList === listId) this.enroll(contact, id);
		}
		return { membership, created: before === undefined };
	}

	/** The contact tag of that name, made if missing. */
	tagNamed(name: string) {
		return this.tagByName(name) ?? this.addTag(name);
	}

	tagContact(contact: SandboxContact, tagId: string): { link: TagLink; created: boolean } {
		const present = contact.tags.get(tagId);
		if (present) return { link: present, created: false };
		const link = { id: this.nextTagLinkId(), cdate: this.now() };
		contact.tags.set(tagId, link);
		this.tagLinkOwners.set(link.id, contact);
		return { link, created: true };
	}

	/** Whether there was a tag on a contact by that link id. */
	deleteTagLink(linkId: string): boolean {
		const tags = this.tagLinkOwners.get(linkId)?.tags;
		this.tagLinkOwners.delete(linkId);
		for (const [tagId, { id }] of tags ?? []) if (id === linkId) return tags?.delete(tagId) ?? false;
		return false;
	}

	/** Enrolls the contact, again if it is enrolled. */
	enroll(contact: SandboxContact, automationId: string): AutomationEntry {
		if (contact.automations.some((entry) => entry.automationId === automationId)) {
			this.mistake('enrolledTwice', `contact ${contact.email}, automation ${automationId}`);
		}
		const entry = { id: this.nextEntryId(), automationId, adddate: this.now() };
		contact.automations.push(entry);
		return entry;
	}

	/** How often the contact was enrolled in the automation; both by id or by address and name. @throws Error when one is not there */
	enrollments(idOrEmail: string, automation: string): number {
		const { id } = this.automationBy(automation);
		return this.contactBy(idOrEmail).automations.filter(({ automationId }) => automationId === id).length;
	}
}
