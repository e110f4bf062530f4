const base = require('./jest.base.js');

/**
 * What mutation testing runs again and again: the unit tests of one area, without properties and simulations, whose
 * thousands of cases would make one hour many. So its score is the least that `npm test` notices.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	testMatch: [`<rootDir>/test/unit/${process.env.AREA ?? '*'}/**/*.test.ts`],
	testPathIgnorePatterns: ['/node_modules/', '\\.property\\.test', '\\.simulated\\.test'],
};
