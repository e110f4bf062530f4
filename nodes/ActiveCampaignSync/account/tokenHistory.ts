/** How long after it last worked a token, or a kind of call, is taken to be allowed still (milliseconds). */
const TRUSTED_MS = 10 * 60_000;

/**
 * What has worked so far, from nothing to the very kind of call. The more has worked, the less a failure is a matter of
 * the credential, and the more likely it passes.
 */
export const TRUST = {
	none: 0,
	/** The account's host has responded to some token, however long ago. */
	host: 1,
	/** The token has worked within the last minutes, though not in this run: it may have been replaced since. */
	recentToken: 2,
	/** The token works in this run. */
	token: 3,
	/** This kind of call works, too, or the account refuses even what has worked. */
	endpoint: 4,
} as const;

export type Trust = (typeof TRUST)[keyof typeof TRUST];

/**
 * What has worked for one token of an account, by kind of call (see `endpointOf`), in all runs of this process: each form
 * that is sent is a run of its own. Times are by `performance.now()`.
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

	/** How far a failure of this kind of call can be a matter of the token, for a run that began at `runStartedAt`. */
	trustIn(endpoint: string, runStartedAt: number, now: number): Trust {
		const since = Math.min(runStartedAt, now - TRUSTED_MS);
		const recent = [...this.worked].filter(([, { at }]) => at >= since);
		if (recent.length === 0) return TRUST.none;
		// While what has worked is forbidden as well, that is a fault of the account.
		if (recent.some(([name, { isForbidden }]) => name === endpoint || isForbidden)) return TRUST.endpoint;
		return recent.some(([, { at }]) => at >= runStartedAt) ? TRUST.token : TRUST.recentToken;
	}
}
