import { Throttle } from './throttle';
import { TokenHistory } from './tokenHistory';

/** What all executions in this process share about one account, whichever token they have. */
export interface AccountState {
	/** Lets requests start within the account's limit. */
	readonly general: Throttle;
	/** Lets imports start within theirs, which counts apart. */
	readonly imports: Throttle;
	/** The account has responded, so its host exists and can be reached. */
	hasResponded: boolean;
}

/** By `Account.key`. */
export const accountState = byKey<AccountState>(() => ({
	general: new Throttle(),
	imports: new Throttle(),
	hasResponded: false,
}));

/** By `Account.keyOf('')`: the user of one token may see other things than another's. */
export const tokenHistory = byKey(() => new TokenHistory());

/** Gives the state for a key, the same one each time. */
function byKey<State>(create: () => State): (key: string) => State {
	const states = new Map<string, State>();
	return (key) => {
		const state = states.get(key) ?? create();
		states.set(key, state);
		return state;
	};
}
