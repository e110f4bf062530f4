import { stopped } from './failure';
import { Memo } from './memo';

/** How long the end of the latest work is remembered: longer than any reading is used (milliseconds). */
const REMEMBER_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** The work in flight, by key, in all executions of this process. */
const inFlight = new Map<string, Promise<unknown>>();
const latestEnds = new Memo<number>(REMEMBER_MS, MAX_REMEMBERED);

/**
 * Does work of which there must not be two at once in this process.
 * @param work is given when the work before it ended, by `performance.now()`: what was read earlier does not show it
 * @throws what `work` throws, and AccountFailure of kind `stopped` when `signal` is aborted while it waits
 */
export async function withLock<Value>(
	key: string,
	signal: AbortSignal | undefined,
	work: (previousEnd: number | undefined) => Promise<Value>,
): Promise<Value> {
	for (let other = inFlight.get(key); other; other = inFlight.get(key)) await endOf(other, signal);
	const own = work(latestEnds.peek(key));
	inFlight.set(key, own);
	try {
		return await own;
	} finally {
		latestEnds.set(key, performance.now());
		inFlight.delete(key);
	}
}

/** Waits until work has ended, however it ended. */
async function endOf(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
	if (signal?.aborted) throw stopped();
	let stop = () => {};
	const stopping = new Promise<never>((_resolve, reject) => {
		stop = () => reject(stopped());
	});
	signal?.addEventListener('abort', stop);
	try {
		await Promise.race([Promise.allSettled([work]), stopping]);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}
