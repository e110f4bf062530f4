import { NodeApiError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { Account } from '../transport/account';
import { explain, isFailure } from '../shared/result';

/**
 * Loads something for the editor from the account of the node's credential.
 * A failure is shown as such: an empty list means that there is nothing.
 * @throws NodeApiError saying what happened and what to do
 */
export async function withAccount<Result>(
	context: ILoadOptionsFunctions,
	load: (account: Account) => Promise<Result>,
): Promise<Result> {
	const opened = Account.open(context);
	return await opened.then(load).catch((thrown: unknown) => {
		if (!isFailure(thrown)) throw thrown;
		// The editor shows the message alone.
		const message = explain(thrown);
		throw new NodeApiError(context.getNode(), { message }, { message });
	});
}
