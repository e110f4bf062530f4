/**
 * All jest runs, by project: `npm test` selects `unit` and `engine`, the scripts `test:…` the others. Sources are only
 * transpiled here: `npm run typecheck` checks the types of everything.
 */
const { dirname } = require('node:path');

const rootDir = dirname(__dirname);
const { MUTATED_ROOM, N8N_VERSION, TEST_SIZE } = process.env;

/** Left to CI: see `test/size.ts`. */
const FULL_ONLY = TEST_SIZE === 'full' ? [] : ['\\.full\\.test\\.ts$'];

/** What all projects share. @type {import('jest').Config} */
const shared = {
	rootDir,
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': '<rootDir>/test/transform.js' },
	// Written with .js, so that tsx does not take the codex, ActiveCampaignSync.node.json, for the module. Relative paths
	// only: the built node, which the package's test loads by its whole path, is JavaScript.
	moduleNameMapper: { '^(\\.{1,2}/.+\\.node)\\.js$': '$1.ts' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
	testPathIgnorePatterns: ['/node_modules/', ...FULL_ONLY],
	clearMocks: true,
};

/** Pure functions, the sandbox account, and the package. */
const unit = { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] };

/**
 * Whole workflows through n8n's own engine, on a virtual clock. Loading the engine takes a second for each test file, so
 * a file holds all tests of a topic.
 */
const engine = {
	...shared,
	displayName: 'engine',
	testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/engine/harness/setup.ts'],
};

/**
 * A real n8n and a real browser, one at a time (`-w 1`). With `N8N_VERSION=older` without those tests that use n8n's
 * editor, and without the agent: there, a tool that fails ends the agent's work instead of being reported to the model.
 */
const e2e = {
	...shared,
	displayName: 'e2e',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/queue',
		...(N8N_VERSION === 'older' ? ['<rootDir>/test/e2e/(editor|looks|agent)'] : []),
	],
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/teardown.ts',
};

/** n8n's queue mode with PostgreSQL, Redis and workers, which it starts itself. */
const queue = {
	...shared,
	displayName: 'queue',
	testMatch: ['<rootDir>/test/e2e/queue*.test.ts', '<rootDir>/test/e2e/queue/**/*.test.ts'],
};

/**
 * What mutation testing runs again and again: the unit tests of one room, without properties, simulations and
 * long texts, which would make one hour many. So its score is the least that `npm test` notices.
 */
const mutation = {
	...shared,
	testMatch: [`<rootDir>/test/unit/${MUTATED_ROOM}/**/*.test.ts`],
	testPathIgnorePatterns: [
		'/node_modules/',
		'\\.property\\.test',
		'\\.simulated\\.test',
		'/longTexts\\.test',
	],
};

/** @type {import('jest').Config} */
module.exports = MUTATED_ROOM
	? mutation
	: {
			rootDir,
			projects: [unit, engine, e2e, queue],
			// The thresholds count with `--coverage` only.
			collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
			coverageDirectory: '<rootDir>/coverage',
			coverageReporters: ['text-summary', 'lcov'],
			coverageThreshold: { global: { lines: 95, branches: 90 } },
		};
