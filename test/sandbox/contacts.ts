import { counter } from './catalog';
import { ContactDirectory } from './contactDirectory';
import { storedDatetime } from './dates';
import { phpText } from './phpText';
import {
	ANY_LIST,
	MEMBERSHIP_STATUS,
	type AutomationEntry,
	type CompanyLink,
	type ContactSeed,
	type FieldValueRow,
	type Membership,
	type MembershipStatus,
	type MembershipStatusName,
	type MembershipWrite,
	type SandboxContact,
	type SandboxDeal,
	type SandboxList,
	type SandboxNote,
	type TagLink,
} from './model';

type StatusOrName = MembershipStatus | MembershipStatusName;

/** What hangs on the account's contacts. Reads and seeds for tests, writes for the routes. */
export class ContactStore extends ContactDirectory {
	/** What clients wrote to memberships, in order; without what tests set. */
	readonly membershipWrites: MembershipWrite[] = [];
	private readonly owners = new Map<string, SandboxContact>();
	private readonly nextFieldValueId = counter(50_001);
	private readonly nextTagLinkId = counter(20_001);
	private readonly nextEntryId = counter(10_001);
	private readonly nextCompanyLinkId = counter(40_001);
	private readonly nextNoteId = counter(60_001);
	private readonly nextDealId = counter(70_001);

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
		if (seed.company !== undefined) this.linkCompany(contact, this.companyNamed(seed.company).id);
		if (contact.company && seed.jobTitle !== undefined) contact.company.jobTitle = seed.jobTitle;
		for (const text of seed.notes ?? []) this.addNote(contact, text);
		this.changed(contact);
		return contact;
	}

	/** Sets a membership without any request. @throws Error when contact or list is not there */
	setMembership(idOrEmail: string, list: string | SandboxList, status: StatusOrName): Membership {
		const listId = typeof list === 'string' ? this.listBy(list).id : list.id;
		const number = typeof status === 'number' ? status : MEMBERSHIP_STATUS[status];
		return this.putStatus(this.contactBy(idOrEmail), listId, number, '0', true).membership;
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
		const value = phpText(raw);
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
		this.own('fieldValue', row.id, contact);
		return row;
	}

	/** Whether there was a custom value of that row id. */
	deleteFieldValue(rowId: string): boolean {
		return this.removed('fieldValue', rowId, ({ fieldValueRows }) => deleteRow(fieldValueRows, rowId));
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
		this.changed(contact);
		if (status === MEMBERSHIP_STATUS.active)
			this.oldUnsubscribes.get(contact.email.toLowerCase())?.delete(listId);
		if (runAutomations && status === MEMBERSHIP_STATUS.active && before?.status !== status) {
			for (const { id, startsOnList } of this.automations.values())
				if ((startsOnList === listId || startsOnList === ANY_LIST) && !isEnrolled(contact, id))
					this.enroll(contact, id);
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
		this.own('tag', link.id, contact);
		return { link, created: true };
	}

	/** Whether there was a tag on a contact by that link id. */
	deleteTagLink(linkId: string): boolean {
		return this.removed('tag', linkId, ({ tags }) => deleteRow(tags, linkId));
	}

	/** Enrolls the contact, again if it is in the automation already, which is a mistake. */
	enroll(contact: SandboxContact, automationId: string): AutomationEntry {
		if (isEnrolled(contact, automationId)) {
			this.mistake('enrolledTwice', `contact ${contact.email}, automation ${automationId}`);
		}
		const entry = { id: this.nextEntryId(), automationId, adddate: this.now(), completed: false };
		contact.automations.push(entry);
		const { automationEntryCounts: counts } = contact;
		counts.set(automationId, (counts.get(automationId) ?? 0) + 1);
		this.own('automation', entry.id, contact);
		return entry;
	}

	/** Whether there was an enrollment of that id. */
	deleteEnrollment(entryId: string): boolean {
		return this.removed('automation', entryId, ({ automations }) => {
			const index = automations.findIndex(({ id }) => id === entryId);
			return index >= 0 && automations.splice(index, 1).length > 0;
		});
	}

	/** Lets the contact reach the end of an automation, without any request. @throws Error when one is not there */
	completeAutomation(idOrEmail: string, automation: string): void {
		const { id } = this.automationBy(automation);
		const contact = this.contactBy(idOrEmail);
		for (const entry of contact.automations.filter(({ automationId }) => automationId === id)) {
			entry.completed = true;
			if (!this.settings.keepsEndedEntries) this.deleteEnrollment(entry.id);
		}
		this.changed(contact);
	}

	/** How often the contact was enrolled in the automation; both by id or by address and name. @throws Error when one is not there */
	enrollments(idOrEmail: string, automation: string): number {
		const { id } = this.automationBy(automation);
		return this.contactBy(idOrEmail).automations.filter(({ automationId }) => automationId === id).length;
	}

	/** The company of that name, made if missing. */
	companyNamed(name: string) {
		return this.companyByName(name) ?? this.addCompany(name);
	}

	/** Gives the contact its company, in place of the one it has. */
	linkCompany(contact: SandboxContact, companyId: string, jobTitle = ''): CompanyLink {
		const now = this.now();
		contact.company = { id: this.nextCompanyLinkId(), companyId, jobTitle, cdate: now, udate: now };
		this.own('company', contact.company.id, contact);
		return contact.company;
	}

	/** The contact whose company link has that id. */
	contactByCompanyLink(linkId: string): SandboxContact | undefined {
		const contact = this.owner('company', linkId);
		return contact?.company?.id === linkId ? contact : undefined;
	}

	addNote(contact: SandboxContact, text: string): SandboxNote {
		const note = { id: this.nextNoteId(), text, cdate: this.now() };
		contact.notes.push(note);
		this.changed(contact);
		return note;
	}

	addDeal(contact: SandboxContact, deal: Omit<SandboxDeal, 'id'>): SandboxDeal {
		const added = { id: this.nextDealId(), ...deal };
		contact.deals.push(added);
		this.changed(contact);
		return added;
	}

	private own(kind: string, rowId: string, contact: SandboxContact): void {
		this.changed(contact);
		this.owners.set(`${kind} ${rowId}`, contact);
	}

	/** Removes a row from the contact it hangs on. @returns whether it was there */
	private removed(kind: string, rowId: string, remove: (contact: SandboxContact) => boolean): boolean {
		const contact = this.owner(kind, rowId);
		if (!contact || !remove(contact)) return false;
		this.changed(contact);
		return true;
	}

	/** The contact that a row hangs on, unless it was deleted. */
	private owner(kind: string, rowId: string): SandboxContact | undefined {
		return this.contactById(this.owners.get(`${kind} ${rowId}`)?.id ?? '');
	}
}

function deleteRow(rows: Map<string, { id: string }>, rowId: string): boolean {
	for (const [key, { id }] of rows) if (id === rowId) return rows.delete(key);
	return false;
}

/** Whether the contact is in the automation and not through yet. */
function isEnrolled({ automations }: SandboxContact, automationId: string): boolean {
	return automations.some((entry) => entry.automationId === automationId && !entry.completed);
}
