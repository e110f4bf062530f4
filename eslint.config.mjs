import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** eslint-plugin-n8n-nodes-base still exports its configs in the old format: only their rules carry over. */
const nodesBase = (name) => ({
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: n8nNodesBase.configs[name].rules,
});

export default defineConfig(
	globalIgnores(['dist/', 'coverage/', 'reports/', '.stryker-tmp/']),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'test/**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['nodes/**/*.ts'],
		extends: [nodesBase('nodes')],
		rules: {
			// They ask for ['main'], where the newer plugin asks for NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['nodes/**/descriptions/options.ts'],
		// It reads literals only, and the options' defaults come from the table that the operations use too.
		rules: { 'n8n-nodes-base/node-param-default-wrong-for-boolean': 'off' },
	},
	{ files: ['credentials/**/*.ts'], extends: [nodesBase('credentials')] },
	{
		files: ['package.json'],
		extends: [nodesBase('community'), n8nCommunityNodesPlugin.configs.recommended],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
);
