/** Items counted from 1, in short, e.g. "1-2, 5" for the indexes 4, 0 and 1; '' for none. */
export function itemRanges(itemIndexes: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const itemIndex of [...itemIndexes].sort((one, other) => one - other)) {
		const last = ranges.at(-1);
		if (last && last[1] === itemIndex) last[1] = itemIndex + 1;
		else ranges.push([itemIndex + 1, itemIndex + 1]);
	}
	return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
