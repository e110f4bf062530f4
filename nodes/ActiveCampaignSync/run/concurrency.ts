import { sleep } from 'n8n-workflow';

/**
 * Work goes on for this long before n8n gets its turn (milliseconds): short enough that the editor, webhooks and other
 * executions stay responsive, long enough that the turns, about 1 ms each, cost little.
 */
const SLICE_MS = 25;

/** The slice that all executions in this process share: however many work at once, n8n waits for one slice only. */
let sliceEndsAt = 0;
let turnOfOthers: Promise<void> | undefined;

/** To be awaited between two small pieces of work: returns at once, or gives n8n its turn when the slice is over. */
async function yieldToEventLoop(): Promise<void> {
	if (performance.now() < sliceEndsAt) return;
	turnOfOthers ??= sleep(0).then(() => {
		turnOfOthers = undefined;
		sliceEndsAt = performance.now() + SLICE_MS;
	});
	await turnOfOthers;
}

/** Does small work for each of many items, in order and in slices of time. @throws what `fn` throws */
export async function forEachInSlices<Item>(items: Iterable<Item>, fn: (item: Item) => void): Promise<void> {
	for (const item of items) {
		await yieldToEventLoop();
		fn(item);
	}
}

interface Concurrency {
	/** How many may be under way at once. How fast requests start is for the account's throttle to say. */
	readonly concurrency: number;
	/** Asked before each: nothing more is begun once it says no. */
	readonly shouldContinue?: () => boolean;
}

/**
 * Does work on many things at once, begun in the order of the list.
 * @throws what `fn` throws; nothing more is begun then, and what was begun has ended
 */
export async function forEachConcurrently<Item>(
	items: readonly Item[],
	{ concurrency, shouldContinue = () => true }: Concurrency,
	fn: (item: Item) => Promise<void>,
): Promise<void> {
	const left = items.values();
	let isBroken = false;
	const worker = async () => {
		for (const item of left) {
			if (isBroken || !shouldContinue()) return;
			// Work that never waits for the account, as in a dry run, would leave n8n no turn.
			await yieldToEventLoop();
			await fn(item).catch((thrown: unknown) => {
				isBroken = true;
				throw thrown;
			});
		}
	};
	const workers = Array.from({ length: Math.min(concurrency, items.length) }, worker);
	const ended = await Promise.allSettled(workers);
	const broken = ended.find((one) => one.status === 'rejected');
	if (broken) throw broken.reason;
}
