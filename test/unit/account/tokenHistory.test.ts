import { TokenHistory, TRUST } from '../../../nodes/ActiveCampaignSync/account/tokenHistory';

const MINUTE = 60_000;
const SYNC = 'POST /contact/sync';
const READ = 'GET /lists';

/** How far each of both is trusted, in a run that began then, and in which something has worked or not. */
const trusts = (history: TokenHistory, startedAt: number, now: number, hasWorked = true) =>
	[SYNC, READ].map((endpoint) => history.trustIn(endpoint, { startedAt, hasWorked }, now));

describe('a token', () => {
	it('that has not worked is not trusted', () => {
		const history = new TokenHistory();
		history.recordForbidden(SYNC);
		expect(trusts(history, 0, MINUTE, false)).toEqual([TRUST.none, TRUST.none]);
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

	it('that worked in another run is trusted for what has worked, and forgotten after ten minutes', () => {
		const history = new TokenHistory();
		const workedAt = 5 * MINUTE;
		history.recordSuccess(SYNC, workedAt);
		const [startedAt, atLast] = [workedAt + 1, workedAt + 10 * MINUTE];
		expect(trusts(history, startedAt, atLast, false)).toEqual([TRUST.endpoint, TRUST.recentToken]);
		expect(trusts(history, startedAt, atLast, true)).toEqual([TRUST.endpoint, TRUST.token]);
		expect(trusts(history, startedAt, atLast + 1, false)).toEqual([TRUST.none, TRUST.none]);
		expect(trusts(history, startedAt, atLast + 1, true)).toEqual([TRUST.token, TRUST.token]);
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

	it('of what worked long before this run says nothing about other calls', () => {
		const history = new TokenHistory();
		history.recordSuccess(SYNC, 0);
		history.recordForbidden(SYNC);
		expect(trusts(history, 1, 10 * MINUTE)).toEqual([TRUST.endpoint, TRUST.endpoint]);
		expect(trusts(history, 1, 10 * MINUTE + 1)).toEqual([TRUST.token, TRUST.token]);
	});
});
