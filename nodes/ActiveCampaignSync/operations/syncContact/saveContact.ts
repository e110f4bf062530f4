import type { IDataObject } from 'n8n-workflow';

import { writeIfFresh, type Timestamped } from '../../account/cachedRead';
import type { ContactRows, FoundContact } from '../../account/contactParts';
import { hasContact, READ_CONTACT } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import {
	customFieldsOf,
	needsExisting,
	syncBody,
	type ContactPlan,
	type ExistingContact,
} from '../../input/contactPlan';
import { targetKey } from '../../input/contactTarget';
import {
	decideWrite,
	keptAddressWarnings,
	planToWrite,
	type LeaveAlone,
	type WriteDecision,
} from '../../input/contactWrite';
import { emailKey, isSameEmail } from '../../input/contactReference';
import type { ContactGroup } from '../../run/contactGroups';
import { failureOf, ignoreFailure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import { withLock } from '../../shared/lock';
import { neededParts } from '../../steps/runSteps';
import { readSyncResponse, type SyncResult } from './contactOutput';
import { emailTaken, idNotFound, type ContactFinder, type FoundTarget } from './findContact';
import { dryRunOutput, type PlannedContacts } from './dryRun';

/** A contact that was just written. */
export interface SavedContact extends SyncResult {
	/** What was written: of a plan that fills blanks only, that part of it. */
	readonly plan: ContactPlan;
	/** When the request that wrote it started, by `performance.now()`. */
	readonly readAt: number;
	/** What the user should know of what was written. */
	readonly warnings?: readonly string[];
	/** What was read of the contact before it was written. */
	readonly readBefore?: Timestamped<ContactRows>;
}

/** What a dry run found out about a contact. */
export interface PreviewedContact {
	readonly action: 'dryRun';
	/** What would be written. */
	readonly plan: ContactPlan;
	/** The contact as the account has it; undefined for one that would be created. */
	readonly found: FoundContact | undefined;
	/** Its phone number before this; '' for none. */
	readonly phone: string;
	/** What would change, as it stands in the item. */
	readonly json: IDataObject;
	/** What the user should know of what would be written. */
	readonly warnings: readonly string[];
}

/**
 * Writes the contact itself: finds it, as far as that is needed, decides, and writes what the plan asks for; in a dry
 * run it shows what would be written.
 */
export class ContactSave {
	/** When a creation began of which it is not known whether it was carried out, by `performance.now()`. */
	private interruptedAt: number | undefined;

	/**
	 * @param planned what the items of a dry run would have done before
	 * @param isKnown whether this run has saved the contact before
	 */
	constructor(
		private readonly finder: ContactFinder,
		private readonly planned: PlannedContacts,
		private readonly scope: RequestScope,
		private readonly group: ContactGroup,
		private isKnown: boolean,
	) {}

	/**
	 * Creates or updates the contact, or leaves it alone. Each write is repeated freely, since it ends in the same contact
	 * however often it is made.
	 * @throws AccountFailure and InputError
	 */
	async save(): Promise<SavedContact | PreviewedContact | LeaveAlone> {
		const { target, plan, options } = this.group;
		if (options.dryRun) return await this.withPreviewLock(async () => await this.preview());
		const needsNoLook = !needsExisting(plan) && options.syncMode !== 'createOnly';
		if (needsNoLook && target.by === 'id') return await this.update(plan, target.id);
		if (needsNoLook && target.by === 'email' && options.syncMode === 'createOrUpdate') {
			return await this.create(plan);
		}
		return await this.withCreateLock(async () => await this.findAndWrite());
	}

	private async preview(): Promise<PreviewedContact | LeaveAlone> {
		const { group, scope, finder, planned } = this;
		const { target, plan, catalog, options } = group;
		const found = planned.find(group, (await finder.find(scope, group, this.parts(), true)).value);
		const decision = decideWrite(target, plan.email, options.syncMode, found);
		if (decision.write === 'nothing') return decision;
		const stored = await finder.existing(scope, found, concernsValues(plan));
		const existing = planned.existing(target, found.contact?.id, stored);
		const written = planToWrite(group, decision, existing);
		assertUsable(written, options);
		await this.checkNewEmail(written.email, decision, existing);
		planned.record(target, found.contact, written, existing);
		// Syncing finds an address without regard to case, and leaves it as it is.
		const shown = target.by === 'email' && existing ? { ...written, email: '' } : written;
		const request = options.simplify ? undefined : requestOf(written, decision);
		return {
			action: 'dryRun',
			plan: written,
			found: found.contact,
			phone: existing?.fields.get('phone') ?? '',
			json: dryRunOutput(shown, catalog, existing, { id: found.contact?.id, request }),
			warnings: keptAddressWarnings(plan, written, existing),
		};
	}

	private async findAndWrite(): Promise<SavedContact | LeaveAlone> {
		const { group, scope, finder } = this;
		const findAndWrite = async () =>
			await writeIfFresh(
				async () => {
					const found = await finder.find(scope, group, this.parts(), needsExisting(group.plan));
					return { value: found, readAt: found.readAt };
				},
				async (found, notAfter) => await this.write(found, notAfter),
			);
		try {
			return await findAndWrite();
		} catch (thrown) {
			// Deleted since it was found, perhaps for an earlier item: another contact may have the key or address now.
			const failure = failureOf(thrown);
			if (failure.kind !== 'notFound' || group.target.by === 'id') throw failure;
			finder.forget(group.target);
			this.isKnown = false;
			return await findAndWrite();
		}
	}

	private async write(
		{ value: found, readAt }: Timestamped<FoundTarget>,
		notAfter: number,
	): Promise<SavedContact | LeaveAlone> {
		const { group, scope, finder } = this;
		const { target, plan, options } = group;
		// A contact that exists now may be the one that an interrupted try has created.
		const decision: WriteDecision =
			this.interruptedAt === undefined
				? decideWrite(target, plan.email, options.syncMode, found)
				: { write: 'sync' };
		if (decision.write === 'nothing') return decision;
		const existing = needsExisting(plan)
			? await finder.existing(scope, found, concernsValues(plan))
			: undefined;
		const written = planToWrite(group, decision, existing);
		assertUsable(written, options);
		const saved = await (decision.write === 'update'
			? this.update(written, decision.id, notAfter)
			: this.create(written, notAfter));
		const contact = { ...saved, warnings: keptAddressWarnings(plan, written, existing) };
		if (target.by === 'key' && decision.write === 'sync') {
			await finder.assertFirstWithKey(scope, target, contact.id);
		}
		finder.remember(target, contact.id);
		const { contact: read } = found;
		if (read?.id !== contact.id) return contact;
		// Unsubscribes are kept for the address: what was read under another one may be wrong now.
		const keepsAddress = written.email === '' || isSameEmail(written.email, textOf(read.row['email']));
		return keepsAddress ? { ...contact, readBefore: { value: read.parts, readAt } } : contact;
	}

	private async create(plan: ContactPlan, notAfter?: number): Promise<SavedContact> {
		const begunAt = performance.now();
		try {
			const { statusCode, body, startedAt, repeatedWithinMs } = await this.scope.call({
				method: 'POST',
				path: '/contact/sync',
				repeatable: 'always',
				body: syncBody(plan),
				purpose: { action: 'sync the contact', permission: 'add and edit contacts' },
				hasData: (response) => hasContact(response),
				isEssential: true,
				notAfter,
			});
			const sinceFirstTryMs =
				this.interruptedAt === undefined ? repeatedWithinMs : performance.now() - this.interruptedAt;
			const result = readSyncResponse(statusCode, body, sinceFirstTryMs, this.isKnown);
			return { ...result, plan, readAt: startedAt };
		} catch (thrown) {
			if (failureOf(thrown).details.outcomeUnknown) this.interruptedAt ??= begunAt;
			throw failureOf(thrown);
		}
	}

	private async update(plan: ContactPlan, id: string, notAfter?: number): Promise<SavedContact> {
		try {
			return await this.put(plan, id, notAfter);
		} catch (thrown) {
			const failure = failureOf(thrown);
			if (failure.details.httpCode !== '422' || plan.email === '') throw failure;
			const owner = this.finder.idByEmail(this.scope, plan.email);
			const found = await owner.then((ownerId) => ({ ownerId }), ignoreFailure);
			if (!found || found.ownerId === id) throw failure;
			if (found.ownerId !== undefined) throw emailTaken(plan.email, id, found.ownerId);
			// The contact that had the address has another one by now, perhaps because of an item of this run.
			return await this.put(plan, id, notAfter);
		}
	}

	/** Where there is nothing to write, it is read: the steps after it need a contact that exists. */
	private async put(plan: ContactPlan, id: string, notAfter?: number): Promise<SavedContact> {
		const body = syncBody(plan);
		const isEmpty = Object.keys(body.contact).length === 0;
		try {
			const {
				statusCode,
				body: saved,
				startedAt,
			} = await this.scope.call({
				...(isEmpty ? { method: 'GET' as const } : { method: 'PUT' as const, body }),
				path: `/contacts/${id}`,
				purpose: isEmpty ? READ_CONTACT : { action: 'update the contact', permission: 'edit contacts' },
				hasData: (response) => hasContact(response, id),
				isEssential: true,
				notAfter,
			});
			return { ...readSyncResponse(statusCode, saved, undefined, true), plan, readAt: startedAt };
		} catch (thrown) {
			const failure = failureOf(thrown);
			throw failure.kind === 'notFound' ? idNotFound(id, failure) : failure;
		}
	}

	/** @throws AccountFailure when another contact has the address that the contact is to get */
	private async checkNewEmail(
		email: string,
		decision: WriteDecision,
		existing: ExistingContact | undefined,
	): Promise<void> {
		if (decision.write !== 'update' || email === '' || !existing) return;
		if (isSameEmail(email, existing.email)) return;
		const { planned, scope, finder, group } = this;
		const plannedOwner = planned.otherOwner(email, group.target, decision.id);
		if (plannedOwner !== undefined) throw emailTaken(email, decision.id, plannedOwner);
		const ownerId = await finder.idByEmail(scope, email);
		if (ownerId === undefined || ownerId === decision.id || planned.hasLeft(ownerId, email)) return;
		throw emailTaken(email, decision.id, ownerId);
	}

	/** Of two items of a dry run that give one address, the first one gets it. */
	private async withPreviewLock<Value>(work: () => Promise<Value>): Promise<Value> {
		const { target, plan } = this.group;
		const { account, signal } = this.scope;
		if (target.by === 'email' || plan.email === '') return await work();
		return await withLock(`${account.key} preview ${emailKey(plan.email)}`, signal, work);
	}

	/**
	 * Does work that creates a contact only if there is none: not while other work in this process, of this or another
	 * execution, does so for the same key or address.
	 */
	private async withCreateLock<Value>(work: () => Promise<Value>): Promise<Value> {
		const { target, plan, options } = this.group;
		const { account, signal } = this.scope;
		const mayCreate = target.by === 'key' || options.syncMode === 'createOnly';
		const byEmail =
			mayCreate && plan.email !== ''
				? async () => await withLock(`${account.key} create ${emailKey(plan.email)}`, signal, work)
				: work;
		// Always in this order, so that no two wait for each other.
		return target.by === 'key'
			? await withLock(`${account.key} match ${targetKey(target)}`, signal, byEmail)
			: await byEmail();
	}

	/** The parts that writing the contact and its steps need to know, so that they come with the contact itself. */
	private parts() {
		const { plan, steps } = this.group;
		return neededParts(steps, concernsValues(plan));
	}
}

/** Whether it is about custom values, so that it may matter what the contact has. */
function concernsValues(plan: ContactPlan): boolean {
	return customFieldsOf(plan).length > 0 || plan.unusable.some(({ id }) => id !== undefined);
}

/** @throws InputError for a value that cannot be used, if nothing is to be sent then */
function assertUsable({ unusable: [first] }: ContactPlan, { unusableValues }: ContactGroup['options']): void {
	if (first && unusableValues === 'fail') throw first.failure;
}

/** The request that would write the contact, for users who want to see it. */
function requestOf(plan: ContactPlan, decision: WriteDecision): IDataObject {
	return decision.write === 'update'
		? { method: 'PUT', path: `/contacts/${decision.id || '{id}'}`, body: syncBody(plan) }
		: { path: '/contact/sync', body: syncBody(plan) };
}
