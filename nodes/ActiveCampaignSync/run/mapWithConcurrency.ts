import { yieldToEventLoop } from './timeSlices';

export interface Concurrency {
	/** How many may be under way at once. How fast requests start is for the account's throttle to say. */
	readonly concurrency: number;
	/** Asked before each: nothing more is begun once it says no. */
	readonly shouldContinue?: () => boolean;
}

/**
 * Does work on many things at once, begun in the order of the list.
 * @throws what `fn` throws; nothing more is begun then, and what was begun has ended
 */
export async function mapWithConcurrency<Item>(
	items: readonly Item[],
	{ concurrency, shouldContinue = () => true }: Concurrency,
	fn: (item: Item, order: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	let isBroken = false;
	const worker = async () => {
		while (next < items.length && !isBroken && shouldContinue()) {
			const order = next++;
			const item = items[order];
			if (item === undefined) continue;
			// Work that never waits for the account, as in a dry run, would leave n8n no turn.
			await yieldToEventLoop();
			await fn(item, order).catch((thrown: unknown) => {
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
