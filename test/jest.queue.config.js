const e2e = require('./jest.e2e.config.js');

/**
 * n8n's queue mode with PostgreSQL, Redis and workers: `npm run test:queue`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...e2e,
	// It starts an n8n of its own kind.
	globalSetup: undefined,
	globalTeardown: undefined,
	testMatch: ['<rootDir>/test/e2e/queue*.test.ts', '<rootDir>/test/e2e/queue/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
};
