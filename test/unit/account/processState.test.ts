import { accountState, tokenState } from '../../../nodes/ActiveCampaignSync/account/processState';

describe('what executions share', () => {
	it('is one for each account: its throttles, and whether it has responded', () => {
		const one = accountState('one');
		expect(accountState('one')).toBe(one);
		expect(accountState('two').general).not.toBe(one.general);
		expect(one.imports).not.toBe(one.general);
		expect(one.hasResponded).toBe(false);
	});

	it('is one for each token: what has worked for it', () => {
		const one = tokenState('one key');
		expect(tokenState('one key')).toBe(one);
		expect(tokenState('another key').history).not.toBe(one.history);
	});
});
