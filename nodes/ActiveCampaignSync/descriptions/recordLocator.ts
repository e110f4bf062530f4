import type { INodeProperties } from 'n8n-workflow';

interface Locator {
	readonly displayName: string;
	readonly name: string;
	readonly searchListMethod: string;
	readonly description: string;
	readonly namePlaceholder: string;
	readonly nameHint?: string;
}

/** A field for picking a record: from a searchable list, by ID, or by name. */
export function recordLocator(locator: Locator): INodeProperties {
	const { displayName, name, description, searchListMethod, namePlaceholder, nameHint } = locator;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${displayName.toLowerCase()}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 12',
				validation: [
					{
						type: 'regex',
						properties: { regex: '\\s*[0-9]+\\s*', errorMessage: 'An ID is a number, e.g. 12' },
					},
				],
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				placeholder: namePlaceholder,
				...(nameHint ? { hint: nameHint } : {}),
			},
		],
	};
}
