import type { IExecuteFunctions } from 'n8n-workflow';

import type { Catalogs } from '../../lookups/catalogs';
import { settle, type Result } from '../../shared/result';
import { planContact, type ContactPlan } from '../../contact/contactPlan';
import { FieldCatalog } from '../../contact/fields/customField';
import type { RequestedSteps } from '../../contact/steps/requestedSteps';
import type { ItemOutcomes } from './items';
import { readItemOptions, type ItemOptions } from './options';
import { ItemParameters } from './parameters';
import { readContact, type ReadContact } from './readContact';
import { readSteps } from './readSteps';

/** What one item asks for, judged and encoded: all that is left to do is to send it. */
export interface PlannedItem {
	readonly itemIndex: number;
	readonly plan: ContactPlan;
	readonly requestedSteps: RequestedSteps;
	readonly options: ItemOptions;
	readonly catalog: FieldCatalog;
}

const NO_FIELDS = new FieldCatalog([]);

/**
 * Reads and judges all items; those that cannot be used have their outcome set and are left out.
 * The account's custom fields are read once, and only if an item needs them.
 */
export async function planItems(
	context: IExecuteFunctions,
	catalogs: Catalogs,
	outcomes: ItemOutcomes,
): Promise<PlannedItem[]> {
	const timeZone = context.getTimezone();
	const parameters = new ItemParameters(context);
	const planned: PlannedItem[] = [];
	let fields: Result<FieldCatalog> = { value: NO_FIELDS };
	let haveBeenRead = false;
	for (const itemIndex of outcomes.indexes()) {
		const read = outcomes.attempt(itemIndex, () => {
			const options = readItemOptions(parameters, itemIndex);
			const requestedSteps = readSteps(parameters, itemIndex, options.resubscribe);
			return { options, requestedSteps, contact: readContact(parameters, itemIndex) };
		});
		if (!read) continue;
		const { options, requestedSteps, contact } = read;
		if (contact.needsFields && !haveBeenRead) {
			fields = await settle(catalogs.fields());
			haveBeenRead = true;
		}
		const known = fields;
		const item = outcomes.attempt(itemIndex, () => {
			const { catalog, warnings } = fieldsFor(contact, known);
			const plan = planContact(contact.toInput(catalog), catalog, { ...options, timeZone });
			outcomes.report(itemIndex, { ...plan, warnings: [...warnings, ...plan.warnings] });
			return { itemIndex, plan, requestedSteps, options, catalog };
		});
		if (item) planned.push(item);
	}
	return planned;
}

/**
 * The fields to plan an item with.
 * A token may sync contacts and still not see the custom fields. Fields given by id can then be sent all the same, as
 * text, for their types are unknown; ids that do not exist are noticed by their missing in the answer.
 * @throws AccountFailure when the item needs to know fields that could not be read
 */
function fieldsFor(
	{ needsFields, references }: ReadContact,
	{ value, failure }: Result<FieldCatalog>,
): { catalog: FieldCatalog; warnings: readonly string[] } {
	if (!needsFields) return { catalog: NO_FIELDS, warnings: [] };
	if (!failure) return { catalog: value, warnings: [] };
	if (failure.kind !== 'forbidden' || !references?.every((one) => /^\d+$/.test(one))) throw failure;
	return {
		catalog: new FieldCatalog(
			references.map((id) => ({ id, title: '', type: '', personalizationTag: '', options: [] })),
		),
		warnings: [
			`${failure.message}. Custom fields given by id were sent as text, without a check of their values`,
		],
	};
}
