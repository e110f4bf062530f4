const room = (process.env.MUTATED_ROOM ??= 'contact');

/** The pure code, by its room: all others load n8n for each deliberate bug. */
const PURE = {
	transport: [
		'nodes/ActiveCampaignSync/transport/{accountUrl,authenticate,circuitBreaker,network,pace,paging}.ts',
		'nodes/ActiveCampaignSync/transport/{rateLimit,redact,response,retry,retryState}.ts',
	],
	contact: ['nodes/ActiveCampaignSync/contact/**/*.ts'],
	operations: ['nodes/ActiveCampaignSync/operations/shared/plainExpression.ts'],
};

/**
 * Mutation testing: `npm run test:mutation` for all rooms, `MUTATED_ROOM=contact npx stryker run test/stryker.config.js` for one.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
	mutate: PURE[room],
	testRunner: 'jest',
	jest: { configFile: 'test/jest.config.js' },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	// Before Node 24 each run of jest in a process makes the next one slower.
	maxTestRunnerReuse: 40,
	reporters: ['clear-text', 'progress', 'html'],
	htmlReporter: { fileName: `reports/mutation.${room}.html` },
	ignorePatterns: ['dist', 'coverage', 'reports', 'examples'],
	tempDirName: '.stryker-tmp',
};
