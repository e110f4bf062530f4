import type { ListChange } from './requestedSteps';
import type { Lookups } from '../account/lookups';
import { hasSmsMark } from '../account/smsMark';
import { settle } from '../shared/result';
import type { ResolvedStep } from './resolveSteps';

/**
 * Whether a list is one for text messages, as far as that can be found out. A list that was picked in the editor says so
 * in its name; one that is given by its ID has to be looked up.
 * @throws only when stopped
 */
export async function isSmsList(
	catalogs: Lookups,
	{ requested: { list }, id = '', isSms }: Pick<ResolvedStep<ListChange>, 'requested' | 'id' | 'isSms'>,
): Promise<boolean> {
	if (isSms !== undefined) return isSms;
	const isPicked = list.name !== list.value;
	if (isPicked && !hasSmsMark(list.name)) return false;
	const { value: record } = await settle(catalogs.withId('list', id));
	return record?.isSms === true;
}
