import type { Account } from '../../../nodes/ActiveCampaignSync/account/account';
import { AccountFailure, stopped } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { generalLimit } from '../../../nodes/ActiveCampaignSync/account/pace';
import {
	pause,
	pauseUnless,
	Throttle,
	type GetAbortReason,
	type Turn,
} from '../../../nodes/ActiveCampaignSync/account/throttle';
import { openAccount } from './fakeAccount';

const limit = generalLimit(5);
const goesOn: GetAbortReason = () => undefined;
const oneRun = { name: 'one' };
let account: Account;

beforeAll(async () => {
	({ account } = await openAccount(() => ({})));
});

/** Notes what becomes of a promise. */
function watch<Value>(promise: Promise<Value>): { value?: Value; thrown?: unknown } {
	const seen: { value?: Value; thrown?: unknown } = {};
	promise.then(
		(value) => (seen.value = value),
		(thrown: unknown) => (seen.thrown = thrown),
	);
	return seen;
}

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

describe('the throttle', () => {
	/** Asks for turns and notes who got one, in order. */
	function queue(throttle: Throttle) {
		const begun: string[] = [];
		const ask = (
			name: string,
			{
				run = oneRun,
				scope = account.scope(),
				notAfter,
				getAbortReason = goesOn,
			}: Partial<Turn & { getAbortReason: GetAbortReason }> = {},
		) =>
			watch(
				throttle.acquire(limit, { run, scope, notAfter }, getAbortReason).then((at) => {
					begun.push(name);
					return at;
				}),
			);
		return { begun, ask };
	}

	it('starts five at once, a turn of the event loop each, and the others in the order in which they asked', async () => {
		const { begun, ask } = queue(new Throttle());
		for (const name of 'abcdefg') ask(name);
		await pass(10);
		expect(begun.join('')).toBe('abcde');
		await pass(1_130);
		expect(begun.join('')).toBe('abcde');
		await pass(100);
		expect(begun.join('')).toBe('abcdefg');
	});

	it('serves what must be sent soon first, then begun work of any run, then runs in turns, background work last', async () => {
		const { begun, ask } = queue(new Throttle());
		const [one, other] = [{ name: 'one' }, { name: 'other' }];
		const begunWork = account.scope();
		begunWork.hasBegun = true;
		for (const name of 'abcde') ask(name);
		await pass(10);
		ask('p', { run: one, scope: account.scope([], 'background') });
		for (const name of 'ABC') ask(name, { run: one });
		for (const name of 'xyz') ask(name, { run: other });
		ask('1', { run: one, scope: begunWork });
		ask('2', { run: other, scope: account.scope([], 'lookup') });
		ask('!', { run: other, notAfter: performance.now() + 10_000 });
		await pass(3_000);
		expect(begun.join('')).toBe('abcde!12AxByCzp');
	});

	it('gives a run that comes back from a pause no more turns than the others', async () => {
		const { begun, ask } = queue(new Throttle());
		const [one, other] = [{ name: 'one' }, { name: 'other' }];
		ask('x', { run: other });
		for (const name of 'ABCDEFGH') ask(name, { run: one });
		await pass(10);
		expect(begun.join('')).toBe('xABCD');
		for (const name of 'uvw') ask(name, { run: other });
		await pass(1_300);
		expect(begun.join('').slice(5)).toBe('EuFvG');
	});

	it('lets background work take turns with items once it has waited for ten seconds', async () => {
		const { begun, ask } = queue(new Throttle());
		const run = { name: 'busy' };
		for (let index = 0; index < 100; index += 1) ask('x', { run });
		ask('p', { scope: account.scope([], 'background') });
		await pass(9_500);
		expect(begun).not.toContain('p');
		await pass(2_000);
		expect(begun).toContain('p');
		expect(begun.length).toBeLessThan(70);
	});

	it('serves the rest of an item before new work, as soon as its first request has been sent', async () => {
		const { begun, ask } = queue(new Throttle());
		const scope = account.scope();
		for (const name of 'abcdefgh') ask(name);
		ask('i', { scope });
		await pass(10);
		scope.hasBegun = true;
		await pass(1_300);
		expect(begun.join('')).toBe('abcdeifgh');
	});

	it('reports when each request starts, by the clock that waits are measured with', async () => {
		const { ask } = queue(new Throttle());
		const seen = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ask(name));
		const now = performance.now();
		await pass(2_000);
		expect(seen[0]?.value).toBe(now);
		expect((seen[5]?.value ?? 0) - now).toBeGreaterThanOrEqual(1_150);
		expect((seen[5]?.value ?? 0) - now).toBeLessThan(1_185);
	});

	it('holds those who wait already, and those who come, when the account asks to wait', async () => {
		const throttle = new Throttle();
		const { begun, ask } = queue(throttle);
		for (const name of 'abcdef') ask(name);
		await pass(100);
		throttle.noteRateLimited(0, 5_000);
		ask('g');
		await pass(4_900);
		expect(begun.join('')).toBe('abcde');
		await pass(1_000);
		expect(begun.join('')).toBe('abcdefg');
	});

	it('removes waiters that are aborted, and continues with the others', async () => {
		const throttle = new Throttle();
		const { begun, ask } = queue(throttle);
		const reason = stopped();
		let isOver = false;
		for (const name of 'abcde') ask(name);
		const first = ask('f', { getAbortReason: () => (isOver ? reason : undefined) });
		const second = ask('g');
		const third = ask('h', { getAbortReason: () => (isOver ? reason : undefined) });
		await pass(100);
		isOver = true;
		await pass(200);
		expect([first.thrown, third.thrown]).toEqual([reason, reason]);
		await pass(1_000);
		expect(begun.join('')).toBe('abcdeg');
		expect(second.value).toBeDefined();
	});

	it('spends no turn on waiters that were aborted', async () => {
		const { begun, ask } = queue(new Throttle());
		for (let index = 0; index < 50; index += 1) ask('x', { getAbortReason: () => stopped() });
		for (const name of 'abcde') ask(name);
		await pass(10);
		expect(begun.join('')).toBe('abcde');
	});

	it('an abort ends only the wait that it belongs to', async () => {
		const { begun, ask } = queue(new Throttle());
		const gone = ask('a', { getAbortReason: () => stopped() });
		await pass(10);
		expect(gone.thrown).toBeInstanceOf(AccountFailure);
		ask('b');
		await pass(10);
		expect(begun.join('')).toBe('b');
	});

	it('counts a request as sent late when this process was busy after its start', async () => {
		const throttle = new Throttle();
		const { begun, ask } = queue(throttle);
		for (const name of 'abcde') ask(name);
		await pass(1_300);
		ask('f');
		await pass(0);
		const startedAt = performance.now();
		// The clock goes on while nothing else does.
		const clock = performance.now();
		const busy = jest.spyOn(performance, 'now').mockImplementation(() => clock + 400);
		await pass(1);
		busy.mockRestore();
		for (const name of 'ghijk') ask(name);
		await pass(startedAt + 1_300 - performance.now());
		expect(begun.join('')).toBe('abcdefghij');
		await pass(200);
		expect(begun.join('')).toBe('abcdefghijk');
	});

	it('waits without a listener or timer for each who waits', async () => {
		const throttle = new Throttle();
		const { signal } = new AbortController();
		const scope = account.scope();
		const listen = jest.spyOn(signal, 'addEventListener');
		for (let index = 0; index < 2_000; index += 1) {
			watch(throttle.acquire(limit, { run: oneRun, scope }, () => (signal.aborted ? stopped() : undefined)));
		}
		await pass(50);
		expect(jest.getTimerCount()).toBe(1);
		expect(listen).not.toHaveBeenCalled();
	});

	it('has no timer when no request waits', async () => {
		const { ask } = queue(new Throttle());
		ask('a');
		ask('b');
		await pass(50);
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('a pause', () => {
	it('lasts as long as it is said to', async () => {
		const seen = [
			watch(pause(1_000, undefined).then(() => 'done')),
			watch(pause(0, undefined).then(() => 'done')),
		];
		await pass(999);
		expect(seen).toEqual([{}, { value: 'done' }]);
		await pass(1);
		expect(seen).toEqual([{ value: 'done' }, { value: 'done' }]);
	});

	it('ends soon after the execution is stopped', async () => {
		const controller = new AbortController();
		const seen = watch(pause(60_000, controller.signal));
		const other = watch(pause(60_000, new AbortController().signal));
		await pass(10_000);
		controller.abort();
		await pass(200);
		expect(seen.thrown).toMatchObject({ kind: 'stopped' });
		expect(other).toEqual({});
	});

	it('does not begin when the execution is already stopped', async () => {
		const seen = [0, 5_000].map((ms) => watch(pause(ms, AbortSignal.abort())));
		await pass(0);
		for (const { thrown } of seen) expect(thrown).toMatchObject({ kind: 'stopped' });
	});

	it('ends whatever the abort reason is', async () => {
		const reason = new AccountFailure('forbidden', 'No', 'Check');
		let isOver = false;
		const seen = watch(pauseUnless(() => (isOver ? reason : undefined), 60_000));
		await pass(1_000);
		isOver = true;
		await pass(200);
		expect(seen.thrown).toBe(reason);
	});
});
