import { pollWaitMs } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/followImports';

describe('the wait before a poll', () => {
	it('is short at first, grows, and never exceeds half a minute', () => {
		const waits = Array.from({ length: 12 }, (_, polls) => pollWaitMs(polls));
		expect(waits.slice(0, 3)).toEqual([1_500, 2_250, 3_375]);
		expect(waits).toEqual([...waits].sort((one, other) => one - other));
		expect(waits.at(-1)).toBe(30_000);
		expect(pollWaitMs(1_000_000)).toBe(30_000);
	});

	it('is as short at first when many imports are polled, and grows to one poll a second for all of them together', () => {
		expect([0, 1_000_000].map((polls) => pollWaitMs(polls, 40))).toEqual([1_500, 40_000]);
		expect([0, 1_000_000].map((polls) => pollWaitMs(polls, 200))).toEqual([1_500, 200_000]);
		expect(pollWaitMs(1_000_000, 2)).toBe(30_000);
	});
});
