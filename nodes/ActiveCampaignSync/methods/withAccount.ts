import { NodeApiError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { Account } from '../account/account';
import { explain, isFailure } from '../shared/failure';

/**
 * Loads something for the editor from the account of the node's credential.
 * A failure is shown as such: an empty list means that there is nothing.
 * @param insteadOf what to return for a failure with this message; by default, and if undefined, the failure is thrown
 * @throws NodeApiError saying what happened and what to do
 */
export async function withAccount<Result>(
	context: ILoadOptionsFunctions,
	load: (account: Account) => Promise<Result>,
	insteadOf?: (message: string) => Result | undefined,
): Promise<Result> {
	const opened = Account.open(context);
	return await opened.then(load).catch((thrown: unknown) => {
		if (!isFailure(thrown)) throw thrown;
		// The editor shows the message alone.
		const message = explain(thrown);
		const shown = insteadOf?.(message);
		if (shown !== undefined) return shown;
		throw new NodeApiError(context.getNode(), { message }, { message });
	});
}
