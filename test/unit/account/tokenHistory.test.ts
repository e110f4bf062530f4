import { TokenHistory, TRUST } from '../../../nodes/ActiveCampaignSync/account/tokenHistory';

const MINUTE = 60_000;
const SYNC = 'POST /contact/sync';
const READ = 'GET /lists';

/** How far each of both is trusted, for a run that began then. */
const trusts = (history: TokenHistory, runStartedAt: number, now: number) =>
	[SYNC, READ].map((endpoint) => history.trustIn(endpoint, runStartedAt, now));

describe('a token', () => {
	it('that has not worked is not trusted', () => {
		const history = new TokenHistory();
		history.recordForbidden(SYNC);
		expect(trusts(history, 0, MINUTE)).toEqual([TRUST.none, TRUST.none]);
	});

	it('that works in this run is trusted, most of all for what has worked', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, MINUTE);
		expect(trusts(history, 0, 2 * MINUTE)).toEqual([TRUST.endpoint, TRUST.token]);
	});

	it('is trusted until the end of a run in which it has worked, however long it takes', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, 0);
		expect(trusts(history, 0, 600 * MINUTE)).toEqual([TRUST.endpoint, TRUST.token]);
	});

	it('that worked in another run is trusted for ten minutes: it may have been replaced since', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, 0);
		expect(trusts(history, 10 * MINUTE, 10 * MINUTE)).toEqual([TRUST.endpoint, TRUST.recentToken]);
		expect(trusts(history, 10 * MINUTE, 10 * MINUTE + 1)).toEqual([TRUST.none, TRUST.none]);
	});
});

describe('a 403', () => {
	it('is a fault of the account while what has worked is forbidden too', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, 0);
		history.recordForbidden(READ);
		expect(trusts(history, 0, MINUTE)).toEqual([TRUST.endpoint, TRUST.token]);
		history.recordForbidden(SYNC);
		expect(trusts(history, 0, MINUTE)).toEqual([TRUST.endpoint, TRUST.endpoint]);
		history.recordSuccess(SYNC, MINUTE);
		expect(trusts(history, 0, MINUTE)).toEqual([TRUST.endpoint, TRUST.token]);
	});

	it('of what has not worked for long says nothing about other calls', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, 0);
		history.recordForbidden(SYNC);
		history.recordSuccess(READ, 9 * MINUTE);
		expect(trusts(history, 11 * MINUTE, 11 * MINUTE)).toEqual([TRUST.recentToken, TRUST.endpoint]);
	});
});
