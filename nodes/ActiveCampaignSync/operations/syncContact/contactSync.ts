import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { AccountFailure } from '../../shared/failure';
import { objectsIn, textOf, type JsonObject } from '../../shared/json';
import { STANDARD_FIELDS, type StandardField } from '../../contact/fields/standardFields';
import { readSyncResponse, type SyncResult } from '../../contact/contactOutput';
import { onlyBlanks, syncBody, type ContactPlan, type ExistingContact } from '../../contact/contactPlan';
import type { FieldCatalog } from '../../contact/fields/fieldCatalog';
import { emailKey } from '../../contact/email';
import { readFieldValues } from './fieldValues';
import { writeWhileFresh, type Reading } from './freshReading';

const READ_CONTACT = { action: 'read the contact', permission: 'see contacts' };

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
		private readonly catalog: FieldCatalog,
	) {}

	/** What is to be written, as the account has the contact now. @throws AccountFailure */
	async planned(): Promise<ContactPlan> {
		return this.plan.fillOnly ? this.blanksOf((await this.existing()).value) : this.plan;
	}

	/**
	 * Creates or updates the contact. Repeated freely, since it ends in the same contact however often it is made.
	 * @param isKnown whether this run has saved the contact before
	 * @throws AccountFailure, also for a 2xx without a contact
	 */
	async sync(isKnown: boolean): Promise<SyncedContact> {
		if (!this.plan.fillOnly) return await this.write(this.plan, isKnown);
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
		const { body, startedAt: readAt } = await this.account.call(
			{
				method: 'GET',
				path: '/contacts',
				query: [['email', this.plan.email]],
				purpose: READ_CONTACT,
				isEssential: true,
			},
			this.budget,
		);
		// Nobody there is an empty list. Without a list it is not known what would be overwritten.
		if (!Array.isArray(body['contacts'])) {
			throw new AccountFailure(
				'noData',
				'ActiveCampaign did not say whether it has the contact, so nothing was written',
				'Run the item again',
			);
		}
		const isSame = (row: JsonObject) => emailKey(textOf(row['email'])) === emailKey(this.plan.email);
		const contact = objectsIn(body['contacts']).find(isSame);
		if (!contact) return { value: undefined, readAt };
		const standardFields = new Map<StandardField, string>(
			STANDARD_FIELDS.map((field) => [field, textOf(contact[field])]),
		);
		const id = textOf(contact['id']);
		const needsValues = this.plan.customFields.set.size > 0;
		const rows = needsValues ? await readFieldValues(this.account, this.budget, id) : [];
		const customFields = new Map(rows.map((row) => [textOf(row['field']), textOf(row['value'])]));
		return { value: { standardFields, customFields }, readAt };
	}

	private async write(plan: ContactPlan, isKnown: boolean, notAfter?: number): Promise<SyncedContact> {
		const { statusCode, body, startedAt, repeatedWithinMs } = await this.account.call(
			{
				method: 'POST',
				path: '/contact/sync',
				body: syncBody(plan),
				purpose: { action: 'sync the contact', permission: 'add and edit contacts' },
				isEssential: true,
				notAfter,
			},
			this.budget,
		);
		const result = readSyncResponse(statusCode, body, repeatedWithinMs, isKnown);
		if (result) return { ...result, plan, readAt: startedAt };
		throw new AccountFailure(
			'noData',
			'ActiveCampaign answered without a contact, so it is not known whether the contact was saved',
			'Look for the contact in ActiveCampaign, then run the item again',
			{ httpCode: String(statusCode) },
		);
	}
}
