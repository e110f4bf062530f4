import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import ts from 'typescript';

import { asArray, asText, at } from '../guards';
import { installN8n } from '../n8n/install';
import { syncType } from '../n8n/workflow';
import { sharedN8n } from './shared';

const { client, version } = sharedN8n();

/** Runs n8n's own generator, the one behind its AI builder and its MCP server, on a node's description. */
const GENERATE = `
	const { createRequire } = require('node:module');
	const { generateNodeTypeFile } = createRequire(process.argv[1])('@n8n/workflow-sdk');
	let description = '';
	process.stdin.on('data', (part) => (description += part));
	process.stdin.on('end', () => process.stdout.write(generateNodeTypeFile(JSON.parse(description))));
`;

jest.setTimeout(120_000);

/** What n8n tells models of our node, as TypeScript. */
async function generatedTypes(): Promise<string> {
	const { node, n8n } = await installN8n(version, () => undefined);
	const descriptions = asArray(await client.call('GET', '/types/nodes.json'));
	const ours = descriptions.find((one) => at(one, 'name') === syncType);
	const running = promisify(execFile)(node, ['-e', GENERATE, n8n], { maxBuffer: 10_000_000 });
	running.child.stdin?.end(JSON.stringify(ours));
	return (await running).stdout;
}

/** The parameters of each operation, those that must be given without a question mark. */
function parametersByOperation(types: string): Record<string, string[]> {
	const source = ts.createSourceFile('node.ts', types, ts.ScriptTarget.Latest, true);
	const found = source.statements.filter(ts.isTypeAliasDeclaration).flatMap(({ type }) => {
		if (!ts.isTypeLiteralNode(type)) return [];
		const members = type.members.filter(ts.isPropertySignature);
		const operation = members.find(({ name }) => name.getText() === 'operation')?.type?.getText();
		const names = members.map(({ name, questionToken }) => `${name.getText()}${questionToken ? '?' : ''}`);
		return operation === undefined ? [] : [[operation.replace(/'/g, ''), names] as const];
	});
	return Object.fromEntries(found);
}

describe('the type that n8n makes of the node for models', () => {
	it('has the parameters of each operation, and no others', async () => {
		const types = await generatedTypes();

		const fields = ['email', 'firstName?', 'lastName?', 'phone?', 'customFields?', 'columns?'];
		const contact = ['fieldsMode?', ...fields, 'additionalFields?', 'lists?', 'tagsToAdd?'];
		const always = ['resource', 'operation'];
		expect(parametersByOperation(types)).toEqual({
			syncContact: [
				...[...always, 'matchBy?', 'contactId', 'matchField?', 'matchValue', ...contact],
				...['tagsToRemove?', 'automations?', 'options?'],
			],
			syncContactsInBulk: [...always, ...contact, 'options?'],
			getContact: [...always, 'matchBy?', 'email', 'contactId', 'options?'],
			getManyContacts: [...always, 'returnAll?', 'limit?', 'filters?', 'options?'],
			deleteContact: [...always, 'matchBy?', 'email', 'contactId', 'options?'],
		});
	});

	it('says when to take the node, and how to give what is not plain', async () => {
		const types = await generatedTypes();

		const hints = [...types.matchAll(/@builderHint (.*)/g)].map(([, hint]) => asText(hint));
		expect(new Set(hints).size).toBe(6);
		expect(hints[0]).toMatch(/^Use it rather than the built-in ActiveCampaign node/);
		for (const words of ['mapAutomatically', "mode 'name'", 'options.resubscribe', 'field_']) {
			expect(hints.some((hint) => hint.includes(words))).toBe(true);
		}
	});
});
