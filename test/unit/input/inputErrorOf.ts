import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';

/** The InputError that this throws; anything else, also nothing, makes the test fail. */
export function inputErrorOf(run: () => unknown): InputError {
	let value: unknown;
	try {
		value = run();
	} catch (thrown) {
		if (thrown instanceof InputError) return thrown;
		throw thrown;
	}
	throw new Error(`Nothing was thrown, but ${JSON.stringify(value)} returned`);
}
