import { foldedName, similarNames } from '../../../nodes/ActiveCampaignSync/fields/suggestions';

describe('suggested names', () => {
	it.each<[string, string[], string[]]>([
		['My shoe-size', ['Company', 'Shoe size'], ['Shoe size']],
		['comp', ['Company', 'company', 'City'], ['Company', 'company']],
		['bil', ['Mobile', 'Mobile', 'Mobility'], ['Mobile', 'Mobility']],
		['Size', ['Size 1', 'Size 2', 'Size 3', 'Size 4'], ['Size 1', 'Size 2', 'Size 3']],
		['co', ['Company'], []],
		['Company', ['Co', ''], []],
		['--', ['Company'], []],
	])('for %j among %j are %j', (wanted, names, similar) => {
		expect(similarNames(wanted, names.map(foldedName))).toEqual(similar);
	});
});
