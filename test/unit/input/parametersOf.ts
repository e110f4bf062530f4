import type { IExecuteFunctions } from 'n8n-workflow';

import { ItemParameters } from '../../../nodes/ActiveCampaignSync/input/parameters';

function isContext(value: object): value is IExecuteFunctions {
	return 'getNodeParameter' in value;
}

/**
 * An execution's context, as far as it has parameters and input.
 * @param parameters as the user wrote them
 * @param resolved what n8n gives for a parameter, by its path, whatever the item
 */
export function contextOf(
	parameters: object,
	resolved: Record<string, unknown> = {},
	items: readonly object[] = [{}],
): IExecuteFunctions {
	const values = new Map(Object.entries(resolved));
	const context: object = {
		getNode: () => ({ parameters }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (path: string, _itemIndex: number, fallback: unknown) =>
			values.has(path) ? values.get(path) : fallback,
		evaluateExpression: () => items[0],
	};
	if (!isContext(context)) throw new Error('It has parameters');
	return context;
}

/** The node's parameters as the items see them; see `contextOf`. */
export function parametersOf(...given: Parameters<typeof contextOf>): ItemParameters {
	return new ItemParameters(contextOf(...given));
}
