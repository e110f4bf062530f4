import type { IExecuteFunctions } from 'n8n-workflow';

import type { Lookups } from '../account/lookups';
import { settle, type Result } from '../shared/result';
import { planContact, type ContactPlan } from '../input/contactPlan';
import { withKey, type ContactTarget, type SyncMode } from '../input/contactTarget';
import { untypedField } from '../fields/customField';
import { FieldCatalog } from '../fields/fieldCatalog';
import type { RequestedSteps } from '../steps/requestedSteps';
import type { ItemOutcomes } from './items';
import { readItemOptions, type ItemOptions } from './itemOptions';
import { ItemParameters } from '../input/parameters';
import { forEachInSlices } from './timeSlices';
import { readContact, type ReadContact } from '../input/readContact';
import { readSteps } from '../steps/readSteps';
import { BY_EMAIL, type ReadTarget } from '../input/readTarget';

/** What one item asks for, as the user gave it. */
interface ReadItem {
	readonly itemIndex: number;
	readonly options: ItemOptions;
	readonly requestedSteps: RequestedSteps;
	readonly read: ReadTarget;
	readonly contact: ReadContact;
}

/** What one item asks for, checked and encoded: all that is left is to send it. */
export interface PlannedItem extends Omit<ReadItem, 'contact' | 'read'> {
	readonly target: ContactTarget;
	readonly plan: ContactPlan;
	readonly catalog: FieldCatalog;
}

type TargetReader = (parameters: ItemParameters, itemIndex: number, syncMode: SyncMode) => ReadTarget;

const NO_FIELDS = new FieldCatalog([]);

/**
 * Reads and checks all items; those that fail have their outcome set and are left out.
 * The account's custom fields are read once, and only if an item needs them.
 * @param readTarget reads which contact an item is about; by its email unless given
 * @throws only when stopped
 */
export async function planItems(
	context: IExecuteFunctions,
	catalogs: Lookups,
	outcomes: ItemOutcomes,
	readTarget: TargetReader = () => BY_EMAIL,
): Promise<PlannedItem[]> {
	const items = await readItems(context, outcomes, readTarget);
	const needsFields = items.some(({ contact, read }) => contact.needsFields || read.needsFields);
	const fields = needsFields ? await settle(catalogs.fields()) : { value: NO_FIELDS };
	const timeZone = context.getTimezone();
	const planned: PlannedItem[] = [];
	await forEachInSlices(items, ({ itemIndex, options, requestedSteps, read, contact }) => {
		outcomes.attempt(itemIndex, () => {
			const { catalog, warnings } = fieldsFor([contact, read], fields);
			const rules = { ...options, timeZone, isEmailOptional: read.isEmailOptional };
			const given = planContact(contact.toInput(catalog), catalog, rules);
			const target = read.toTarget(given, catalog, timeZone);
			const plan = withKey(given, target);
			outcomes.report(itemIndex, { ...plan, warnings: [...warnings, ...plan.warnings] });
			planned.push({ itemIndex, options, requestedSteps, target, plan, catalog });
		});
	});
	return planned;
}

async function readItems(
	context: IExecuteFunctions,
	outcomes: ItemOutcomes,
	readTarget: TargetReader,
): Promise<ReadItem[]> {
	const parameters = new ItemParameters(context);
	const items: ReadItem[] = [];
	await forEachInSlices(outcomes.indexes(), (itemIndex) => {
		outcomes.attempt(itemIndex, () => {
			const options = readItemOptions(parameters, itemIndex);
			const requestedSteps = readSteps(parameters, itemIndex, options);
			const read = readTarget(parameters, itemIndex, options.syncMode);
			const contact = readContact(parameters, itemIndex, read.isEmailOptional);
			items.push({ itemIndex, options, requestedSteps, read, contact });
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
	parts: ReadonlyArray<Pick<ReadContact, 'needsFields' | 'fieldIds'>>,
	{ value, failure }: Result<FieldCatalog>,
): { catalog: FieldCatalog; warnings: readonly string[] } {
	const needing = parts.filter(({ needsFields }) => needsFields);
	if (needing.length === 0) return { catalog: NO_FIELDS, warnings: [] };
	if (!failure) return { catalog: value, warnings: [] };
	const fieldIds = needing.flatMap((part) => part.fieldIds ?? '');
	if (failure.kind !== 'forbidden' || fieldIds.includes('')) throw failure;
	return {
		catalog: new FieldCatalog(fieldIds.map(untypedField)),
		warnings: [
			`${failure.message}. Custom fields given by ID were sent as plain text, since their types are unknown`,
		],
	};
}
