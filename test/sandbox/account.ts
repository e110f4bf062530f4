import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';
import { ContactStore } from './contacts';
import { phpText } from './phpText';
import { isRecord } from '../guards';
import { MEMBERSHIP_STATUS, type SandboxContact } from './model';
import { seededRandom, shuffled } from './random';
import type { SandboxSettings } from './settings';
import { snapshotOf, type ContactSnapshot } from './view';

export type ImportStatus = false | 'waiting' | 'claimed' | 'active' | 'completed' | 'failed' | 'interrupted';

/** How an accepted import ends: nothing stored when it failed, the first half when it was interrupted. */
export interface ImportScript {
	outcome: 'completed' | 'failed' | 'interrupted';
	/** In place of the account's `importDurationMs`. */
	durationMs?: number;
}

/** An accepted import. */
export interface ImportBatch {
	batchId: string;
	contacts: Array<Record<string, unknown>>;
	excludeAutomations: boolean;
	/** 'queued' until its outcome is there. */
	state: 'queued' | ImportScript['outcome'];
	durationMs: number;
	acceptedAtMs: number;
	/** Ids of the stored contacts and addresses of the others, in no order. */
	success: string[];
	failure: string[];
}

export interface ImportRefusal {
	predicate: (contact: Record<string, unknown>) => boolean;
	reason: string;
}

const KNOWN_IMPORT_KEYS = new Set(
	'email first_name last_name phone customer_acct_name tags fields subscribe unsubscribe'.split(' '),
);

/** The stand-in account: its catalog, its contacts, its imports. */
export class Account extends ContactStore {
	/** All accepted imports, in order. */
	readonly imports: ImportBatch[] = [];
	readonly importRefusals: ImportRefusal[] = [];
	private readonly excluded = new Set<string>();
	private readonly failing = new Set<string>();
	private readonly scripts: ImportScript[] = [];
	private readonly endings = new Set<() => void>();
	private readonly random: () => number;

	constructor(settings: SandboxSettings, clock: Clock) {
		super(settings, clock);
		this.random = seededRandom(settings.seed);
	}

	/** The contacts' final state by address: equal for two accounts that ended with the same. */
	snapshot(): Record<string, ContactSnapshot> {
		return snapshotOf(this);
	}

	/** Puts the address on the account's exclusion list: an import skips it and counts it out of `queued_contacts`. */
	excludeFromImport(email: string): void {
		this.excluded.add(email.toLowerCase());
	}

	/** Makes an import refuse the whole batch of each contact that matches the predicate, naming it with the reason. */
	refuseInImport(predicate: ImportRefusal['predicate'], reason: string): void {
		this.importRefusals.push({ predicate, reason });
	}

	/** Accepts the address, but reports it among the failures in the end, as the API does without a reason. */
	failInImport(email: string): void {
		this.failing.add(email.toLowerCase());
	}

	/** How the next import that has no script yet ends. */
	scriptImport(script: ImportScript): void {
		this.scripts.push(script);
	}

	/** Takes over a checked batch and stores it when its time is up. */
	acceptImport(contacts: Array<Record<string, unknown>>, excludeAutomations: boolean): ImportBatch {
		this.noteImportMistakes(contacts);
		const script = this.scripts.shift();
		const batch: ImportBatch = {
			batchId: randomUUID(),
			contacts: contacts.filter(({ email }) => !this.excluded.has(addressOf(email))),
			excludeAutomations,
			state: 'queued',
			durationMs: script?.durationMs ?? this.settings.importDurationMs,
			acceptedAtMs: this.clock.now(),
			success: [],
			failure: [],
		};
		this.imports.push(batch);
		const finish = () => this.finish(batch, script?.outcome ?? 'completed');
		if (batch.durationMs === 0) finish();
		else this.endings.add(this.clock.after(batch.durationMs, finish));
		return batch;
	}

	/** What `GET /import/info` says of the batch now; an unknown batch looks like one of the first moment. */
	importStatus(batchId: string): { status: ImportStatus; success: string[]; failure: string[] } {
		const batch = this.imports.find((one) => one.batchId === batchId);
		if (!batch) return { status: false, success: [], failure: [] };
		const { state, success, failure } = batch;
		if (state !== 'queued') return { status: state, success, failure };
		const sixths = Math.floor((6 * (this.clock.now() - batch.acceptedAtMs)) / batch.durationMs);
		const phases: ImportStatus[] = [false, 'waiting', 'claimed'];
		return { status: phases[sixths] ?? 'active', success: [], failure: [] };
	}

	/** Ends what is still waiting for its time. */
	dispose(): void {
		for (const callOff of this.endings) callOff();
		this.endings.clear();
	}

	private finish(batch: ImportBatch, outcome: ImportScript['outcome']): void {
		batch.state = outcome;
		if (outcome === 'failed') return;
		const reached = outcome === 'completed' ? batch.contacts.length : Math.floor(batch.contacts.length / 2);
		const success = new Set<string>();
		const failure: string[] = [];
		for (const sent of batch.contacts.slice(0, reached)) {
			if (this.failing.has(addressOf(sent.email))) failure.push(phpText(sent.email));
			else success.add(this.importContact(sent, !batch.excludeAutomations).id);
		}
		batch.success = shuffled([...success], this.random);
		batch.failure = shuffled(failure, this.random);
	}

	private importContact(sent: Record<string, unknown>, runAutomations: boolean): SandboxContact {
		const { contact } = this.upsert(phpText(sent.email));
		contact.udate = this.now();
		this.changed(contact);
		// Null and "" overwrite.
		if (sent.first_name !== undefined) contact.firstName = phpText(sent.first_name);
		if (sent.last_name !== undefined) contact.lastName = phpText(sent.last_name);
		if (sent.phone !== undefined) contact.phone = phpText(sent.phone);
		for (const { id, value } of records(sent.fields)) this.setFieldValue(contact, phpText(id), value);
		for (const name of Array.isArray(sent.tags) ? sent.tags : [])
			this.tagContact(contact, this.tagNamed(phpText(name)).id);
		const company = phpText(sent.customer_acct_name);
		if (company !== '') {
			const { id } = this.companyNamed(company);
			if (contact.company?.companyId !== id) this.linkCompany(contact, id);
		}
		for (const { listid } of records(sent.subscribe))
			this.subscribeInImport(contact, phpText(listid), runAutomations);
		for (const { listid } of records(sent.unsubscribe)) {
			if (this.lists.has(phpText(listid)))
				this.setStatus(contact, phpText(listid), MEMBERSHIP_STATUS.unsubscribed);
		}
		return contact;
	}

	/** An import never re-subscribes a contact that has unsubscribed. */
	private subscribeInImport(contact: SandboxContact, listId: string, runAutomations: boolean): void {
		if (!this.lists.has(listId) || this.hasUnsubscribed(contact, listId)) return;
		this.setStatus(contact, listId, MEMBERSHIP_STATUS.active, '0', runAutomations);
	}

	private noteImportMistakes(contacts: Array<Record<string, unknown>>): void {
		const seen = new Set<string>();
		const dropped = new Set<string>();
		for (const contact of contacts) {
			const address = addressOf(contact.email);
			if (seen.has(address)) this.mistake('sameAddressTwice', address);
			seen.add(address);
			for (const key of Object.keys(contact)) if (!KNOWN_IMPORT_KEYS.has(key)) dropped.add(key);
		}
		for (const key of dropped) this.mistake('keyDropped', key);
	}
}

function addressOf(email: unknown): string {
	return String(email).toLowerCase();
}

function records(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
