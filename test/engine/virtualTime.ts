/**
 * Waits take no time: the clock that the node and the stand-in account look at goes forward to the next thing that is due,
 * as soon as no request is under way, or the one that is has been silent for a moment. Waits side by side pass together.
 */

/** How long a request may be silent before the clock goes on, in real time (milliseconds). */
const MAX_SILENCE_MS = 10;
/** How far the clock goes then at most, so that the response, due earlier than its time-out, comes before it. */
const MAX_STEP_MS = 500;

interface Timer {
	readonly dueAt: number;
	readonly fire: () => void;
}

const realNow = performance.now.bind(performance);
const timers = new Set<Timer>();
let skippedMs = 0;
let isRunning = false;
let afterSkip: () => void = () => undefined;

const now = () => realNow() + skippedMs;

/** n8n-workflow for `jest.mock`, with a `sleep` by the virtual clock. */
export function workflowInVirtualTime(): object {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	const sleep = async (ms: number) => await new Promise<void>((resolve) => addTimer(ms, resolve));
	return { ...actual, sleep };
}

/**
 * Has all tests of a file run in virtual time: `performance.now()`, `AbortSignal.timeout()`, and `sleep` where
 * `workflowInVirtualTime` is the mock of n8n-workflow.
 * @param skipped called when the clock went forward, e.g. so that the stand-in account does what is due
 */
export function useVirtualTime(skipped: () => void): void {
	beforeAll(() => {
		afterSkip = skipped;
		jest.spyOn(performance, 'now').mockImplementation(now);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			addTimer(ms, () => controller.abort());
			return controller.signal;
		});
	});
	afterEach(() => timers.clear());
	afterAll(() => jest.restoreAllMocks());
}

/** The virtual time in milliseconds. */
export function virtualNow(): number {
	return now();
}

function addTimer(ms: number, fire: () => void): void {
	timers.add({ dueAt: now() + ms, fire });
	if (!isRunning) void run();
}

async function run(): Promise<void> {
	isRunning = true;
	while (timers.size > 0) {
		const isQuiet = await waitUntilQuiet();
		const waitMs = Math.min(...[...timers].map((timer) => timer.dueAt)) - now();
		if (waitMs > 0) {
			skippedMs += isQuiet ? waitMs : Math.min(waitMs, MAX_STEP_MS);
			afterSkip();
		}
		for (const timer of timers) {
			if (timer.dueAt > now()) continue;
			timers.delete(timer);
			timer.fire();
		}
	}
	isRunning = false;
}

/** Waits for a moment until this process has no connection open. @returns whether that is so */
async function waitUntilQuiet(): Promise<boolean> {
	const since = realNow();
	let idleTurns = 0;
	while (idleTurns < 3 && realNow() - since < MAX_SILENCE_MS) {
		await new Promise((resolve) => setImmediate(resolve));
		const isBusy = process
			.getActiveResourcesInfo()
			.some((name) => /TCPSocket|TCPConnect|GetAddrInfo/.test(name));
		idleTurns = isBusy ? 0 : idleTurns + 1;
	}
	return idleTurns >= 3;
}
