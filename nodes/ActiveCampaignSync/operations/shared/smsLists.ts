import type { ListChange } from '../../contact/steps/requestedSteps';
import type { Catalogs } from '../../lookups/catalogs';
import { hasSmsMark } from '../../contact/smsMark';
import { settle } from '../../shared/result';
import type { FoundStep } from './stepLookup';

/**
 * Whether a list is one for text messages, as far as that can be found out. A list that was picked in the editor says so
 * in its name; one that is given by its ID has to be looked up.
 * @throws only when stopped
 */
export async function isSmsList(
	catalogs: Catalogs,
	{ requested: { list }, id = '', isSms }: Pick<FoundStep<ListChange>, 'requested' | 'id' | 'isSms'>,
): Promise<boolean> {
	if (isSms !== undefined) return isSms;
	const isPicked = list.name !== list.value;
	if (isPicked && !hasSmsMark(list.name)) return false;
	const { value: record } = await settle(catalogs.withId('list', id));
	return record?.isSms === true;
}
