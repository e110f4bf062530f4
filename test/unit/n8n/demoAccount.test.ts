import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { asArray, asObject, asText, at } from '../../guards';
import { demoAccount } from '../../n8n/demoWorkflow';

const folder = join(__dirname, '..', '..', '..', 'examples');
const examples = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** The records that an example's nodes name, by the kind of what picks them. */
function namesIn(example: string, ...path: string[]): string[] {
	const workflow: unknown = JSON.parse(readFileSync(join(folder, example), 'utf8'));
	const [list = '', picker = ''] = path;
	return asArray(at(workflow, 'nodes')).flatMap((node) => {
		const parameters = asObject(at(node, 'parameters'));
		const rows = list === '' ? [parameters] : asArray(at(parameters, list, 'values'));
		return rows
			.map((row) => asObject(at(row, picker)))
			.filter(({ mode }) => mode === 'name')
			.map(({ value }) => asText(value));
	});
}

describe.each(examples)("the demo's account has what %s names", (example) => {
	it.each([
		['custom fields', ['', 'matchField'], demoAccount.fields.map(({ title }) => title)],
		['custom fields with values', ['customFields', 'field'], demoAccount.fields.map(({ title }) => title)],
		['lists', ['lists', 'list'], demoAccount.lists],
		['automations', ['automations', 'automation'], demoAccount.automations],
	])('%s', (_kind, path, names) => {
		expect(namesIn(example, ...path).filter((name) => !names.includes(name))).toEqual([]);
	});
});

it('looks at names in the examples', () => {
	const found = examples.flatMap((example) => [
		...namesIn(example, '', 'matchField'),
		...namesIn(example, 'lists', 'list'),
		...namesIn(example, 'automations', 'automation'),
	]);
	expect(found).toEqual(
		expect.arrayContaining(['CRM ID', 'Waiting for Confirmation', 'Confirm Newsletter', 'Newsletter']),
	);
});
