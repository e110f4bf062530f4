import { accountState, tokenHistory } from '../../../nodes/ActiveCampaignSync/account/account';

describe('what executions share', () => {
	it('is one for each account: its throttles, and whether it has responded', () => {
		const one = accountState('one');
		expect(accountState('one')).toBe(one);
		expect(accountState('two').general).not.toBe(one.general);
		expect(one.imports).not.toBe(one.general);
		expect(one.hasResponded).toBe(false);
	});

	it('is one for each token: what has worked for it', () => {
		const one = tokenHistory('one key');
		expect(tokenHistory('one key')).toBe(one);
		expect(tokenHistory('another key')).not.toBe(one);
	});
});
