const base = require('./jest.base.js');

/**
 * A real n8n and a real browser: `npm run test:e2e`. One n8n at a time, and time to start it.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	setupFilesAfterEnv: ['<rootDir>/test/oneRetry.ts'],
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/queue'],
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/teardown.ts',
	maxWorkers: 1,
	testTimeout: 120_000,
};
