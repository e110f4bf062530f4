import {
	REFERENCE_KINDS,
	readReference,
	referenceKey,
	type ContactReference,
} from '../input/contactReference';
import type { JsonObject } from '../shared/json';
import type { OperationRun } from './operation';
import { choice, ItemParameters } from '../input/parameters';
import { getOptions } from './options';
import { forEachInSlices } from './concurrency';

/** A contact that items of the run mean, with the same options. */
export interface ReferredContact<Options> {
	readonly reference: ContactReference;
	readonly options: Options;
	/** In the order of the input; at least one. */
	readonly itemIndexes: number[];
}

/**
 * Reads and checks which contact each item means; those that fail have their outcome set and are left out.
 * @param readOptions reads the options of one item; it may throw an InputError
 * @returns each contact once for the same options, in the order of the items that mean it first
 */
export async function readReferences<Options>(
	{ context, outcomes }: OperationRun,
	readOptions: (given: JsonObject) => Options,
): Promise<Array<ReferredContact<Options>>> {
	const parameters = new ItemParameters(context);
	const contacts = new Map<string, ReferredContact<Options>>();
	await forEachInSlices(outcomes.indexes(), (itemIndex) => {
		outcomes.tryItem(itemIndex, () => {
			const options = readOptions(getOptions(parameters, itemIndex));
			const matchBy = choice(parameters.value('matchBy', itemIndex), 'Match By', REFERENCE_KINDS, 'email');
			const reference = readReference(matchBy, parameters.value(matchBy, itemIndex));
			const key = JSON.stringify([referenceKey(reference), options]);
			const contact = contacts.get(key) ?? { reference, options, itemIndexes: [] };
			contact.itemIndexes.push(itemIndex);
			contacts.set(key, contact);
		});
	});
	return [...contacts.values()];
}
