import { startSandbox } from '../../sandbox';
import { Clock } from '../../sandbox/clock';
import { call, sync } from './call';

describe('the clock', () => {
	it('runs the timers that a skip makes due at once and in order, and the others later', () => {
		const clock = new Clock();
		const ran: string[] = [];
		clock.after(2_000, () => ran.push('second'));
		clock.after(1_000, () => ran.push('first'));
		clock.after(60_000, () => ran.push('third'));
		const cancel = clock.after(1_500, () => ran.push('called off'));
		cancel();
		clock.skip(999);
		expect(ran).toEqual([]);
		clock.skip(30_000);
		expect(ran).toEqual(['first', 'second']);
		clock.skip(30_000);
		expect(ran).toEqual(['first', 'second', 'third']);
	});

	it('rejects a wait when its signal ends it, and when it has ended before', async () => {
		const clock = new Clock();
		const leaving = new AbortController();
		const waits = [clock.wait(60_000, leaving.signal), clock.wait(1_000, leaving.signal)];
		clock.skip(1_000);
		await waits[1];
		leaving.abort();
		await expect(waits[0]).rejects.toThrow();
		await expect(clock.wait(0, leaving.signal)).rejects.toThrow();
	});

	it('follows the virtual clock of a test', async () => {
		jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
		const sandbox = await startSandbox();
		try {
			sandbox.failNext({ path: '/contact/sync' }, { delayMs: 22_000 });
			sandbox.startSpell({ match: { path: '/users/me' }, fault: 'forbidden', forMs: 22_000 });
			const slow = sync(sandbox, { email: 'ada@example.com' });
			while (sandbox.journal.filter({ path: '/contact/sync' })[0]?.fault === undefined)
				expect((await call(sandbox, 'GET', '/users/me')).status).toBe(403);
			jest.advanceTimersByTime(22_000);
			expect((await slow).status).toBe(201);
			expect((await call(sandbox, 'GET', '/users/me')).status).toBe(200);
		} finally {
			jest.useRealTimers();
			await sandbox.stop();
		}
	});
});
