import { AccountFailure, type FailureKind } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { CircuitBreaker } from '../../../nodes/ActiveCampaignSync/transport/circuitBreaker';

const MINUTE = 60_000;

const failure = (kind: FailureKind) =>
	new AccountFailure(kind, `It was ${kind}`, 'Do this', {
		httpCode: '403',
		outcomeUnknown: true,
		retryAfterMs: 1_000,
	});

function after(kinds: Array<FailureKind | 'success' | 'otherSuccess'>): CircuitBreaker {
	const outage = new CircuitBreaker();
	kinds.forEach((kind, index) => {
		if (kind === 'success' || kind === 'otherSuccess') outage.succeeded(kind === 'success');
		else outage.failed(failure(kind), index * 1_000);
	});
	return outage;
}

describe('a run whose calls do not get through', () => {
	it.each<FailureKind>(['forbidden', 'wrongAccount', 'accountBlocked'])(
		'ends after five in a row: %s',
		(kind) => {
			expect(after([kind, kind, kind, kind]).reason).toBeUndefined();
			const { reason } = after([kind, kind, kind, kind, kind]);
			expect(reason?.kind).toBe(kind);
			expect(reason?.message).toBe(
				`Not tried any more, since the items before it ended like this: It was ${kind}`,
			);
			expect(reason?.description).toBe('Do this');
		},
	);

	it('ends though one of them was stopped in between', () => {
		const kinds: FailureKind[] = ['forbidden', 'forbidden', 'forbidden', 'forbidden', 'stopped', 'forbidden'];
		expect(after(kinds).reason?.kind).toBe('forbidden');
	});

	it('says of what was never sent neither that it may be done nor what wait was asked for', () => {
		const { reason } = after(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden']);
		expect(reason?.details).toEqual({ httpCode: '403' });
	});

	it.each<[string, Array<FailureKind | 'success' | 'otherSuccess'>]>([
		[
			'a call that got through in between',
			['forbidden', 'forbidden', 'forbidden', 'forbidden', 'success', 'forbidden'],
		],
		[
			'a contact that was refused',
			['forbidden', 'forbidden', 'forbidden', 'forbidden', 'rejected', 'forbidden'],
		],
		['many contacts that are refused', Array<FailureKind>(50).fill('rejected')],
		['many odd answers', Array<FailureKind>(50).fill('noData')],
		['a host that cannot be found any more', ['success', ...Array<FailureKind>(50).fill('wrongAccount')]],
		['a few minutes without an answer', Array<FailureKind>(100).fill('unavailable')],
		['being stopped', Array<FailureKind>(50).fill('stopped')],
	])('goes on after %s', (_name, kinds) => {
		expect(after(kinds).reason).toBeUndefined();
	});

	it('ends though lookups, which are not its items, get through', () => {
		const kinds: Array<FailureKind | 'otherSuccess'> = [];
		for (let times = 0; times < 5; times += 1) kinds.push('forbidden', 'otherSuccess');
		expect(after(kinds).reason?.kind).toBe('forbidden');
	});

	it.each<FailureKind>(['unavailable', 'unreachable', 'rateLimited'])(
		'ends after three minutes in which every call was given up: %s',
		(kind) => {
			const outage = new CircuitBreaker();
			outage.failed(failure(kind), 10 * MINUTE);
			outage.failed(failure(kind), 13 * MINUTE);
			expect(outage.reason).toBeUndefined();
			outage.failed(failure(kind), 13 * MINUTE + 1);
			expect(outage.reason?.kind).toBe(kind);
		},
	);

	it('goes on if any call gets through meanwhile', () => {
		const outage = new CircuitBreaker();
		outage.failed(failure('unavailable'), 0);
		outage.succeeded(false);
		outage.failed(failure('unavailable'), 4 * MINUTE);
		outage.failed(failure('unavailable'), 6 * MINUTE);
		expect(outage.reason).toBeUndefined();
	});

	it('keeps the first reason', () => {
		const outage = after(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden']);
		const { reason } = outage;
		outage.failed(failure('accountBlocked'), 60_000);
		expect(outage.reason).toBe(reason);
	});
});
