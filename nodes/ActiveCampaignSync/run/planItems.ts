import type { Lookups } from '../account/lookups';
import { untypedField } from '../fields/field';
import { FieldCatalog, NO_FIELDS } from '../fields/fieldCatalog';
import { planContact, type ContactPlan, type PlanRules } from '../input/contactPlan';
import {
	BY_EMAIL,
	withKey,
	type ContactTarget,
	type ReadTarget,
	type SyncMode,
} from '../input/contactTarget';
import { ItemParameters } from '../input/parameters';
import { readContact, type ReadContact } from '../input/readContact';
import { failureOf, type Failure } from '../shared/failure';
import { readSteps } from '../steps/runSteps';
import type { Step } from '../steps/step';
import type { OperationRun } from './operation';
import { getOptions, OPTIONS } from './options';
import { forEachInSlices } from './concurrency';

/** The options that may differ from item to item. */
export interface ItemOptions extends Pick<PlanRules, 'emptyValues' | 'unusableValues' | 'dateOrder'> {
	readonly resubscribe: boolean;
	readonly simplify: boolean;
	readonly dryRun: boolean;
	readonly syncMode: SyncMode;
}

/** What one item asks for, as the user gave it. */
interface ReadItem {
	readonly itemIndex: number;
	readonly options: ItemOptions;
	readonly steps: readonly Step[];
	/** Which contact it is about. */
	readonly about: ReadTarget;
	readonly contact: ReadContact;
}

/** What one item asks for, checked and encoded: all that is left is to send it. */
export interface PlannedItem extends Omit<ReadItem, 'contact' | 'about'> {
	readonly target: ContactTarget;
	readonly plan: ContactPlan;
	readonly catalog: FieldCatalog;
}

type TargetReader = (parameters: ItemParameters, itemIndex: number, syncMode: SyncMode) => ReadTarget;

/**
 * Reads and checks all items; those that fail have their outcome set and are skipped.
 * The account's custom fields are read once, and only if an item needs them.
 * @param readTarget reads which contact an item is about; by its email unless given
 * @throws only when stopped
 */
export async function planItems(
	run: OperationRun,
	lookups: Lookups,
	readTarget: TargetReader = () => BY_EMAIL,
): Promise<PlannedItem[]> {
	const { context, outcomes } = run;
	const items = await readItems(run, readTarget);
	const needsFields = items.some((item) => neededFields(item).length > 0);
	const fields = needsFields ? await lookups.fields().catch(failureOf) : NO_FIELDS;
	const timeZone = context.getTimezone();
	const planned: PlannedItem[] = [];
	await forEachInSlices(items, (item) => {
		const { itemIndex, options, steps, about, contact } = item;
		outcomes.tryItem(itemIndex, () => {
			const { catalog, warnings } = fieldsFor(neededFields(item), fields);
			const rules = { ...options, timeZone, isEmailOptional: about.isEmailOptional };
			const given = planContact(contact.toInput(catalog), catalog, rules);
			const target = about.toTarget(given, catalog, rules);
			const plan = withKey(given, target);
			outcomes.report(itemIndex, { ...plan, warnings: [...warnings, ...plan.warnings] });
			planned.push({ itemIndex, options, steps, target, plan, catalog });
		});
	});
	return planned;
}

async function readItems({ context, outcomes }: OperationRun, readTarget: TargetReader): Promise<ReadItem[]> {
	const parameters = new ItemParameters(context);
	const items: ReadItem[] = [];
	await forEachInSlices(outcomes.indexes(), (itemIndex) => {
		outcomes.tryItem(itemIndex, () => {
			const options = getItemOptions(parameters, itemIndex);
			const fillsBlanksOnly = options.emptyValues === 'fillOnly';
			const warn = (warning: string) => outcomes.report(itemIndex, { warnings: [warning] });
			const steps = readSteps({ parameters, itemIndex, fillsBlanksOnly, warn });
			const about = readTarget(parameters, itemIndex, options.syncMode);
			const contact = readContact(parameters, itemIndex, about.isEmailOptional);
			items.push({ itemIndex, options, steps, about, contact });
		});
	});
	return items;
}

/** @throws InputError for a value that the option cannot have, which only an expression can give */
export function getItemOptions(parameters: ItemParameters, itemIndex: number): ItemOptions {
	const given = getOptions(parameters, itemIndex);
	return {
		emptyValues: OPTIONS.emptyValues.read(given),
		unusableValues: OPTIONS.unusableValues.read(given),
		dateOrder: OPTIONS.dateOrder.read(given),
		resubscribe: OPTIONS.resubscribe.read(given),
		simplify: OPTIONS.simplify.read(given),
		syncMode: OPTIONS.syncMode.read(given),
		dryRun: OPTIONS.dryRun.read(given),
	};
}

/** The IDs of the custom fields that an item needs, and 'all' if these are not enough. */
function neededFields({ contact, about }: ReadItem): string[] {
	return [contact, about].flatMap((part) => part.neededFields);
}

/**
 * The fields to plan an item with.
 * A token may sync contacts and still not see the custom fields. Fields given by ID can then be sent, as plain text only:
 * their types are unknown. An ID that does not exist is noticed when it is missing in the response.
 * @param fields the account's, or why they could not be read
 * @throws AccountFailure when the item needs to know fields that could not be read
 */
function fieldsFor(
	needed: readonly string[],
	fields: FieldCatalog | Failure,
): { catalog: FieldCatalog; warnings: readonly string[] } {
	if (needed.length === 0) return { catalog: NO_FIELDS, warnings: [] };
	if (fields instanceof FieldCatalog) return { catalog: fields, warnings: [] };
	if (fields.kind !== 'forbidden' || needed.includes('all')) throw fields;
	return {
		catalog: new FieldCatalog(needed.map(untypedField)),
		warnings: [
			`${fields.message}. Custom fields given by ID were sent as plain text, since their types are unknown`,
		],
	};
}
