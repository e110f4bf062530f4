import type { EmptyValues, UnknownFields } from '../input/contactInput';
import type { SyncMode } from '../input/contactTarget';
import { isObject } from '../shared/json';
import { choice, OPTION_DEFAULTS, yesOrNo } from '../input/optionValues';
import type { ItemParameters } from '../input/parameters';

/** The options that may differ from item to item. */
export interface ItemOptions {
	readonly emptyValues: EmptyValues;
	readonly unknownFields: UnknownFields;
	readonly resubscribe: boolean;
	readonly simplify: boolean;
	readonly dryRun: boolean;
	readonly syncMode: SyncMode;
}

/** @throws InputError for a value that the option cannot have, which only an expression can give */
export function readItemOptions(parameters: ItemParameters, itemIndex: number): ItemOptions {
	const given = parameters.value('options', itemIndex);
	const options = isObject(given) ? given : {};
	const { emptyValues, unknownFields, resubscribe, simplify, syncMode, dryRun } = OPTION_DEFAULTS;
	return {
		emptyValues: choice(
			options['emptyValues'],
			'Empty Values',
			['keep', 'clear', 'fillOnly'] as const,
			emptyValues,
		),
		unknownFields: choice(
			options['unknownFields'],
			'Unknown Fields',
			['stop', 'skip'] as const,
			unknownFields,
		),
		resubscribe: yesOrNo(options['resubscribe'], 'Resubscribe', resubscribe),
		simplify: yesOrNo(options['simplify'], 'Simplify', simplify),
		syncMode: choice(
			options['syncMode'],
			'Sync Mode',
			['createOrUpdate', 'updateOnly', 'createOnly'] as const,
			syncMode,
		),
		dryRun: yesOrNo(options['dryRun'], 'Dry Run', dryRun),
	};
}
