import {
	CachedRead,
	knownNow,
	writeIfFresh,
	type Timestamped,
} from '../../../nodes/ActiveCampaignSync/account/cachedRead';
import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { pass, useFakeClock } from './fakeAccount';

useFakeClock();

/** A read that takes a second and counts: a, b, c, … */
function countingRead() {
	let reads = 0;
	const read = jest.fn<Promise<Timestamped<string>>, [since: number]>(async () => {
		const value = String.fromCharCode(96 + (reads += 1));
		const readAt = performance.now();
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		return { value, readAt };
	});
	return read;
}

describe('what several decisions need', () => {
	it('is read once for all of them, as long as it is at most ten seconds old', async () => {
		const read = countingRead();
		const cached = new CachedRead(read);
		const begun = performance.now();
		const both = Promise.all([cached.get(), cached.get()]);
		await pass(1_000);
		expect(await both).toEqual([
			{ value: 'a', readAt: begun },
			{ value: 'a', readAt: begun },
		]);
		await pass(9_000);
		expect((await cached.get()).value).toBe('a');
		expect(read.mock.calls).toEqual([[begun - 10_000]]);
	});

	it('is read again when it is older, once for all who ask then', async () => {
		const read = countingRead();
		const cached = new CachedRead(read);
		const first = cached.get();
		await pass(10_001);
		await first;
		const now = performance.now();
		const both = Promise.all([cached.get(), cached.get()]);
		await pass(1_000);
		expect(await both).toEqual([
			{ value: 'b', readAt: now },
			{ value: 'b', readAt: now },
		]);
		expect(read).toHaveBeenCalledTimes(2);
		expect(read.mock.calls[1]).toEqual([now - 10_000]);
	});

	it('is read again for who needs a later reading, and not for others', async () => {
		const read = countingRead();
		const cached = new CachedRead(read);
		const begun = performance.now();
		const first = cached.get();
		await pass(1_000);
		await first;
		expect((await cached.get(begun)).value).toBe('a');
		const later = cached.get(begun + 1);
		await pass(1_000);
		expect(await later).toEqual({ value: 'b', readAt: begun + 1_000 });
		expect(read.mock.calls.map(([since]) => since)).toEqual([begun - 10_000, begun + 1]);
		expect((await cached.get()).value).toBe('b');
	});

	it('is read again for who needs a later reading than another has begun meanwhile', async () => {
		// As a reading that is shared with others, which may have begun before.
		const read = async (since: number) => {
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			return { value: 'read', readAt: since };
		};
		const now = performance.now();
		const cached = new CachedRead(read, { value: 'known', readAt: now - 5_000 });
		const all = Promise.all([now - 3_000, now - 1_000, now - 500].map((since) => cached.get(since)));

		await pass(3_000);

		expect((await all).map(({ readAt }) => readAt - now)).toEqual([-3_000, -1_000, -500]);
	});

	it('is not read at first where it is known', async () => {
		const read = countingRead();
		const cached = new CachedRead(read, knownNow('known'));
		await pass(10_000);
		expect((await cached.get()).value).toBe('known');
		await pass(1);
		const later = cached.get();
		await pass(1_000);
		expect((await later).value).toBe('a');
		expect(knownNow('x')).toEqual({ value: 'x', readAt: performance.now() });
	});

	it('is read again by the next one who asks after a read that failed', async () => {
		const broken = new Error('It broke');
		const read = jest.fn<Promise<Timestamped<string>>, [since: number]>();
		read.mockRejectedValueOnce(broken).mockResolvedValueOnce(knownNow('b'));
		const cached = new CachedRead(read);
		const both = [cached.get(), cached.get()];
		for (const one of both) await expect(one).rejects.toBe(broken);
		expect((await cached.get()).value).toBe('b');
		expect(read).toHaveBeenCalledTimes(2);
	});
});

describe('a write that follows from what was read', () => {
	const stale = new AccountFailure('stale', 'It was too late', 'Run it again', { outcomeUnknown: true });

	it('may start until ten seconds after what was read', async () => {
		const write = jest.fn(
			async (value: string, notAfter: number) => await Promise.resolve([value, notAfter]),
		);

		expect(await writeIfFresh(async () => await Promise.resolve({ value: 'a', readAt: 5 }), write)).toEqual([
			...['a', 10_005],
		]);
	});

	it('is decided again from a new reading when its turn came too late', async () => {
		let reads = 0;
		const read = async () => await Promise.resolve(knownNow((reads += 1)));
		const write = jest.fn(async (value: number) => await Promise.resolve(value)).mockRejectedValueOnce(stale);

		expect(await writeIfFresh(read, write)).toBe(2);
		expect(write.mock.calls.map(([value]) => value)).toEqual([1, 2]);
	});

	it('is given up when its turn came too late ten times', async () => {
		const write = jest.fn(async () => await Promise.reject(stale));

		await expect(writeIfFresh(async () => await Promise.resolve(knownNow('a')), write)).rejects.toMatchObject(
			{
				kind: 'stale',
				message:
					"ActiveCampaign was too busy: the contact's data went out of date 10 times before it could be updated",
				description: 'Run the item again when the account is less busy',
				details: { outcomeUnknown: true },
			},
		);
		expect(write).toHaveBeenCalledTimes(10);
	});

	it('fails at once with what it fails with, or with what reading fails with', async () => {
		const refused = new AccountFailure('rejected', 'Refused', 'Change it');
		const read = jest.fn(async () => await Promise.resolve(knownNow('a')));
		const write = jest.fn(async () => await Promise.reject(refused));

		await expect(writeIfFresh(read, write)).rejects.toBe(refused);
		expect([read, write].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
		await expect(writeIfFresh(async () => await Promise.reject(stale), write)).rejects.toBe(stale);
		expect(write).toHaveBeenCalledTimes(1);
	});
});
