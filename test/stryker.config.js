const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const room = (process.env.MUTATED_ROOM ??= 'fields');
const folder = join('nodes', 'ActiveCampaignSync', room);

/**
 * The pure files of a room. Files that wait or call, and so have something asynchronous, are not among them: most of
 * their tests are engine tests, which would load n8n for each deliberate bug.
 */
const pureFiles = readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts') && !name.endsWith('.operation.ts'))
	.map((name) => join(folder, name))
	.filter((path) => !/\b(async|await|Promise)\b/.test(readFileSync(join(__dirname, '..', path), 'utf8')));

/**
 * Mutation testing: `npm run test:mutation` for all rooms, `MUTATED_ROOM=fields npx stryker run test/stryker.config.js` for one.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
	mutate: pureFiles,
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
