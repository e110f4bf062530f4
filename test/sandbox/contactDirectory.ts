import { createHash } from 'node:crypto';
import { Catalog, counter } from './catalog';
import { MEMBERSHIP_STATUS, SandboxContact, type Membership, type Mistake } from './model';

/** The account's contacts by id and address. */
export class ContactDirectory extends Catalog {
	/** What a careful client would not have done, in order. */
	readonly mistakes: Mistake[] = [];
	/** Unsubscribes of deleted contacts, by lower-case address and list id: the account keeps them for the address. */
	protected readonly oldUnsubscribes = new Map<string, Map<string, Membership>>();
	protected readonly nextMembershipId = counter(30_001);
	private readonly byId = new Map<string, SandboxContact>();
	private readonly byEmail = new Map<string, SandboxContact>();
	private readonly nextContactId = counter(1_001);
	private changes = 0;

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
		this.changed(contact);
		return { contact, created: true };
	}

	/** Notes that something about the contact has just been written; `udate` follows the API and knows less. */
	changed(contact: SandboxContact): void {
		contact.lastChange = { number: ++this.changes, atMs: this.clock.date() };
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

	/** Gives the contact another address, which no other contact may have. */
	changeEmail(contact: SandboxContact, email: string): void {
		this.byEmail.delete(contact.email.toLowerCase());
		contact.email = email;
		this.byEmail.set(email.toLowerCase(), contact);
	}

	/** Whether the contact, or a deleted one of its address, has unsubscribed from the list. */
	hasUnsubscribed({ email, lists }: SandboxContact, listId: string): boolean {
		return (
			lists.get(listId)?.status === MEMBERSHIP_STATUS.unsubscribed ||
			(this.oldUnsubscribes.get(email.toLowerCase())?.has(listId) ?? false)
		);
	}
}
