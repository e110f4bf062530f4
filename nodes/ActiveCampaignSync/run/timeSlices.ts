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
export async function yieldToEventLoop(): Promise<void> {
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
