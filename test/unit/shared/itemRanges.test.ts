import { itemRanges } from '../../../nodes/ActiveCampaignSync/shared/text';

test.each<[number[], string]>([
	[[], ''],
	[[0], '1'],
	[[4, 0, 1], '1-2, 5'],
	[[8, 9, 10, 12], '9-11, 13'],
])('the item indexes %j are shown as %j, counted from 1', (itemIndexes, shown) => {
	expect(itemRanges(itemIndexes)).toBe(shown);
});
