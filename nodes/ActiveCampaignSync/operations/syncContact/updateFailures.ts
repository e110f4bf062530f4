import { AccountFailure, type Failure } from '../../shared/failure';
import { settle } from '../../shared/result';
import { quote } from '../../shared/text';
import type { RequestScope } from '../../account/requestScope';
import { idNotFound, readByEmail } from '../../account/foundContact';

/** Another contact has the address that this one is to get. */
function duplicateFailure(email: string, id: string, holderId: string): AccountFailure {
	return new AccountFailure(
		'rejected',
		`The contact with the ID ${id} cannot get the email ${quote(email)}: the contact with the ID ${holderId} has it`,
		'Nothing was changed. Merge the two in ActiveCampaign, or correct the email',
		{ httpCode: '422', emailOwnerId: holderId },
	);
}

/**
 * The failure that a change of address would meet; undefined when nobody else has the address.
 * @throws AccountFailure
 */
export async function findDuplicate(
	scope: RequestScope,
	email: string,
	id: string,
): Promise<AccountFailure | undefined> {
	const { value: holder } = await readByEmail(scope, email, []);
	return holder && holder.id !== id ? duplicateFailure(email, id, holder.id) : undefined;
}

/** Why a contact could not be updated, in words that name the contact. @throws only when stopped */
export async function explainUpdate(
	scope: RequestScope,
	failure: Failure,
	email: string,
	id: string,
): Promise<Failure> {
	if (failure.kind === 'notFound') return idNotFound(id, failure);
	if (failure.details.httpCode !== '422' || email === '') return failure;
	const { value: duplicate } = await settle(findDuplicate(scope, email, id));
	return duplicate ?? failure;
}
