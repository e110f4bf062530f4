import type { Account } from '../../account/account';
import type { RequestScope } from '../../account/requestScope';
import { hasContact, readSyncResponse, type SyncResult } from './contactOutput';
import { fillsBlanks, syncBody, type ContactPlan } from '../../input/contactPlan';
import {
	decideWrite,
	planToWrite,
	targetKey,
	type LeaveAlone,
	type WriteDecision,
} from '../../input/contactTarget';
import { emailKey } from '../../input/email';
import type { ContactRows } from '../../account/contactParts';
import { textOf } from '../../shared/json';
import { settle } from '../../shared/result';
import { neededParts, type ContactFinder, type FoundTarget } from './contactFinder';
import type { ContactGroup } from '../../run/contactGroups';
import { writeIfFresh, type Reading } from '../../account/cachedRead';
import { explainUpdate } from './updateFailures';
import { withLock } from '../../account/withLock';

/** A contact that was just written. */
export interface SyncedContact extends SyncResult {
	/** What was written: of a plan that fills blanks only, that part of it. */
	readonly plan: ContactPlan;
	/** When the request that wrote it started, by `performance.now()`. */
	readonly readAt: number;
	/** What was read of the contact before it was written. */
	readonly readBefore?: Reading<ContactRows>;
}

/** Writes the contact itself: finds it, as far as that is needed, and writes what the plan asks for. */
export class ContactSync {
	/** When a creation began of which it is not known whether it was carried out. */
	private unclearSince: number | undefined;

	/** @param isKnown whether this run has saved the contact before */
	constructor(
		private readonly account: Account,
		private readonly finder: ContactFinder,
		/** What all of its calls are part of. */
		private readonly scope: RequestScope,
		private readonly group: ContactGroup,
		private isKnown: boolean,
	) {}

	/**
	 * Creates or updates the contact, or leaves it alone. Each write is repeated freely, since it ends in the same contact
	 * however often it is made.
	 * @throws AccountFailure and InputError
	 */
	async sync(): Promise<SyncedContact | LeaveAlone> {
		const { target, plan, options } = this.group;
		const isFound = !fillsBlanks(plan) && options.syncMode !== 'createOnly';
		if (isFound && target.by === 'id') return await this.update(plan, target.id);
		if (isFound && target.by === 'email' && options.syncMode === 'createOrUpdate') {
			return await this.create(plan);
		}
		return await this.withCreateLock(async () => await this.findAndWrite());
	}

	private async findAndWrite(): Promise<SyncedContact | LeaveAlone> {
		const { target, plan, requestedSteps } = this.group;
		const parts = neededParts(plan, requestedSteps);
		const findAndWrite = async () =>
			await writeIfFresh(
				async () => {
					const { value, readAt } = await this.finder.find(this.scope, this.group, parts, fillsBlanks(plan));
					return { value: { ...value, readAt }, readAt };
				},
				async (found, notAfter) => await this.write(found, notAfter),
			);
		const { value: result, failure } = await settle(findAndWrite());
		if (!failure) return result;
		// Deleted since it was found, perhaps for an earlier item: another contact may have the key or address by now.
		if (failure.kind !== 'notFound' || target.by === 'id') throw failure;
		this.finder.forget(target);
		this.isKnown = false;
		return await findAndWrite();
	}

	private async write(
		found: FoundTarget & { readAt: number },
		notAfter: number,
	): Promise<SyncedContact | LeaveAlone> {
		const { target, plan, catalog } = this.group;
		const decision = this.decide(found);
		if (decision.write === 'nothing') return decision;
		const existing = fillsBlanks(plan)
			? await this.finder.existing(this.scope, found, plan.customFields.set.size > 0)
			: undefined;
		const written = planToWrite(plan, catalog, target, decision, existing);
		const contact = await (decision.write === 'update'
			? this.update(written, decision.id, notAfter)
			: this.create(written, notAfter));
		this.finder.remember(target, contact.id);
		const { contact: read, readAt } = found;
		if (read?.id !== contact.id) return contact;
		// Unsubscribes are kept for the address: what was read under another one may be wrong by now.
		const keepsAddress =
			written.email === '' || emailKey(written.email) === emailKey(textOf(read.row['email']));
		return keepsAddress ? { ...contact, readBefore: { value: read.parts, readAt } } : contact;
	}

	/** A contact that is there by now may be the one that an unclear try has created. */
	private decide(found: FoundTarget): WriteDecision {
		const { target, plan, options } = this.group;
		if (this.unclearSince !== undefined) return { write: 'sync' };
		return decideWrite(target, plan.email, options.syncMode, found);
	}

	private async create(plan: ContactPlan, notAfter?: number): Promise<SyncedContact> {
		const since = performance.now();
		const { value: response, failure } = await settle(
			this.scope.call({
				method: 'POST',
				path: '/contact/sync',
				body: syncBody(plan),
				purpose: { action: 'sync the contact', permission: 'add and edit contacts' },
				hasData: (response) => hasContact(response),
				isEssential: true,
				notAfter,
			}),
		);
		if (failure) {
			if (failure.details.outcomeUnknown) this.unclearSince ??= since;
			throw failure;
		}
		const { statusCode, body, startedAt, repeatedWithinMs } = response;
		const unclearMs = this.unclearSince === undefined ? undefined : performance.now() - this.unclearSince;
		const result = readSyncResponse(statusCode, body, unclearMs ?? repeatedWithinMs, this.isKnown);
		return { ...result, plan, readAt: startedAt };
	}

	/** Where there is nothing to write, it is read: the steps after it need a contact that is there. */
	private async update(plan: ContactPlan, id: string, notAfter?: number): Promise<SyncedContact> {
		const body = syncBody(plan);
		const isEmpty = Object.keys(body.contact).length === 0;
		const { value: response, failure } = await settle(
			this.scope.call({
				...(isEmpty ? { method: 'GET' as const } : { method: 'PUT' as const, body }),
				path: `/contacts/${id}`,
				purpose: isEmpty
					? { action: 'read the contact', permission: 'see contacts' }
					: { action: 'update the contact', permission: 'edit contacts' },
				hasData: (response) => hasContact(response, id),
				isEssential: true,
				notAfter,
			}),
		);
		if (failure) throw await explainUpdate(this.scope, failure, plan.email, id);
		const { statusCode, body: saved, startedAt } = response;
		return { ...readSyncResponse(statusCode, saved, undefined, true), plan, readAt: startedAt };
	}

	/**
	 * Does work that creates a contact only if there is none: not while other work in this process, of this or another
	 * execution, does so for the same key or address.
	 */
	private async withCreateLock<Value>(work: () => Promise<Value>): Promise<Value> {
		const { target, plan, options } = this.group;
		const { key, signal } = this.account;
		const mayCreate = target.by === 'key' || options.syncMode === 'createOnly';
		const byEmail =
			mayCreate && plan.email !== ''
				? async () => await withLock(`${key} create ${emailKey(plan.email)}`, signal, work)
				: work;
		// Always in this order, so that no two wait for each other.
		return target.by === 'key'
			? await withLock(`${key} match ${targetKey(target)}`, signal, byEmail)
			: await byEmail();
	}
}
