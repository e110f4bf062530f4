import { normalizeName } from '../../../nodes/ActiveCampaignSync/shared/text';

describe('a caseless key', () => {
	it.each([
		[' Lead ', 'LEAD'],
		['\u00e9t\u00e9', 'E\u0301te\u0301'],
	])('is the same for %j and %j', (one, other) => {
		expect(normalizeName(one)).toBe(normalizeName(other));
	});

	it.each([
		['Lead', 'Le ad'],
		['ete', 'été'],
	])('differs for %j and %j', (one, other) => {
		expect(normalizeName(one)).not.toBe(normalizeName(other));
	});
});
