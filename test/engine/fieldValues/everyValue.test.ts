import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type RunningSandbox } from '../../sandbox';
import { runWorkflow, type RunResult } from '../harness/runWorkflow';
import { customFields } from '../harness/parameters';
import { ALLOWED, FIELD_SEEDS, FIELDS, type TypedField } from './everyType';
import { kept, refused, type Expected, type Row } from './expected';
import { EXPRESSION_RESULTS } from './expressionResults';
import { JSON_VALUES } from './jsonValues';

/** What every contact holds in the field before the run. */
const BEFORE = 'from before';

interface Case {
	readonly row: Row;
	readonly field: TypedField;
	readonly email: string;
}

const ROWS = [...JSON_VALUES, ...EXPRESSION_RESULTS];
const CASES: readonly Case[] = ROWS.flatMap((row, index) =>
	FIELDS.map((field) => ({ row, field, email: `row-${index}-field-${field.id}@example.com` })),
);

const nodeParameters = {
	email: '={{ $json.email }}',
	...customFields([
		'id',
		'={{ $json.field }}',
		'={{ $json.expression ? $evaluateExpression($json.expression) : $json.value }}',
	]),
	options: { requestsPerSecond: 1_000 },
};

describe('Sync Contact with a value of every kind in a field of every type', () => {
	let sandbox: RunningSandbox;
	let run: RunResult;

	beforeAll(async () => {
		sandbox = await startSandbox({ fields: FIELD_SEEDS, timeZone: 'America/Chicago' });
		for (const { email, field } of CASES) {
			sandbox.account.addContact({ email, fieldValues: { [field.id]: BEFORE } });
		}
		run = await runWorkflow({
			nodeParameters,
			items: CASES.map(({ row, field, email }): IDataObject => ({ email, field: field.id, ...row.input })),
			credentials: { accountName: sandbox.url, apiToken: sandbox.token },
			onError: 'continueRegularOutput',
			timezone: 'Europe/Berlin',
		});
	}, 60_000);

	afterAll(async () => {
		await sandbox.stop();
	});

	/** What became of one case, in the words of the table. */
	const outcomeOf = ({ row, field, email }: Case): Expected => {
		const index = CASES.findIndex((one) => one.email === email);
		const { json, pairedItem } = run.items[index] ?? {};
		const stored = sandbox.account.contactBy(email).fieldValues.get(field.id);
		expect(pairedItem).toEqual({ item: index });
		if (json?.error === undefined) {
			expect(json).toMatchObject({ action: 'updated', email });
			return stored === BEFORE ? kept : (stored ?? 'gone');
		}
		expect(json.error).toMatch(
			new RegExp(`^'${field.title}'(: .*\\. .*Use | has no option .*${ALLOWED}$)`, 's'),
		);
		expect([row.name, stored]).toEqual([row.name, BEFORE]);
		return refused;
	};

	it.each(ROWS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
		const cases = CASES.filter((one) => one.row === row);
		const outcomes = cases.map((one) => [one.field.title, outcomeOf(one)]);
		expect(Object.fromEntries(outcomes)).toEqual(
			Object.fromEntries(cases.map(({ field }) => [field.title, row.expected[field.column]])),
		);
	});

	it('gives every item its own outcome with one read of the fields', () => {
		expect(run.items).toHaveLength(CASES.length);
		expect(run.status).toBe('success');
		expect(sandbox.journal.count('GET', '/fields')).toBe(1);
		expect(sandbox.account.mistakes).toEqual([]);
	});
});
