import { explain, type Failure } from '../../shared/failure';
import type { UnusableValues } from '../../input/contactPlan';
import type { FieldCatalog } from '../../fields/fieldCatalog';
import { labelOf, type FailedPart } from '../../steps/stepReport';
import type { FieldsNotSet } from './verifyFields';

/** What is wrong with the custom fields of a synced contact. */
interface FieldProblems {
	/** The fields that do not have the value that was asked for, or may not have it. */
	readonly ids: ReadonlySet<string>;
	/** Those that fail the item. */
	readonly failedParts: FailedPart[];
	/** Those that are only to be mentioned. */
	readonly warnings: string[];
}

/** Which custom fields fail an item, and which are only to be mentioned. */
export function fieldProblems(
	{ ignored, unchecked, notCleared }: FieldsNotSet,
	catalog: FieldCatalog,
	unusableValues: UnusableValues,
): FieldProblems {
	const partOf = (id: string) => {
		const field = catalog.ofValue(id);
		return { what: 'custom field', name: field.type === undefined ? id : field.name };
	};
	const unknown = [...ignored].map((id): FailedPart => ({
		...partOf(id),
		verb: 'set',
		reason: `ActiveCampaign ignored it, which usually means that no custom field has the ID ${id}`,
	}));
	const failed = (failures: ReadonlyMap<string, Failure>, verb: string): FailedPart[] =>
		[...failures].map(([id, failure]) => ({ ...partOf(id), verb, reason: explain(failure) }));
	const skips = unusableValues === 'skip';
	return {
		ids: new Set([...ignored, ...unchecked.keys(), ...notCleared.keys()]),
		failedParts: [
			...(skips ? [] : unknown),
			...failed(unchecked, 'checked'),
			...failed(notCleared, 'cleared'),
		],
		warnings: skips ? unknown.map((part) => `${labelOf(part)}: ${part.reason}`) : [],
	};
}
