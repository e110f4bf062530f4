import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** eslint-plugin-n8n-nodes-base still exports its configs in the old format: only their rules carry over. */
const nodesBase = (name) => ({
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: n8nNodesBase.configs[name].rules,
});

const NODE = './nodes/ActiveCampaignSync';

/** The rooms of the node, from the lowest: each imports only from itself and from those before it. */
const LAYERS = [
	'shared',
	'fields',
	'input',
	'account',
	'steps',
	'run',
	'operations',
	'methods',
	'descriptions',
];

/** Each operation's own folder: none imports from another, but for the dry run of a bulk import. */
const OPERATIONS = readdirSync(join(import.meta.dirname, NODE, 'operations'), { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);
const PREVIEWS_LIKE = { syncContactsInBulk: ['operations/syncContact'] };

/** What each room may import beside itself. The node's class may import all, so it is not among them. */
const ROOMS = Object.fromEntries([
	...LAYERS.map((room, index) => [room, LAYERS.slice(0, index)]),
	...OPERATIONS.map((name) => [
		`operations/${name}`,
		[...LAYERS.slice(0, LAYERS.indexOf('operations')), ...(PREVIEWS_LIKE[name] ?? [])],
	]),
]);

const zones = [
	...Object.entries(ROOMS).map(([room, below]) => ({
		target: `${NODE}/${room}`,
		from: ['./nodes', './credentials'],
		except: [room, ...below].map((name) => `ActiveCampaignSync/${name}`),
		message: `${room}/ may import only from ${[room, ...below].map((name) => `${name}/`).join(', ')}.`,
	})),
	{
		target: './credentials',
		from: './nodes',
		except: ['ActiveCampaignSync/account'],
		message: 'A credential may import only from account/.',
	},
];

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
		// Imports go one way, from room to room and from file to file.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		plugins: { 'import-x': importX },
		settings: {
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts'] })],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		rules: {
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
			// A path that cannot be followed would escape the other two.
			'import-x/no-unresolved': 'error',
		},
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
	{ files: ['credentials/**/*.ts'], extends: [nodesBase('credentials')] },
	{
		files: ['package.json'],
		extends: [nodesBase('community'), n8nCommunityNodesPlugin.configs.recommended],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
);
