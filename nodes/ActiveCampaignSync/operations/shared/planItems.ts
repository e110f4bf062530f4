import type { IExecuteFunctions } from 'n8n-workflow';

import type { Catalogs } from '../../lookups/catalogs';
import { settle, type Result } from '../../shared/result';
import { planContact, type ContactPlan } from '../../contact/contactPlan';
import { untypedField } from '../../contact/fields/customField';
import { FieldCatalog } from '../../contact/fields/fieldCatalog';
import type { RequestedSteps } from '../../contact/steps/requestedSteps';
import type { ItemOutcomes } from './items';
import { readItemOptions, type ItemOptions } from './itemOptions';
import { ItemParameters } from './parameters';
import { forEachInSlices } from './timeSlices';
import { readContact, type ReadContact } from './readContact';
import { readSteps } from './readSteps';

/** What one item asks for, as the user gave it. */
interface ReadItem {
	readonly itemIndex: number;
	readonly options: ItemOptions;
	readonly requestedSteps: RequestedSteps;
	readonly contact: ReadContact;
}

/** What one item asks for, checked and encoded: all that is left is to send it. */
export interface PlannedItem extends Omit<ReadItem, 'contact'> {
	readonly plan: ContactPlan;
	readonly catalog: FieldCatalog;
}

const NO_FIELDS = new FieldCatalog([]);

/**
 * Reads and checks all items; those that fail have their outcome set and are left out.
 * The account's custom fields are read once, and only if an item needs them.
 * @throws only when stopped
 */
export async function planItems(
	context: IExecuteFunctions,
	catalogs: Catalogs,
	outcomes: ItemOutcomes,
): Promise<PlannedItem[]> {
	const items = await readItems(context, outcomes);
	const needsFields = items.some(({ contact }) => contact.needsFields);
	const fields = needsFields ? await settle(catalogs.fields()) : { value: NO_FIELDS };
	const timeZone = context.getTimezone();
	const planned: PlannedItem[] = [];
	await forEachInSlices(items, ({ itemIndex, options, requestedSteps, contact }) => {
		outcomes.attempt(itemIndex, () => {
			const { catalog, warnings } = fieldsFor(contact, fields);
			const plan = planContact(contact.toInput(catalog), catalog, { ...options, timeZone });
			outcomes.report(itemIndex, { ...plan, warnings: [...warnings, ...plan.warnings] });
			planned.push({ itemIndex, options, requestedSteps, plan, catalog });
		});
	});
	return planned;
}

async function readItems(context: IExecuteFunctions, outcomes: ItemOutcomes): Promise<ReadItem[]> {
	const parameters = new ItemParameters(context);
	const items: ReadItem[] = [];
	await forEachInSlices(outcomes.indexes(), (itemIndex) => {
		outcomes.attempt(itemIndex, () => {
			const options = readItemOptions(parameters, itemIndex);
			const requestedSteps = readSteps(parameters, itemIndex, options);
			items.push({ itemIndex, options, requestedSteps, contact: readContact(parameters, itemIndex) });
		});
	});
	return items;
}

/**
 * The fields to plan an item with.
 * A token may sync contacts and still not see the custom fields. Fields given by ID can then be sent, as plain text only:
 * their types are unknown. An ID that does not exist is noticed when it is missing in the response.
 * @throws AccountFailure when the item needs to know fields that could not be read
 */
function fieldsFor(
	{ needsFields, fieldIds }: ReadContact,
	{ value, failure }: Result<FieldCatalog>,
): { catalog: FieldCatalog; warnings: readonly string[] } {
	if (!needsFields) return { catalog: NO_FIELDS, warnings: [] };
	if (!failure) return { catalog: value, warnings: [] };
	if (failure.kind !== 'forbidden' || !fieldIds) throw failure;
	return {
		catalog: new FieldCatalog(fieldIds.map(untypedField)),
		warnings: [
			`${failure.message}. Custom fields given by ID were sent as plain text, since their types are unknown`,
		],
	};
}
