import { AccountFailure, type FailureKind } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { CircuitBreaker } from '../../../nodes/ActiveCampaignSync/account/circuitBreaker';

const MINUTE = 60_000;
const SYNC = 'POST /contact/sync';
const READ = 'GET /import/info';

const failure = (kind: FailureKind) =>
	new AccountFailure(kind, `It was ${kind}`, 'Do this', {
		httpCode: '403',
		outcomeUnknown: true,
		retryAfterMs: 1_000,
	});

/** A run that met this, in this order, a second apart; `success` is one of the endpoint. */
function after(kinds: Array<FailureKind | 'success'>, isEssential = true): CircuitBreaker {
	const breaker = new CircuitBreaker();
	kinds.forEach((kind, index) => {
		if (kind === 'success') breaker.recordSuccess(SYNC);
		else breaker.recordFailure(SYNC, failure(kind), isEssential, index * 1_000);
	});
	return breaker;
}

describe('a run in which nothing has worked yet', () => {
	it.each<FailureKind>(['forbidden', 'wrongAccount', 'accountBlocked'])(
		'ends for all endpoints after five essential calls in a row: %s',
		(kind) => {
			expect(after([kind, kind, kind, kind]).reasonFor(SYNC)).toBeUndefined();
			const breaker = after([kind, kind, kind, kind, kind]);
			expect(breaker.reasonFor(READ)).toBe(breaker.reasonFor(SYNC));
			expect(breaker.reasonFor(SYNC)).toMatchObject({
				kind,
				message: `Skipped after repeated failures: It was ${kind}`,
				description: 'Do this',
				// Of what was never sent, neither may it be done nor was a wait asked for.
				details: { httpCode: '403' },
			});
			expect(breaker.reasonFor(SYNC)?.details).toEqual({ httpCode: '403' });
		},
	);

	it('ends though one of the calls was stopped or too old in between', () => {
		const kinds: FailureKind[] = [
			'forbidden',
			'forbidden',
			'stale',
			'forbidden',
			'forbidden',
			'stopped',
			'forbidden',
		];
		expect(after(kinds).reasonFor(SYNC)?.kind).toBe('forbidden');
	});

	it.each<[string, Array<FailureKind | 'success'>]>([
		['one success before', ['success', ...Array<FailureKind>(50).fill('forbidden')]],
		['a host that can no longer be found', ['success', ...Array<FailureKind>(50).fill('wrongAccount')]],
		[
			'a contact that was rejected',
			['forbidden', 'forbidden', 'forbidden', 'forbidden', 'rejected', 'forbidden'],
		],
		['many contacts that are rejected', Array<FailureKind>(500).fill('rejected')],
		['many odd responses', Array<FailureKind>(150).fill('noData')],
		['a few minutes without a response', Array<FailureKind>(150).fill('unavailable')],
		['being stopped', Array<FailureKind>(500).fill('stopped')],
	])('goes on after %s', (_name, kinds) => {
		expect(after(kinds).reasonFor(SYNC)).toBeUndefined();
	});

	it('goes on after calls that are not essential', () => {
		expect(after(Array<FailureKind>(50).fill('forbidden'), false).reasonFor(SYNC)).toBeUndefined();
	});

	it('keeps the first reason', () => {
		const breaker = after(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden']);
		const reason = breaker.reasonFor(SYNC);
		breaker.recordFailure(SYNC, failure('accountBlocked'), true, MINUTE);
		expect(breaker.reasonFor(SYNC)).toBe(reason);
	});
});

describe('an endpoint whose calls all fail', () => {
	it.each<FailureKind>([
		'unavailable',
		'unreachable',
		'rateLimited',
		'noData',
		'accountBlocked',
		'forbidden',
	])(
		'is no longer called after five calls in three minutes without a success, while others are: %s',
		(kind) => {
			const breaker = new CircuitBreaker();
			breaker.recordSuccess(READ);
			for (const minute of [10, 10, 11, 13])
				breaker.recordFailure(SYNC, failure(kind), true, minute * MINUTE);
			breaker.recordSuccess(READ);
			expect(breaker.reasonFor(SYNC)).toBeUndefined();
			breaker.recordFailure(SYNC, failure(kind), true, 13 * MINUTE + 1);
			expect(breaker.reasonFor(SYNC)?.kind).toBe(kind);
			expect(breaker.reasonFor(READ)).toBeUndefined();
		},
	);

	it('is called on after few calls in vain, however far apart: one item alone makes four', () => {
		const breaker = new CircuitBreaker();
		for (const minute of [0, 3, 6, 9])
			breaker.recordFailure(SYNC, failure('unavailable'), true, minute * MINUTE);
		expect(breaker.reasonFor(SYNC)).toBeUndefined();
		breaker.recordSuccess(SYNC);
		for (const minute of [20, 30]) breaker.recordFailure(SYNC, failure('unavailable'), true, minute * MINUTE);
		expect(breaker.reasonFor(SYNC)).toBeUndefined();
	});

	it('is called again and again where one of its calls succeeds, or one is rejected', () => {
		for (const kind of ['success', 'rejected'] as const) {
			const breaker = new CircuitBreaker();
			breaker.recordFailure(SYNC, failure('unavailable'), true, 0);
			if (kind === 'success') breaker.recordSuccess(SYNC);
			else breaker.recordFailure(SYNC, failure(kind), true, MINUTE);
			for (const minute of [4, 4, 5, 5, 6]) {
				breaker.recordFailure(SYNC, failure('unavailable'), true, minute * MINUTE);
			}
			expect(breaker.reasonFor(SYNC)).toBeUndefined();
		}
	});
});

describe('a permission that is missing', () => {
	it('is remembered until the endpoint works', () => {
		const breaker = new CircuitBreaker();
		breaker.recordSuccess(SYNC);
		breaker.recordFailure(READ, failure('unavailable'), false, 0);
		expect(breaker.lacksPermission(READ)).toBe(false);
		breaker.recordFailure(READ, failure('forbidden'), false, 0);
		expect([breaker.lacksPermission(READ), breaker.lacksPermission(SYNC)]).toEqual([true, false]);
		breaker.recordSuccess(READ);
		expect(breaker.lacksPermission(READ)).toBe(false);
	});
});
