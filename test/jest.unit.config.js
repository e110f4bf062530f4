const base = require('./jest.base.js');

/**
 * The unit tests alone: what mutation testing runs again and again.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...base, testMatch: ['<rootDir>/test/unit/**/*.test.ts'] };
