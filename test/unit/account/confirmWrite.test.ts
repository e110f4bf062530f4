import { writeOnce } from '../../../nodes/ActiveCampaignSync/account/confirmWrite';
import { AccountFailure, type FailureKind } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { pass, useFakeClock, watch } from './fakeAccount';

useFakeClock();

const lost = new AccountFailure('unavailable', 'The connection was cut', 'Run it again', {
	outcomeUnknown: true,
	httpCode: '504',
});
const failure = (kind: FailureKind) => new AccountFailure(kind, `It was ${kind}`, 'Do this');

/** A write that is confirmed by looking; both note the seconds at which they are made. */
function confirmed(look: (looks: number) => string | undefined | Error, writes: Array<string | Error>) {
	const begun = performance.now();
	const [writtenAt, lookedAt]: [number[], number[]] = [[], []];
	const seconds = () => (performance.now() - begun) / 1_000;
	const write = async () => {
		writtenAt.push(seconds());
		const outcome = writes[Math.min(writtenAt.length, writes.length) - 1] ?? '';
		if (outcome instanceof Error) throw outcome;
		return await Promise.resolve(outcome);
	};
	const confirmation = {
		question: 'whether the note was added',
		where: "the contact's notes",
		look: async () => {
			lookedAt.push(seconds());
			const seen = look(lookedAt.length);
			if (seen instanceof Error) throw seen;
			return await Promise.resolve(seen);
		},
	};
	const start = (signal?: AbortSignal) => watch(writeOnce(signal, write, confirmation));
	return { start, writtenAt, lookedAt };
}

describe('a write that the API makes again at each request', () => {
	it('is not looked for when it succeeded, or failed for certain', async () => {
		const { start, lookedAt } = confirmed(() => undefined, ['written']);
		const refused = confirmed(() => undefined, [failure('rejected')]);
		const seen = [start(), refused.start()];
		await pass(0);
		expect(seen[0]?.value).toBe('written');
		expect(seen[1]?.failure?.kind).toBe('rejected');
		expect([...lookedAt, ...refused.lookedAt]).toEqual([]);
	});

	it('is done when it becomes visible, looked for less and less often', async () => {
		const { start, writtenAt, lookedAt } = confirmed((looks) => (looks === 4 ? 'seen' : undefined), [lost]);
		const seen = start();
		await pass(15_000);
		expect(seen.value).toBe('seen');
		expect(lookedAt).toEqual([1, 3, 7, 15]);
		expect(writtenAt).toEqual([0]);
	});

	it('is made again when nothing has become visible for 100 seconds', async () => {
		const { start, writtenAt, lookedAt } = confirmed(() => undefined, [lost, 'written']);
		const seen = start();
		await pass(99_999);
		expect(writtenAt).toEqual([0]);
		await pass(1);
		expect(seen.value).toBe('written');
		expect(writtenAt).toEqual([0, 100]);
		expect(lookedAt).toEqual([1, 3, 7, 15, 30, 60, 100]);
	});

	it('fails for what the repeat failed for', async () => {
		const { start } = confirmed(() => undefined, [lost, failure('rejected')]);
		const seen = start();
		await pass(100_000);
		expect(seen.failure?.kind).toBe('rejected');
	});

	it('is given up after the fourth try', async () => {
		const { start, writtenAt } = confirmed(() => undefined, [lost]);
		const seen = start();
		await pass(400_000);
		expect(seen.failure).toBe(lost);
		expect(writtenAt).toEqual([0, 100, 200, 300]);
	});

	it('is unclear, and not made again, when the last look failed', async () => {
		const { start, writtenAt } = confirmed(
			(looks) => (looks === 7 ? failure('unavailable') : undefined),
			[lost],
		);
		const seen = start();
		await pass(400_000);
		expect(seen.failure).toMatchObject({
			kind: 'unavailable',
			message: 'The connection was cut. It is unclear whether the note was added',
			description: "Look at the contact's notes in ActiveCampaign before running the item again",
			details: { outcomeUnknown: true, httpCode: '504' },
		});
		expect(writtenAt).toEqual([0]);
	});

	it('is made again when a look failed, but a later one saw that it was not done', async () => {
		const { start, writtenAt } = confirmed(
			(looks) => (looks < 7 ? failure('unavailable') : undefined),
			[lost, 'written'],
		);
		const seen = start();
		await pass(100_000);
		expect(seen.value).toBe('written');
		expect(writtenAt).toEqual([0, 100]);
	});

	it.each(['forbidden', 'wrongAccount', 'accountBlocked'] as const)(
		'is not looked for any longer when looking is %s',
		async (kind) => {
			const { start, lookedAt } = confirmed(() => failure(kind), [lost]);
			const seen = start();
			await pass(1_000);
			expect(seen.failure?.message).toBe('The connection was cut. It is unclear whether the note was added');
			expect(lookedAt).toEqual([1]);
		},
	);

	it('is not looked for any longer when the execution is stopped, before a look or in it', async () => {
		const controller = new AbortController();
		const { start, lookedAt } = confirmed(() => undefined, [lost]);
		const seen = start(controller.signal);
		const inLook = confirmed(() => failure('stopped'), [lost]);
		const other = inLook.start();
		await pass(500);
		controller.abort();
		await pass(1_000);
		expect([seen, other].map(({ failure: stop }) => stop?.kind)).toEqual(['stopped', 'stopped']);
		expect([lookedAt, inLook.lookedAt]).toEqual([[], [1]]);
	});
});
