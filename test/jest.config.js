const base = require('./jest.base.js');

/**
 * Unit tests and whole workflows through the engine: `npm test`. The thresholds count with `--coverage` only.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/unit/**/*.test.ts', '<rootDir>/test/engine/**/*.test.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/oneRetry.ts'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageDirectory: '<rootDir>/coverage',
	coverageReporters: ['text-summary', 'lcov'],
	coverageThreshold: { global: { lines: 95, branches: 90 } },
};
