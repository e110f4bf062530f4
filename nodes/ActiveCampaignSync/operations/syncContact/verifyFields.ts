import type { Rows } from '../../account/contactParts';
import { rowId } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import { customFieldsOf } from '../../input/contactPlan';
import { failureOf, type Failure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import type { StepContact } from '../../steps/step';
import type { SavedContact } from './saveContact';

const CLEAR_VALUE = { action: 'clear the custom field', permission: 'edit contacts' };

/** Custom fields without the value that was asked for, by ID. */
export interface FieldsNotSet {
	/** Those that the account did not set and said nothing about, as it does with IDs that it does not know. */
	readonly ignored: ReadonlySet<string>;
	/** Those of which it could not be found out whether they were set. */
	readonly unchecked: ReadonlyMap<string, Failure>;
	readonly notCleared: ReadonlyMap<string, Failure>;
}

/** Makes sure that the custom fields of a saved contact have the values that were asked for. @throws only when stopped */
export async function verifyCustomFields(
	scope: RequestScope,
	saved: SavedContact,
	contact: StepContact,
): Promise<FieldsNotSet> {
	const values = async () => (await contact.part('fieldValues')).value;
	const [notTaken, notCleared] = await Promise.all([
		findFieldsNotTaken(saved, values),
		clearFields(scope, saved, values),
	]);
	return { ...notTaken, notCleared };
}

/**
 * ActiveCampaign responds with just the values it has set. Where the response has no such list, the contact's values
 * are read.
 */
async function findFieldsNotTaken(
	{ plan, setFields }: SavedContact,
	values: () => Promise<Rows>,
): Promise<Pick<FieldsNotSet, 'ignored' | 'unchecked'>> {
	const sent = customFieldsOf(plan).flatMap(([id, value]) => (value === '' ? [] : id));
	const notIn = (known: Pick<ReadonlySet<string>, 'has'>) => ({
		ignored: new Set(sent.filter((field) => !known.has(field))),
		unchecked: new Map(),
	});
	if (setFields || sent.length === 0) return notIn(setFields ?? new Set());
	try {
		return notIn(new Set((await values()).map((row) => textOf(row['field']))));
	} catch (thrown) {
		const failure = failureOf(thrown);
		return { ignored: new Set(), unchecked: new Map(sent.map((field) => [field, failure])) };
	}
}

/** Clears custom fields by deleting their values: the one way that works for all types. */
async function clearFields(
	scope: RequestScope,
	{ plan, isNew }: SavedContact,
	values: () => Promise<Rows>,
): Promise<Map<string, Failure>> {
	const fields = new Set(customFieldsOf(plan).flatMap(([id, value]) => (value === '' ? id : [])));
	const failures = new Map<string, Failure>();
	if (fields.size === 0 || isNew) return failures;
	const failed = (ids: Iterable<string>, thrown: unknown) => {
		for (const id of ids) failures.set(id, failureOf(thrown));
	};
	try {
		const stored = (await values()).filter((row) => fields.has(textOf(row['field'])) && row['value'] !== '');
		await Promise.all(
			stored.map(async (row) => {
				try {
					await scope.remove(`/fieldValues/${rowId(row)}`, CLEAR_VALUE);
				} catch (thrown) {
					failed([textOf(row['field'])], thrown);
				}
			}),
		);
	} catch (thrown) {
		failed(fields, thrown);
	}
	return failures;
}
