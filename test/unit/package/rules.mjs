import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig } from 'eslint/config';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** One of eslint-plugin-n8n-nodes-base's sets of rules for the files it is made for. */
const baseRules = (set, files, off = []) => ({
	files,
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: {
		...n8nNodesBase.configs[set].rules,
		...Object.fromEntries(off.map((rule) => [`n8n-nodes-base/${rule}`, 'off'])),
	},
});

/**
 * The rules by which @n8n/scan-community-package 0.32.0 judges a published package, its sources and what is in its
 * tarball alike: no comment in the code turns any of them off there.
 */
export default defineConfig(
	n8nCommunityNodesPlugin.configs.recommended,
	{ rules: { 'no-console': 'error' } },
	{ files: ['**/*.{ts,json}'], languageOptions: { parser: tseslint.parser } },
	baseRules('community', ['package.json']),
	baseRules(
		'credentials',
		['**/credentials/**/*.ts'],
		['cred-class-field-documentation-url-miscased', 'cred-class-field-type-options-password-missing'],
	),
	baseRules(
		'nodes',
		['**/nodes/**/*.ts'],
		[
			'node-class-description-inputs-wrong-regular-node',
			'node-class-description-outputs-wrong',
			'node-param-type-options-max-value-present',
		],
	),
);
