/** Adds an item to the list of its key. */
export function pushTo<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
	const items = map.get(key);
	if (items) items.push(item);
	else map.set(key, [item]);
}

/** The items by key, in their order. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) pushTo(groups, keyOf(item), item);
	return groups;
}
