/**
 * Does work on many things at once, in the order of the list: the next begins as soon as fewer than `most` are under
 * way and `goesOn` still holds. How fast requests really start is for the account's throttle to say.
 * @throws what `act` throws; nothing more is begun then, and what was begun has ended
 */
export async function mapWithConcurrency<Item>(
	items: readonly Item[],
	most: number,
	goesOn: () => boolean,
	act: (item: Item, order: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	let isBroken = false;
	const worker = async () => {
		while (next < items.length && !isBroken && goesOn()) {
			const order = next++;
			const item = items[order];
			if (item === undefined) continue;
			await act(item, order).catch((thrown: unknown) => {
				isBroken = true;
				throw thrown;
			});
		}
	};
	const workers = Array.from({ length: Math.min(most, items.length) }, worker);
	const ended = await Promise.allSettled(workers);
	const broken = ended.find((one) => one.status === 'rejected');
	if (broken) throw broken.reason;
}
