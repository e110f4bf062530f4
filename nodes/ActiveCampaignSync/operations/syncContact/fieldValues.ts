import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { settle, type Failure } from '../../shared/result';
import { textOf, type JsonObject } from '../../shared/json';
import type { SyncedContact } from './contactSync';

const READ_VALUES = { action: "read the contact's custom field values", permission: 'see contacts' };
const CLEAR_VALUE = { action: 'clear the custom field', permission: 'edit contacts' };

/** Custom fields that do not hold what was asked for, by id. */
export interface FieldsNotSet {
	/** Those that the account did not set and said nothing about, as it does with ids that it does not know. */
	readonly ignored: ReadonlySet<string>;
	/** Those of which it could not be found out whether they were set. */
	readonly unchecked: ReadonlyMap<string, Failure>;
	readonly notCleared: ReadonlyMap<string, Failure>;
}

/** Sees to it that the custom fields of a synced contact hold what was asked for. @throws only when stopped */
export async function settleFields(
	account: Account,
	budget: RetryBudget,
	synced: SyncedContact,
): Promise<FieldsNotSet> {
	const [notTaken, notCleared] = await Promise.all([
		findFieldsNotTaken(account, budget, synced),
		clearFields(account, budget, synced),
	]);
	return { ...notTaken, notCleared };
}

/** The values of a contact's custom fields, as the API lists them. @throws AccountFailure */
export async function readFieldValues(
	account: Account,
	budget: RetryBudget,
	contactId: string,
): Promise<JsonObject[]> {
	const request = { path: `/contacts/${contactId}/fieldValues`, purpose: READ_VALUES };
	return await account.readRows(request, 'fieldValues', budget);
}

/**
 * ActiveCampaign responds with just the values it has set. Where the response has no such list, the contact's values
 * are read.
 */
async function findFieldsNotTaken(
	account: Account,
	budget: RetryBudget,
	{ id, plan, setFields }: SyncedContact,
): Promise<Pick<FieldsNotSet, 'ignored' | 'unchecked'>> {
	const sent = [...plan.customFields.set.keys()];
	const notIn = (known: Pick<ReadonlySet<string>, 'has'>) => ({
		ignored: new Set(sent.filter((field) => !known.has(field))),
		unchecked: new Map(),
	});
	if (setFields || sent.length === 0) return notIn(setFields ?? new Set());
	const { value: rows, failure } = await settle(readFieldValues(account, budget, id));
	if (!failure) return notIn(new Set(rows.map((row) => textOf(row['field']))));
	return { ignored: new Set(), unchecked: new Map(sent.map((field) => [field, failure])) };
}

/** Clears custom fields by deleting their values: the one way that works for all types. */
async function clearFields(
	account: Account,
	budget: RetryBudget,
	{ id, plan, isNew }: SyncedContact,
): Promise<Map<string, Failure>> {
	const fields = plan.customFields.clear;
	if (fields.size === 0 || isNew) return new Map();
	const { value: rows, failure } = await settle(readFieldValues(account, budget, id));
	if (failure) return new Map([...fields].map((field) => [field, failure]));
	const deletions = rows
		.filter((row) => fields.has(textOf(row['field'])) && row['value'] !== '')
		.map(async (row): Promise<ReadonlyArray<[string, Failure]>> => {
			const deletion = account.remove(`/fieldValues/${textOf(row['id'])}`, CLEAR_VALUE, budget);
			const { failure: reason } = await settle(deletion);
			return reason ? [[textOf(row['field']), reason]] : [];
		});
	return new Map((await Promise.all(deletions)).flat());
}
