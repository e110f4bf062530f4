import { AccountFailure } from '../../shared/failure';
import { quote } from '../../shared/inputError';
import { settle, type Failure } from '../../shared/result';
import type { Account } from '../../transport/account';
import type { RetryBudget } from '../../transport/retryState';
import { idNotFound, readByEmail } from './foundContact';

/** Another contact has the address that this one is to get. */
function duplicateFailure(email: string, id: string, holderId: string): AccountFailure {
	return new AccountFailure(
		'rejected',
		`The contact with the ID ${id} cannot get the email ${quote(email)}: the contact with the ID ${holderId} has it`,
		'Nothing was changed. Merge the two in ActiveCampaign, or correct the email',
		{ httpCode: '422', addressHolderId: holderId },
	);
}

/**
 * The failure that a change of address would meet; undefined when nobody else has the address.
 * @throws AccountFailure
 */
export async function findDuplicate(
	account: Account,
	budget: RetryBudget,
	email: string,
	id: string,
): Promise<AccountFailure | undefined> {
	const { value: holder } = await readByEmail(account, budget, email, []);
	return holder && holder.id !== id ? duplicateFailure(email, id, holder.id) : undefined;
}

/** Why a contact could not be updated, in words that name the contact. @throws only when stopped */
export async function explainUpdate(
	account: Account,
	budget: RetryBudget,
	failure: Failure,
	email: string,
	id: string,
): Promise<Failure> {
	if (failure.kind === 'notFound') return idNotFound(id, failure);
	if (failure.details.httpCode !== '422' || email === '') return failure;
	const { value: duplicate } = await settle(findDuplicate(account, budget, email, id));
	return duplicate ?? failure;
}
