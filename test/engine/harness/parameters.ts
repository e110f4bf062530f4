import type {
	INodeParameters,
	NodeParameterValueType,
	ResourceMapperField,
	ResourceMapperValue,
} from 'n8n-workflow';

type Mode = 'list' | 'id' | 'name';

/** A resource locator as the editor stores it. */
export function locator(mode: Mode, value: string, cachedResultName?: string): INodeParameters {
	return { __rl: true, mode, value, ...(cachedResultName === undefined ? {} : { cachedResultName }) };
}

/** `customFields` with these rows: how the field is given, which, and the value. */
export function customFields(...rows: Array<[Mode, string, NodeParameterValueType]>): INodeParameters {
	return {
		customFields: {
			values: rows.map(([mode, field, value]) => ({ field: locator(mode, field), value })),
		},
	};
}

/** `lists` with these rows. */
export function lists(...rows: Array<[Mode, string, 'subscribe' | 'unsubscribe']>): INodeParameters {
	return { lists: { values: rows.map(([mode, list, action]) => ({ list: locator(mode, list), action })) } };
}

/** `automations` with these rows; without an action, rows as they were stored before there was one. */
export function automations(
	...rows: Array<[Mode, string, ('enroll' | 'enrollOnce' | 'remove')?]>
): INodeParameters {
	return {
		automations: {
			values: rows.map(([mode, automation, action]) => ({
				automation: locator(mode, automation),
				...(action ? { action } : {}),
			})),
		},
	};
}

/** 'Choose Account Fields', filled in by hand. */
export function mapByHand(
	value: NonNullable<ResourceMapperValue['value']>,
	schema: ResourceMapperField[] = [],
): INodeParameters {
	const conversions = { attemptToConvertTypes: false, convertFieldsToString: false };
	const columns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema, ...conversions };
	return { fieldsMode: 'mapColumns', columns };
}

/** 'Map Automatically': the names of the items' keys decide. */
export const mapAutomatically: INodeParameters = { fieldsMode: 'mapAutomatically' };
