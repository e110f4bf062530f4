import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { hasContact, readSyncResponse, type SyncResult } from '../../contact/contactOutput';
import {
	fillsBlanks,
	onlyBlanks,
	syncBody,
	type ContactPlan,
	type ExistingContact,
} from '../../contact/contactPlan';
import { existingContact } from '../../contact/existingContact';
import type { FieldCatalog } from '../../contact/fields/fieldCatalog';
import type { ContactPart } from '../../contact/sideLoaded';
import { readByEmail } from '../shared/contactByEmail';
import { writeWhileFresh, type Reading } from '../shared/freshReading';
import { readPart } from '../shared/contactRows';

/** A contact that was just written. */
export interface SyncedContact extends SyncResult {
	/** What was written: of a plan that fills blanks only, that part of it. */
	readonly plan: ContactPlan;
	/** When the request that wrote it started, by `performance.now()`. */
	readonly readAt: number;
}

/** Writes the contact itself. */
export class ContactSync {
	constructor(
		private readonly account: Account,
		/** What all of its calls are part of. */
		private readonly budget: RetryBudget,
		private readonly plan: ContactPlan,
		/** The custom fields of the plan. */
		private readonly catalog: FieldCatalog,
	) {}

	/**
	 * Creates or updates the contact. Repeated freely, since it ends in the same contact however often it is made.
	 * @param isKnown whether this run has saved the contact before
	 * @throws AccountFailure
	 */
	async sync(isKnown: boolean): Promise<SyncedContact> {
		if (!fillsBlanks(this.plan)) return await this.write(this.plan, isKnown);
		return await writeWhileFresh(
			async () => await this.existing(),
			async (existing, notAfter) => await this.write(this.blanksOf(existing), isKnown, notAfter),
		);
	}

	private blanksOf(existing: ExistingContact | undefined): ContactPlan {
		return existing ? onlyBlanks(this.plan, this.catalog, existing) : this.plan;
	}

	/** What the account has under the plan's address; undefined if it has nobody there. */
	private async existing(): Promise<Reading<ExistingContact | undefined>> {
		const needed: ContactPart[] = this.plan.customFields.set.size > 0 ? ['fieldValues'] : [];
		const { value: found, readAt } = await readByEmail(this.account, this.budget, this.plan.email, needed);
		if (!found) return { value: undefined, readAt };
		const read = async () => (await readPart(this.account, this.budget, found.id, 'fieldValues')).value;
		const rows = needed.length === 0 ? [] : (found.parts.get('fieldValues') ?? (await read()));
		return { value: existingContact(found.row, rows), readAt };
	}

	private async write(plan: ContactPlan, isKnown: boolean, notAfter?: number): Promise<SyncedContact> {
		const { statusCode, body, startedAt, repeatedWithinMs } = await this.account.call(
			{
				method: 'POST',
				path: '/contact/sync',
				body: syncBody(plan),
				purpose: { action: 'sync the contact', permission: 'add and edit contacts' },
				hasData: hasContact,
				isEssential: true,
				notAfter,
			},
			this.budget,
		);
		return { ...readSyncResponse(statusCode, body, repeatedWithinMs, isKnown), plan, readAt: startedAt };
	}
}
