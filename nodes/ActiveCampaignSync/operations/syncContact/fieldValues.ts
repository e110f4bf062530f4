import type { RequestScope } from '../../account/requestScope';
import type { Failure } from '../../shared/failure';
import { settle } from '../../shared/result';
import { textOf } from '../../shared/json';
import type { ContactParts, PartReading } from './partsOfContact';
import type { SyncedContact } from './contactSync';
import { rowId } from '../../account/contactRows';

const CLEAR_VALUE = { action: 'clear the custom field', permission: 'edit contacts' };

/** Custom fields without the value that was asked for, by id. */
export interface FieldsNotSet {
	/** Those that the account did not set and said nothing about, as it does with ids that it does not know. */
	readonly ignored: ReadonlySet<string>;
	/** Those of which it could not be found out whether they were set. */
	readonly unchecked: ReadonlyMap<string, Failure>;
	readonly notCleared: ReadonlyMap<string, Failure>;
}

/** Makes sure that the custom fields of a synced contact have the values that were asked for. @throws only when stopped */
export async function verifyCustomFields(
	scope: RequestScope,
	synced: SyncedContact,
	parts: ContactParts,
): Promise<FieldsNotSet> {
	const values = parts.of('fieldValues');
	const [notTaken, notCleared] = await Promise.all([
		findFieldsNotTaken(synced, values),
		clearFields(scope, synced, values),
	]);
	return { ...notTaken, notCleared };
}

/** Whether the values of a synced contact have to be read. */
export function needsFieldValues({ plan, setFields, isNew }: SyncedContact): boolean {
	const { set, clear } = plan.customFields;
	return (set.size > 0 && !setFields) || (clear.size > 0 && !isNew);
}

/**
 * ActiveCampaign responds with just the values it has set. Where the response has no such list, the contact's values
 * are read.
 */
async function findFieldsNotTaken(
	{ plan, setFields }: SyncedContact,
	values: PartReading,
): Promise<Pick<FieldsNotSet, 'ignored' | 'unchecked'>> {
	const sent = [...plan.customFields.set.keys()];
	const notIn = (known: Pick<ReadonlySet<string>, 'has'>) => ({
		ignored: new Set(sent.filter((field) => !known.has(field))),
		unchecked: new Map(),
	});
	if (setFields || sent.length === 0) return notIn(setFields ?? new Set());
	const { value: reading, failure } = await settle(values.get());
	if (!failure) return notIn(new Set(reading.value.map((row) => textOf(row['field']))));
	return { ignored: new Set(), unchecked: new Map(sent.map((field) => [field, failure])) };
}

/** Clears custom fields by deleting their values: the one way that works for all types. */
async function clearFields(
	scope: RequestScope,
	{ plan, isNew }: SyncedContact,
	values: PartReading,
): Promise<Map<string, Failure>> {
	const fields = plan.customFields.clear;
	if (fields.size === 0 || isNew) return new Map();
	const { value: reading, failure } = await settle(values.get());
	if (failure) return new Map([...fields].map((field) => [field, failure]));
	const deletions = reading.value
		.filter((row) => fields.has(textOf(row['field'])) && row['value'] !== '')
		.map(async (row): Promise<ReadonlyArray<[string, Failure]>> => {
			const deletion = async () => await scope.remove(`/fieldValues/${rowId(row)}`, CLEAR_VALUE);
			const { failure: reason } = await settle(deletion());
			return reason ? [[textOf(row['field']), reason]] : [];
		});
	return new Map((await Promise.all(deletions)).flat());
}
