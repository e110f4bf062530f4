import {
	enroll,
	fault,
	MINUTE,
	openAccount,
	pass,
	sync,
	useFakeClock,
	watch,
	type Reply,
} from './fakeAccount';

useFakeClock();

describe('a retry', () => {
	it('says since when the request may have been carried out', async () => {
		const { account, sent } = await openAccount((index) =>
			index < 2 ? { thrown: fault('ECONNRESET') } : { body: { contact: { id: '1' } } },
		);
		const first = watch(account.scope().call(sync));
		await pass(10_000);
		expect(sent).toHaveLength(3);
		const since = (first.endedAt ?? 0) - (sent[0]?.at ?? 0);
		expect(first.value?.repeatedWithinMs).toBe(since);
	});

	it('is not marked as a repeat when the first request was rejected unread', async () => {
		const { account, sent } = await openAccount((index) =>
			index === 0 ? { status: 429, headers: { 'retry-after': '2' } } : { body: { contact: {} } },
		);
		const seen = watch(account.scope().call(sync));
		await pass(10_000);
		expect(sent).toHaveLength(2);
		expect(seen.value).toMatchObject({ statusCode: 200, body: { contact: {} } });
		expect(seen.value?.repeatedWithinMs).toBeUndefined();
		expect(account.statistics).toEqual({ timesAskedToWait: 1, heldUpMs: 2_000 });
	});

	it('ends after two minutes of time-outs, and says so', async () => {
		const { account, sent } = await openAccount(() => ({ thrown: fault('ECONNABORTED'), afterMs: 20_000 }));
		const seen = watch(account.scope().call(sync));
		await pass(3 * MINUTE);
		expect(sent).toHaveLength(6);
		expect(seen.failure?.message).toMatch(/did not respond in time \(tried 6 times in 13\d seconds\)$/);
		expect(seen.failure?.details.outcomeUnknown).toBe(true);
	});

	it('ends after a while of asking to wait, and says how long', async () => {
		const { account, sent } = await openAccount(() => ({ status: 429, headers: { 'retry-after': '30' } }));
		const seen = watch(account.scope().call(sync));
		await pass(10 * MINUTE);
		expect(sent.length).toBeGreaterThan(5);
		expect(seen.failure?.kind).toBe('rateLimited');
		expect(seen.failure?.message).toMatch(
			/\(tried \d+ times in 2\d\d seconds, and asked to wait 30 seconds\)$/,
		);
		expect(seen.endedAt).toBeLessThan((sent[0]?.at ?? 0) + 5 * MINUTE);
	});

	it('is not made after a response that is too large', async () => {
		async function* megabytes() {
			for (let count = 0; count < 50; count += 1) yield await Promise.resolve(Buffer.alloc(1_000_000, ' '));
		}
		const { account, sent } = await openAccount(() => ({ body: megabytes() }));
		const calls = [sync, { ...sync, method: 'GET' as const }];
		const seen = calls.map((request) => watch(account.scope().call(request)));
		await pass(MINUTE);
		expect(sent).toHaveLength(2);
		expect(seen.map(({ failure }) => failure?.message)).toEqual([
			expect.stringMatching(
				/^It is unclear .+ returned more than 10 MB, which is too large to read$/,
			) as unknown,
			expect.stringMatching(
				/^ActiveCampaign could not .+ returned more than 10 MB, which is too large to read$/,
			) as unknown,
		]);
	});

	it('does not begin when the wait asked for is too long', async () => {
		const { account, sent } = await openAccount(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
		const seen = watch(account.scope().call(sync));
		await pass(1_000);
		expect(sent).toHaveLength(1);
		expect(seen.failure?.message).toMatch(/\(tried once, and asked to wait 3600 seconds\)$/);
		expect(seen.failure?.details.retryAfterMs).toBe(3_600_000);
	});

	it.each<[string, Reply, number]>([
		['a 5xx', { status: 502, body: '<html>' }, 1],
		['a time-out', { thrown: fault('ETIMEDOUT') }, 1],
		['a cut connection', { thrown: fault('ECONNRESET') }, 1],
		[
			'a 403, which is a response',
			{ status: 403, body: { message: 'Could not create SubscriberSeries' } },
			1,
		],
		['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }, 1],
		['an empty response', { status: 201, body: '' }, 1],
		['another 403', { status: 403 }, 2],
		['being over the limit', { status: 429 }, 2],
		['no connection', { thrown: fault('ECONNREFUSED') }, 2],
		['425', { status: 425 }, 2],
	])('of a request that must not be carried out twice, after %s', async (name, reply, requests) => {
		const { account, sent } = await openAccount((index) => (index === 0 ? reply : { status: 201 }));
		const seen = watch(account.scope().call(enroll));
		await pass(MINUTE);
		expect(sent).toHaveLength(requests);
		expect(seen.failure === undefined).toBe(requests === 2);
		const isResponse = requests === 2 || name.includes('which is a response');
		expect(seen.failure?.details.outcomeUnknown ?? false).toBe(!isResponse);
	});

	it('ends the earlier, the longer other calls for the same item were tried', async () => {
		const { account, sent } = await openAccount(() => ({ status: 503, afterMs: 5_000 }));
		const scope = account.scope();
		const tries: number[] = [];
		for (let calls = 0; calls < 3; calls += 1) {
			const before = sent.length;
			const seen = watch(scope.call({ ...sync, isEssential: false }));
			await pass(3 * MINUTE);
			expect(seen.failure?.kind).toBe('unavailable');
			tries.push(sent.length - before);
		}
		expect(tries[0]).toBeGreaterThan(4);
		expect(tries[1]).toBeLessThan(tries[0] ?? 0);
		expect(tries[2]).toBe(1);
	});

	it('comes before calls that have not begun', async () => {
		const { account, sent } = await openAccount((index) => (index === 2 ? { status: 500 } : {}));
		for (let index = 0; index < 12; index += 1) {
			watch(account.scope([]).call({ ...sync, path: `/${index}` }));
		}
		await pass(5_000);
		expect(sent.map(({ url }) => url.split('/').pop()).slice(0, 6)).toEqual(['0', '1', '2', '3', '4', '2']);
	});
});

describe('a request that is too old', () => {
	it('is not sent, be it that it waits for the limit or for another try', async () => {
		const { account, sent } = await openAccount((index) => (index < 5 ? { status: 502 } : {}));
		const notAfter = performance.now() + 3_000;
		const seen = Array.from({ length: 30 }, (_, index) =>
			watch(account.scope().call({ ...sync, path: `/${index}`, notAfter })),
		);
		await pass(MINUTE);
		expect(sent.every(({ at }) => at <= notAfter)).toBe(true);
		const stale = seen.filter(({ failure }) => failure?.kind === 'stale');
		expect(stale.length).toBeGreaterThan(10);
		expect(stale.length + seen.filter(({ value }) => value).length).toBe(30);
		expect(stale.at(-1)?.failure?.details.outcomeUnknown).toBe(false);
	});

	it('says that an earlier try may have been carried out', async () => {
		const { account } = await openAccount((index) => ({ status: index === 0 ? 502 : 429 }));
		const seen = [
			watch(account.scope().call({ ...sync, notAfter: performance.now() + 2_000 })),
			watch(account.scope().call(sync)),
		];
		await pass(10_000);
		expect(seen[0]?.failure?.kind).toBe('stale');
		expect(seen[0]?.failure?.details.outcomeUnknown).toBe(true);
	});
});

describe('a request to an account that has responded before', () => {
	it('is tried for two minutes although its host cannot be found, and each later one too', async () => {
		let isGone = false;
		const { account, sent } = await openAccount(() => (isGone ? { thrown: fault('ENOTFOUND') } : {}));
		watch(account.scope().call(sync));
		await pass(1_000);
		isGone = true;
		const seen = [watch(account.scope().call(sync)), watch(account.scope().call(sync))];
		await pass(100_000);
		expect(seen).toEqual([{}, {}]);
		isGone = false;
		await pass(10_000);
		expect(seen.every(({ value }) => value)).toBe(true);
		expect(sent.length).toBeGreaterThan(30);
	});

	it('is tried for seconds where no account has responded at that host', async () => {
		const { account, sent } = await openAccount(() => ({ thrown: fault('ENOTFOUND') }));
		const seen = [watch(account.scope().call(sync)), watch(account.scope().call(sync))];
		await pass(5_000);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual(['wrongAccount', 'wrongAccount']);
		expect(sent.length).toBeLessThan(9);
	});
});

describe('a run whose account rejects all its calls', () => {
	it('makes a few requests, then none, and fails all calls at once', async () => {
		const { account, sent } = await openAccount(() => ({ status: 403 }));
		const seen = Array.from({ length: 100 }, () => watch(account.scope().call(sync)));
		await pass(10_000);
		expect(sent.length).toBeLessThanOrEqual(25);
		expect(seen.every(({ failure }) => failure?.kind === 'forbidden')).toBe(true);
		expect(Math.max(...seen.map(({ endedAt }) => endedAt ?? Infinity)) - (sent.at(-1)?.at ?? 0)).toBeLessThan(
			500,
		);
		expect(seen[99]?.failure?.message).toMatch(/^Skipped after repeated failures: /);
		const later = watch(account.scope().call(sync));
		await pass(10);
		expect(later.failure?.message).toMatch(/^Skipped after repeated failures: /);
		expect(sent.length).toBeLessThanOrEqual(25);
	});

	it('reports for a call that was under way what that call met', async () => {
		const { account } = await openAccount((index) => (index === 0 ? { status: 502 } : { status: 402 }));
		const seen = Array.from({ length: 20 }, () => watch(account.scope().call(sync)));
		await pass(10_000);
		expect(seen[0]?.failure?.message).toMatch(/HTTP 502|asks for payment/);
		expect(seen[0]?.failure?.message).not.toMatch(/^Not tried/);
		expect(seen[19]?.failure?.message).toMatch(/^Skipped after repeated failures: /);
	});

	it('goes on where single contacts meet something odd', async () => {
		const { account, sent } = await openAccount((index) => (index % 3 === 0 ? { body: '' } : {}));
		const seen = Array.from({ length: 60 }, () => watch(account.scope().call(sync)));
		await pass(2 * MINUTE);
		expect(sent.length).toBeGreaterThan(80);
		expect(seen.every(({ value }) => value)).toBe(true);
	});

	it('keeps on asking for what is not essential', async () => {
		const { account, sent } = await openAccount(() => ({ status: 404 }));
		for (let index = 0; index < 20; index += 1) watch(account.scope().call({ ...sync, isEssential: false }));
		await pass(10_000);
		expect(sent).toHaveLength(20);
	});
});
