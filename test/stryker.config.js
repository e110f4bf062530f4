const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const room = (process.env.MUTATED_ROOM ??= 'fields');
const folder = join('nodes', 'ActiveCampaignSync', room);

/** Their unit tests reach what they decide. What they write counts as "no coverage": engine tests see it. */
const DECIDES_AND_WRITES = ['automations.ts', 'company.ts', 'lists.ts', 'note.ts', 'tags.ts'].map((name) =>
	join('nodes', 'ActiveCampaignSync', 'steps', name),
);

/** Whether a file waits or calls: most of its tests are engine tests, which would load n8n for each deliberate bug. */
const isAsynchronous = (path) =>
	/\b(async|await|Promise)\b/.test(readFileSync(join(__dirname, '..', path), 'utf8'));

const files = readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts') && !name.endsWith('.operation.ts'))
	.map((name) => join(folder, name))
	.filter((path) => DECIDES_AND_WRITES.includes(path) || !isAsynchronous(path));

/**
 * Mutation testing: `npm run test:mutation` for the pure code of all rooms, `MUTATED_ROOM=fields npx stryker run test/stryker.config.js` for one.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
	mutate: files,
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
