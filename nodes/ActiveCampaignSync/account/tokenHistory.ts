/** For so long, a token that worked is not suspected (milliseconds). */
const TRUSTED_MS = 10 * 60_000;

/**
 * What has worked so far, from nothing to the very kind of call. The more has worked, the less a failure is a matter of
 * the credential, and the more likely it passes.
 */
export const TRUST = {
	none: 0,
	/** The account's host has responded to some token, however long ago. */
	host: 1,
	/** Other kinds of call have worked within the last minutes, but none in this run: the token may have been replaced since. */
	recentToken: 2,
	/** The token works in this run. */
	token: 3,
	/** This kind of call has worked within the last minutes or in this run, or the account refuses even what has. */
	endpoint: 4,
} as const;

export type Trust = (typeof TRUST)[keyof typeof TRUST];

/** One execution, and whether anything has worked in it. */
interface Run {
	/** By `performance.now()`. */
	readonly startedAt: number;
	readonly hasWorked: boolean;
}

/**
 * What has worked for one token of an account, by kind of call (see `endpointOf`), in all runs of this process. Times are by
 * `performance.now()`.
 */
export class TokenHistory {
	private readonly worked = new Map<string, { readonly at: number; isForbidden: boolean }>();

	recordSuccess(endpoint: string, now: number): void {
		this.worked.set(endpoint, { at: now, isForbidden: false });
	}

	/** To be called for each 403, whether or not it is tried again. */
	recordForbidden(endpoint: string): void {
		const worked = this.worked.get(endpoint);
		if (worked) worked.isForbidden = true;
	}

	/** How far a failure of this kind of call in a run can be a matter of the token. */
	trustIn(endpoint: string, run: Run, now: number): Trust {
		const worked = [...this.worked].filter(([, { at }]) => at >= run.startedAt || now - at <= TRUSTED_MS);
		// While what has worked is forbidden as well, that is a fault of the account.
		const isNoMatterOfToken = worked.some(([name, { isForbidden }]) => name === endpoint || isForbidden);
		if (isNoMatterOfToken) return TRUST.endpoint;
		if (run.hasWorked) return TRUST.token;
		return worked.length > 0 ? TRUST.recentToken : TRUST.none;
	}
}
