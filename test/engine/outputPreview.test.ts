import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../guards';

import { useAccount } from './harness/account';
import { runBulk } from './harness/bulk';
import { automations, customFields, lists, mapAutomatically } from './harness/parameters';
import { jsonOf } from './harness/results';

const PREVIEWS = join(__dirname, '..', '..', 'nodes', 'ActiveCampaignSync', '__schema__', 'v1.0.0', 'contact');

const account = useAccount({
	fields: [
		{ title: 'Industry', type: 'dropdown', options: [{ value: 'sw', label: 'Software' }] },
		{ title: 'Interests', type: 'checkbox', options: ['a', 'b'] },
	],
	lists: ['News', 'Left'],
	automations: ['Welcome'],
});

const ann = { email: 'ann@example.com' };
const bob = { email: 'bob@example.com' };
const invalid = { email: 'no address' };
const continues = { onError: 'continueRegularOutput' as const };

/** For each operation the outputs of runs that together have every key of its preview. */
const OUTPUTS_OF: Readonly<Record<string, () => Promise<IDataObject[]>>> = {
	async syncContact() {
		for (const { email } of [ann, bob]) {
			account.state.addContact({ email, phone: '1', lists: { Left: 'unsubscribed' } });
		}
		const all = await account.sync(
			[ann, bob, invalid],
			{
				firstName: 'A',
				lastName: 'B',
				...customFields(['name', 'Industry', 'sw'], ['name', 'Interests', ['a']], ['name', 'Nothing', 'x']),
				...lists(['name', 'News', 'subscribe'], ['name', 'Left', 'subscribe'], ['name', 'None', 'subscribe']),
				...automations(['name', 'Welcome'], ['name', 'Nowhere']),
				tagsToAdd: 'Lead',
				options: { unknownFields: 'skip' },
			},
			continues,
		);
		account.sandbox.configure({ deny: ['tags'] });
		const denied = await account.sync([ann, bob], { tagsToAdd: 'Other' }, continues);
		account.sandbox.configure({ deny: [] });
		const mapped = await account.sync([{ ...ann, color: 'red' }], mapAutomatically);
		const more = await account.sync([ann, bob], { additionalFields: { company: 'Acme', note: 'Hi' } });
		const skipped = await account.sync([ann, bob], { options: { syncMode: 'createOnly' } });
		return [all, denied, mapped, more, skipped].flatMap(({ items }) => jsonOf(items));
	},
	async getContact() {
		for (const { email } of [ann, bob]) {
			account.state.addContact({
				email,
				lists: { News: 'active' },
				automations: ['Welcome'],
				tags: ['Lead'],
				company: 'Acme',
				fieldValues: { Industry: 'sw' },
			});
		}
		const found = await account.sync([ann, bob, invalid], { operation: 'getContact' }, continues);
		return jsonOf(found.items);
	},
	async deleteContact() {
		for (const { email } of [ann, bob]) account.state.addContact({ email });
		const deleted = await account.sync([ann, bob, invalid], { operation: 'deleteContact' }, continues);
		return jsonOf(deleted.items);
	},
	async syncContactsInBulk() {
		account.state.refuseInImport(({ email }) => email === bob.email, 'Blocked');
		const parameters = customFields(['name', 'Nothing', 'x']);
		const options = { unknownFields: 'skip' };
		const all = await runBulk(account.sandbox, [ann, bob, invalid], { parameters, options, ...continues });
		const mapped = await runBulk(account.sandbox, [{ ...ann, color: 'red' }], {
			parameters: mapAutomatically,
		});
		return [all, mapped].flatMap(({ items }) => jsonOf(items));
	},
};

describe('the output preview', () => {
	it('is held against real outputs for every operation', () => {
		const previewed = readdirSync(PREVIEWS).map((name) => name.replace('.json', ''));
		expect(Object.keys(OUTPUTS_OF).sort()).toEqual(previewed.sort());
	});

	it.each(Object.keys(OUTPUTS_OF))(
		'of %s has all keys of its real outputs, and no others',
		async (operation) => {
			const schema: unknown = JSON.parse(readFileSync(join(PREVIEWS, `${operation}.json`), 'utf8'));
			const outputs = (await OUTPUTS_OF[operation]?.()) ?? [];

			const validate = new Ajv({ strict: false, allErrors: true }).compile(closed(schema));
			for (const output of outputs) {
				validate(output);
				expect({ output, errors: validate.errors }).toEqual({ output, errors: null });
			}
			expect(previewedKeys(schema)).toEqual([...new Set(outputs.flatMap((output) => keysOf(output)))].sort());
		},
	);
});

/** The schema with no keys allowed besides those that it names. */
function closed(schema: unknown): IDataObject {
	const { properties, items, ...rest } = isRecord(schema) ? schema : {};
	return {
		additionalProperties: false,
		...rest,
		...(isRecord(properties)
			? {
					properties: Object.fromEntries(
						Object.entries(properties).map(([key, inner]) => [key, closed(inner)]),
					),
				}
			: {}),
		...(items === undefined ? {} : { items: closed(items) }),
	};
}

/** Paths of all keys that a schema names, sorted, e.g. `lists.name`. */
function previewedKeys(schema: unknown, path = ''): string[] {
	if (!isRecord(schema)) return [];
	if (schema['items'] !== undefined) return previewedKeys(schema['items'], path);
	if (!isRecord(schema['properties'])) return [];
	return Object.entries(schema['properties'])
		.flatMap(([key, inner]) => [`${path}${key}`, ...previewedKeys(inner, `${path}${key}.`)])
		.sort();
}

/** Paths of all keys of an output; custom fields have titles for keys. */
function keysOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, path));
	if (!isRecord(value) || path === 'customFields.') return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		`${path}${key}`,
		...keysOf(inner, `${path}${key}.`),
	]);
}
