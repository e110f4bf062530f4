import type { Rows } from '../../account/contactParts';
import { rowId } from '../../account/contactReads';
import type { RequestScope } from '../../account/requestScope';
import { customFieldsOf, customValuesOf } from '../../input/contactPlan';
import { failureOf, type Failure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import type { StepContact } from '../../steps/step';
import type { SavedContact } from './saveContact';

const CLEAR_VALUE = { action: 'clear the custom field', permission: 'edit contacts' };

/** A custom field without the value that was asked for. */
export interface FieldNotSet {
	readonly id: string;
	/** What it could not be. */
	readonly verb: 'set' | 'checked' | 'cleared';
	/** Undefined where the account did not set it and said nothing about it, as it does with IDs that it does not know. */
	readonly failure?: Failure;
}

/** Makes sure that the custom fields of a saved contact have the values that were asked for. @throws only when stopped */
export async function verifyCustomFields(
	scope: RequestScope,
	saved: SavedContact,
	contact: StepContact,
): Promise<FieldNotSet[]> {
	const values = async () => (await contact.part('fieldValues')).value;
	const notSet = await Promise.all([findFieldsNotTaken(saved, values), clearFields(scope, saved, values)]);
	return notSet.flat();
}

/**
 * ActiveCampaign responds with just the values it has set. Where the response has no such list, the contact's values
 * are read.
 */
async function findFieldsNotTaken(
	{ plan, setFields }: SavedContact,
	values: () => Promise<Rows>,
): Promise<FieldNotSet[]> {
	const sent = customValuesOf(plan).map(([id]) => id);
	if (sent.length === 0) return [];
	try {
		const known = setFields ?? new Set((await values()).map((row) => textOf(row['field'])));
		return sent.filter((id) => !known.has(id)).map((id) => ({ id, verb: 'set' }));
	} catch (thrown) {
		const failure = failureOf(thrown);
		return sent.map((id) => ({ id, verb: 'checked', failure }));
	}
}

/** Clears custom fields by deleting their values: the one way that works for all types. */
async function clearFields(
	scope: RequestScope,
	{ plan, isNew }: SavedContact,
	values: () => Promise<Rows>,
): Promise<FieldNotSet[]> {
	const fields = customFieldsOf(plan).flatMap(([id, value]) => (value === '' ? id : []));
	if (fields.length === 0 || isNew) return [];
	const stored = values();
	const clear = async (id: string): Promise<FieldNotSet[]> => {
		try {
			const rows = (await stored).filter((row) => textOf(row['field']) === id && row['value'] !== '');
			await Promise.all(
				rows.map(async (row) => await scope.remove(`/fieldValues/${rowId(row)}`, CLEAR_VALUE)),
			);
			return [];
		} catch (thrown) {
			return [{ id, verb: 'cleared', failure: failureOf(thrown) }];
		}
	};
	return (await Promise.all(fields.map(clear))).flat();
}
