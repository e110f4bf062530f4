const area = process.env.AREA ?? 'contact';

/** The pure code, by the folder of tests that is about it: all others load n8n for each deliberate bug. */
const PURE = {
	transport: [
		'nodes/ActiveCampaignSync/transport/{accountUrl,authenticate,circuitBreaker,network,pace,paging}.ts',
		'nodes/ActiveCampaignSync/transport/{rateLimit,redact,response,retry,retryState}.ts',
	],
	contact: ['nodes/ActiveCampaignSync/contact/**/*.ts'],
	operations: ['nodes/ActiveCampaignSync/operations/shared/plainExpression.ts'],
};

/**
 * Mutation testing: `npm run test:mutation` for all areas, `AREA=contact npx stryker run test/stryker.config.js` for one.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
	mutate: PURE[area],
	testRunner: 'jest',
	jest: { configFile: 'test/jest.unit.config.js' },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	// Before Node 24 each run of jest in a process makes the next one slower.
	maxTestRunnerReuse: 40,
	reporters: ['clear-text', 'progress', 'html'],
	htmlReporter: { fileName: `reports/mutation.${area}.html` },
	ignorePatterns: ['dist', 'coverage', 'reports', 'examples'],
	tempDirName: '.stryker-tmp',
};
