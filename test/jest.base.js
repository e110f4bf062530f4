/**
 * What all jest runs share. Sources are only transpiled here: `npm run typecheck` checks the types of everything.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '..',
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json', diagnostics: false }] },
	// Written with .js, so that tsx does not take the codex, ActiveCampaignSync.node.json, for the module. Relative paths
	// only: the built node, which the package's test loads by its whole path, is JavaScript.
	moduleNameMapper: { '^(\\.{1,2}/.+\\.node)\\.js$': '$1.ts' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
	clearMocks: true,
};
