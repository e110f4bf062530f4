import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { AccountFailure } from '../../shared/failure';
import { settle, type Failure, type Result } from '../../shared/result';
import { idOf, isObject, objectsIn, textOf, type JsonObject } from '../../shared/json';
import { STANDARD_FIELDS, type StandardField } from '../../contact/contactInput';
import { readSyncResponse, type SyncResult } from '../../contact/contactOutput';
import { fieldsToClear, syncBody, type ContactPlan, type ExistingContact } from '../../contact/contactPlan';
import { emailKey } from '../../contact/email';

const READ_CONTACT = { action: 'read the contact', permission: 'see contacts' };
const READ_VALUES = { action: "read the contact's custom field values", permission: 'see contacts' };
const CLEAR_VALUE = { action: 'empty the custom field', permission: 'edit contacts' };

/** Custom fields by id that do not hold what was asked for, and why; `ignored` ones are none of the account's. */
export type FieldsNotSet = ReadonlyMap<string, Failure | 'ignored'>;

/** Reads and writes the contact itself. */
export class ContactSync {
	constructor(
		private readonly account: Account,
		/** What all of its calls are part of. */
		private readonly budget: RetryBudget,
	) {}

	/** What the account has under an address, or undefined if it has nobody there. @throws AccountFailure */
	async existing(plan: ContactPlan): Promise<ExistingContact | undefined> {
		const { body } = await this.account.call(
			{
				method: 'GET',
				path: '/contacts',
				query: [['email', plan.email]],
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
		const isSame = (row: JsonObject) => emailKey(textOf(row['email'])) === emailKey(plan.email);
		const contact = objectsIn(body['contacts']).find(isSame);
		if (!contact) return undefined;
		const names = new Map<StandardField, string>(
			STANDARD_FIELDS.map((field) => [field, textOf(contact[field])]),
		);
		const rows = plan.customFields.size > 0 ? await this.fieldValues(idOf(contact['id'])) : [];
		return { names, customFields: new Map(rows.map((row) => [textOf(row['field']), textOf(row['value'])])) };
	}

	/**
	 * Creates or updates the contact. Repeated freely, since it ends in the same contact however often it is made.
	 * @throws AccountFailure, also for a 2xx that holds no contact
	 */
	async sync(plan: ContactPlan): Promise<SyncResult> {
		const { statusCode, body, repeatedWithinMs } = await this.account.call(
			{
				method: 'POST',
				path: '/contact/sync',
				body: syncBody(plan),
				purpose: { action: 'sync the contact', permission: 'add and edit contacts' },
				isEssential: true,
				hasData: ({ contact }) => isObject(contact) && idOf(contact['id']) !== '',
			},
			this.budget,
		);
		const result = readSyncResponse(statusCode, body, repeatedWithinMs);
		if (result) return result;
		throw new AccountFailure(
			'noData',
			'ActiveCampaign answered without a contact, so it is not known whether the contact was saved',
			'Look for the contact in ActiveCampaign, then run the item again',
			{ httpCode: String(statusCode) },
		);
	}

	/** Sees to it that the custom fields hold what a plan asks for, once it is synced. @throws only when stopped */
	async settleFields(plan: ContactPlan, result: SyncResult): Promise<FieldsNotSet> {
		const [notTaken, notCleared] = await Promise.all([
			this.fieldsNotTaken(plan, result),
			this.clearFields(plan, result),
		]);
		return new Map([...notTaken, ...notCleared]);
	}

	/**
	 * Those of the custom fields sent that ActiveCampaign ignored: it says nothing of ids it does not know, but answers
	 * with just the values it has set. Where the answer has no such list, the contact's values are read.
	 */
	private async fieldsNotTaken(plan: ContactPlan, { id, setFields }: SyncResult): Promise<FieldsNotSet> {
		const sent = [...plan.customFields].filter(([, value]) => value !== '').map(([field]) => field);
		if (sent.length === 0) return new Map();
		const { value: known, failure } = setFields ? { value: setFields } : await this.readFieldIds(id);
		if (failure) return new Map(sent.map((field) => [field, failure]));
		return new Map(sent.filter((field) => !known.has(field)).map((field) => [field, 'ignored']));
	}

	private async readFieldIds(contactId: string): Promise<Result<ReadonlySet<string>>> {
		const { value: rows, failure } = await settle(this.fieldValues(contactId));
		return failure ? { failure } : { value: new Set(rows.map((row) => textOf(row['field']))) };
	}

	/** Empties the custom fields that a plan clears, by deleting their values: the one way that works for all types. */
	private async clearFields(plan: ContactPlan, { id, isNew }: SyncResult): Promise<FieldsNotSet> {
		const fields = new Set(fieldsToClear(plan));
		if (fields.size === 0 || isNew) return new Map();
		const { value: rows, failure } = await settle(this.fieldValues(id));
		if (failure) return new Map([...fields].map((field) => [field, failure]));
		const deletions = rows
			.filter((row) => fields.has(textOf(row['field'])) && row['value'] !== '')
			.map(async (row) => [textOf(row['field']), await this.deleteValue(idOf(row['id']))] as const);
		const ends = await Promise.all(deletions);
		return new Map(ends.flatMap(([field, reason]) => (reason ? [[field, reason]] : [])));
	}

	private async fieldValues(contactId: string): Promise<JsonObject[]> {
		const request = { path: `/contacts/${contactId}/fieldValues`, purpose: READ_VALUES };
		return await this.account.readRows(request, 'fieldValues', this.budget);
	}

	private async deleteValue(id: string): Promise<Failure | undefined> {
		const deletion = this.account.remove(`/fieldValues/${id}`, CLEAR_VALUE, this.budget);
		return (await settle(deletion)).failure;
	}
}
