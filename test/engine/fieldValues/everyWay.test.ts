import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { asArray, at } from '../../guards';
import { resourceMapping } from '../harness/editor';
import { customFields, mapAutomatically, mapByHand } from '../harness/parameters';
import { jsonOf } from '../harness/results';
import { useAccount } from '../harness/account';
import { ALLOWED, FIELD_SEEDS, FIELDS } from './everyType';
import { samplesOf, storedSamples } from './samples';

/** An item for each kind of sample, with a value for every field by its title; and one that a field refuses. */
const SAMPLES = ([0, 1] as const).map((kind): IDataObject => ({
	email: `sample-${kind}@example.com`,
	...Object.fromEntries(samplesOf(kind).map(([{ title }, { given }]) => [title, given])),
}));
const REFUSED = { email: 'refused@example.com', 'My radio': 'Pink', 'My date': '2026-03-04' };
const NO_OPTION = `'My radio' has no option 'Pink'. Use one of its options: ${ALLOWED}`;

const titles = FIELDS.map(({ title }) => title);
const valueOf = (title: string) => `={{ $json['${title}'] }}`;

describe('a value of every type', () => {
	const account = useAccount({ fields: FIELD_SEEDS, timeZone: 'America/Chicago', importDurationMs: 0 });

	const byHand = async () => {
		const { fields } = await resourceMapping('getContactColumns', { credentials: account.credentials });
		const values = FIELDS.map(({ id, title }): [string, string] => [`field_${id}`, valueOf(title)]);
		return mapByHand({ email: '={{ $json.email }}', ...Object.fromEntries<string>(values) }, fields);
	};
	const ways: Array<[string, () => INodeParameters | Promise<INodeParameters>]> = [
		['fields by id', () => customFields(...FIELDS.map(({ id, title }) => row('id', id, title)))],
		['fields by title', () => customFields(...titles.map((title) => row('name', title, title)))],
		['a column map filled by hand', byHand],
		['an automatic column map', () => mapAutomatically],
	];

	const sync = async (parameters: INodeParameters) =>
		await account.sync([...SAMPLES, REFUSED], parameters, {
			onError: 'continueRegularOutput',
			timezone: 'Europe/Berlin',
		});

	const expectSamplesStored = () => {
		expect(account.state.contacts().map(({ email }) => email)).toEqual([
			'sample-0@example.com',
			'sample-1@example.com',
		]);
		expect(account.contact('sample-0@example.com').fieldValues).toEqual(storedSamples(0));
		expect(account.contact('sample-1@example.com').fieldValues).toEqual(storedSamples(1));
	};

	describe.each(ways)('through %s', (_way, parametersOf) => {
		it('is stored by Sync Contact, and an unknown option fails its item', async () => {
			const { items } = await sync(await parametersOf());
			expect(jsonOf(items).map(({ action, error }) => error ?? action)).toEqual([
				'created',
				'created',
				NO_OPTION,
			]);
			expect(items[2]?.pairedItem).toEqual({ item: 2 });
			expectSamplesStored();
		});

		it('is stored by Sync Contacts in Bulk, and an unknown option leaves only its contact out', async () => {
			const { items } = await sync({
				...(await parametersOf()),
				operation: 'syncContactsInBulk',
				options: { waitForResult: false },
			});
			expect(jsonOf(items).map(({ outcome, reason }) => reason ?? outcome)).toEqual([
				'pending',
				'pending',
				NO_OPTION,
			]);
			expect(items[2]?.pairedItem).toEqual({ item: 2 });
			expectSamplesStored();
		});

		it('is shown by a dry run with the titles, and nothing is sent', async () => {
			const { items } = await sync({ ...(await parametersOf()), options: { dryRun: true } });
			for (const { json } of items.slice(0, 2)) {
				expect(json).toHaveProperty('action', 'wouldCreate');
				expect(asArray(json.changes).map((change) => at(change, 'field'))).toEqual(titles);
			}
			expect(asArray(jsonOf(items)[0]?.['changes'])).toContainEqual({
				field: 'My listbox',
				from: [],
				to: ['Red', 'Green'],
			});
			expect(account.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
		});
	});
});

describe('a value that does not fit its field', () => {
	const account = useAccount({ fields: FIELD_SEEDS });

	it.each(FIELDS.filter(({ column }) => column !== 'text'))(
		'is reported with the field $title, the item and what is allowed',
		async ({ id, title }) => {
			const items: IDataObject[] = [
				{ email: 'blank@example.com', [title]: '' },
				{ email: 'odd@example.com', [title]: 'tomorrow' },
			];
			const { error, status } = await account.sync(items, customFields(row('id', id, title)));
			expect(status).toBe('error');
			expect(error).toMatchObject({ name: 'NodeOperationError' });
			expect(error?.description).toMatch(/^Item 2 /);
			expect(error?.message).toMatch(new RegExp(`^'${title}'(:| has no option) 'tomorrow'`));
			expect(error?.description).toMatch(/YYYY-MM-DD|'1234\.5'|'Red', 'Green', 'A, or B'/);
			expect(account.state.contacts().map(({ email }) => email)).toEqual(['blank@example.com']);
		},
	);
});

function row(mode: 'id' | 'name', field: string, title: string): ['id' | 'name', string, string] {
	return [mode, field, valueOf(title)];
}
