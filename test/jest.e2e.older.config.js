const e2e = require('./jest.e2e.config.js');

process.env.N8N_VERSION = 'older';

/**
 * The end-to-end tests on the older line of n8n: `npm run test:e2e:older`. Without those that use its editor, and
 * without the agent: there, a tool that refuses ends the agent's work instead of being told to the model.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...e2e,
	testPathIgnorePatterns: [...e2e.testPathIgnorePatterns, '<rootDir>/test/e2e/(editor|looks|agent)'],
};
