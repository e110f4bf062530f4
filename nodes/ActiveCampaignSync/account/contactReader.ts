import { sleep } from 'n8n-workflow';

import { CONTACT_PARTS, partsNotLoaded, partsOf, type ContactPart, type ContactRows } from './contactParts';
import { TRANSIENT } from '../shared/failure';
import { settle } from '../shared/result';
import type { Account } from './account';
import type { Reading } from './cachedRead';
import { listOf } from './foundContact';
import { loadableParts, rememberNotLoaded } from './sideLoading';

/** "limit: 100 at most". Their URL stays below 4,000 characters even with ids of 20 digits. */
const MAX_CONTACTS = 100;
/** How long a contact waits for others to be read with it (milliseconds). */
export const MAX_WAIT_MS = 5_000;
/** How soon it is noticed that a contact has waited long enough (milliseconds). */
const SLICE_MS = 200;

const PURPOSE = { action: 'read what the contacts have', permission: 'see contacts' };

interface Waiter {
	readonly contactId: string;
	readonly parts: readonly ContactPart[];
	/** The items that ask for the contact. */
	readonly itemIndexes: readonly number[];
	/** By `performance.now()`. */
	readonly dueAt: number;
	readonly resolve: (reading: Reading<ContactRows>) => void;
	readonly reject: (thrown: unknown) => void;
}

/**
 * Reads what the contacts of a run have, up to 100 contacts in a request. A request is sent when it is full, when a
 * contact has waited long enough, and when all contacts at work wait for it: a single contact does not wait.
 */
export class ContactReader {
	private atWork = 0;
	private readonly waiters: Waiter[] = [];
	private isWatching = false;

	constructor(private readonly account: Account) {}

	/** Does the work of one contact, for which others may wait meanwhile. @throws what `work` throws */
	async whileAtWork<Value>(work: () => Promise<Value>): Promise<Value> {
		this.atWork += 1;
		try {
			return await work();
		} finally {
			this.atWork -= 1;
			this.sendWhatIsDue();
		}
	}

	/**
	 * Reads parts of a contact, each contact once at a time.
	 * @param itemIndexes the items that ask for the contact
	 * @param maxWaitMs how long the contact may wait for others
	 * @returns those of the parts that are certain to be complete; the others have to be read by themselves
	 * @throws only when stopped
	 */
	async read(
		contactId: string,
		parts: readonly ContactPart[],
		itemIndexes: readonly number[],
		maxWaitMs = MAX_WAIT_MS,
	): Promise<Reading<ContactRows>> {
		if (loadableParts(this.account, parts).length === 0) return nothingKnown();
		return await new Promise((resolve, reject) => {
			const dueAt = performance.now() + maxWaitMs;
			this.waiters.push({ contactId, parts, itemIndexes, dueAt, resolve, reject });
			this.sendWhatIsDue();
			if (!this.isWatching) void this.watch();
		});
	}

	private async watch(): Promise<void> {
		this.isWatching = true;
		while (this.waiters.length > 0) {
			await sleep(SLICE_MS);
			this.sendWhatIsDue();
		}
		this.isWatching = false;
	}

	private sendWhatIsDue(): void {
		while (this.waiters.length > 0) {
			const now = performance.now();
			const isDue =
				this.waiters.length >= Math.min(MAX_CONTACTS, this.atWork) ||
				this.waiters.some(({ dueAt }) => now >= dueAt) ||
				this.account.signal?.aborted;
			if (!isDue) return;
			void this.send(this.waiters.splice(0, MAX_CONTACTS));
		}
	}

	private async send(batch: readonly Waiter[]): Promise<void> {
		try {
			const { value: response, readAt } = await this.load(batch);
			for (const { contactId, resolve } of batch) resolve({ value: partsOf(response, contactId), readAt });
		} catch (thrown) {
			for (const { reject } of batch) reject(thrown);
		}
	}

	/** The response to a request for all of them; one that failed says nothing about its contacts. @throws only when stopped */
	private async load(batch: readonly Waiter[]): Promise<Reading<Readonly<Record<string, unknown>>>> {
		const asked = CONTACT_PARTS.filter((part) => batch.some(({ parts }) => parts.includes(part)));
		const parts = loadableParts(this.account, asked);
		if (parts.length === 0) return { value: {}, readAt: performance.now() };
		const ids = batch.map(({ contactId }) => contactId);
		const scope = this.account.scope(batch.flatMap(({ itemIndexes }) => itemIndexes));
		// The contacts have been synced: what is still to be done for them goes before new ones.
		scope.hasBegun = true;
		const reading = scope.call({
			method: 'GET',
			...listOf(queryOf(ids, parts)),
			purpose: PURPOSE,
		});
		const { value: response, failure } = await settle(reading);
		if (failure) {
			// A fault that passes says nothing about what the account loads.
			if (!TRANSIENT.has(failure.kind)) rememberNotLoaded(this.account, parts);
			return { value: {}, readAt: performance.now() };
		}
		rememberNotLoaded(this.account, partsNotLoaded(response.body, new Set(ids), parts));
		return { value: response.body, readAt: response.startedAt };
	}
}

function nothingKnown(): Reading<ContactRows> {
	return { value: new Map(), readAt: performance.now() };
}

function queryOf(ids: readonly string[], parts: readonly ContactPart[]): Array<readonly [string, string]> {
	return [
		...ids.map((id) => ['ids[]', id] as const),
		['include', parts.join(',')],
		['limit', String(MAX_CONTACTS)],
	];
}
