import { NodeOperationError, type INode } from 'n8n-workflow';

import { toFailure } from '../../../nodes/ActiveCampaignSync/run/items';
import { AccountFailure, explain } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { outcomesOf } from './operationRun';

const NODE: INode = { id: '1', name: 'Sync', type: 'sync', typeVersion: 1, position: [0, 0], parameters: {} };

describe('what was thrown while an item was worked on', () => {
	it('stays as it is when it is a failure already', () => {
		const failure = new AccountFailure('rejected', 'Refused', 'Correct it');
		expect(toFailure(failure)).toBe(failure);
	});

	it.each([TypeError, RangeError, ReferenceError])('is reported as unexpected when it is a $name', (Bug) => {
		expect(explain(toFailure(new Bug('x is null')))).toBe(
			'Something unexpected happened: x is null. Please report this to the maintainers, with the workflow if you can share it',
		);
	});

	it('is reported as unexpected when it is not even an Error', () => {
		expect(toFailure('odd').message).toBe('Something unexpected happened: odd');
	});

	it("keeps n8n's own message, with its advice, or with advice where it gives none", () => {
		const advised = new NodeOperationError(NODE, 'No credential', { description: 'Select one' });
		expect(explain(toFailure(advised))).toBe('No credential. Select one');
		expect(explain(toFailure(new Error('Invalid expression')))).toBe(
			"Invalid expression. Check the node's parameters and their expressions",
		);
	});

	it('is not taken for a bug because of its name alone', () => {
		const named = Object.assign(new Error('Invalid expression'), { name: 'TypeError' });
		expect(toFailure(named).message).toBe('Invalid expression');
	});
});

describe('the outcomes of items', () => {
	const failure = new AccountFailure('rejected', 'Refused', 'Correct it');

	it('are known one after the other, each with its item', () => {
		const outcomes = outcomesOf(undefined, { json: { id: '7' } }, undefined, { failure });

		expect(outcomes.count).toBe(4);
		expect(outcomes.indexes()).toEqual([0, 1, 2, 3]);
		expect(outcomes.all().flatMap(({ json }) => json ?? [])).toEqual([{ id: '7' }]);
		expect(outcomes.countOf((outcome) => outcome.failure === failure)).toBe(1);
		expect(outcomes.progress()).toBe('1 of 4 items were done: 2');
		expect(outcomesOf(undefined, undefined).progress()).toBe('0 of 2 items were done');
	});

	it('are failures where the work on an item throws, without affecting the others', () => {
		const outcomes = outcomesOf(undefined, undefined);
		outcomes.tryItem(0, () => {
			throw failure;
		});
		outcomes.tryItem(1, () => outcomes.set(1, { json: {} }));

		expect(outcomes.countOf((one) => one.failure === failure)).toBe(1);
		expect(outcomes.all().flatMap(({ json }) => json ?? [])).toEqual([{}]);
	});

	it('fail for all items that have none yet', () => {
		const outcomes = outcomesOf({ json: { id: '7' } }, undefined, undefined);
		outcomes.failRest(failure);

		expect(outcomes.countOf((one) => one.failure === failure)).toBe(2);
		expect(outcomes.all().flatMap(({ json }) => json ?? [])).toEqual([{ id: '7' }]);
	});

	it('can be revised, as far as they are known', () => {
		const outcomes = outcomesOf({ json: { id: '7' } }, undefined, { json: { id: '8' } });
		outcomes.revise(({ json }) => ({ json: { ...json, seen: true } }));

		expect(outcomes.all().flatMap(({ json }) => json ?? [])).toEqual([
			{ id: '7', seen: true },
			{ id: '8', seen: true },
		]);
		expect(outcomes.countOf(() => true)).toBe(2);
	});

	it('come with what filled no field, each key once with its first reason, and with unknown fields', () => {
		const outcomes = outcomesOf(undefined, undefined);
		const report = (key: string, reason: string, unusableFields: string[]) => ({
			unmapped: [{ key, reason }],
			unusableFields,
		});
		outcomes.report(0, report('Plan', 'first', ['Size']));
		outcomes.report(0, report('Age', 'first', ['Color']));
		outcomes.report(1, report('Plan', 'second', ['Size']));

		expect(outcomes.unmapped()).toEqual([
			{ key: 'Plan', reason: 'first' },
			{ key: 'Age', reason: 'first' },
		]);
		expect(outcomes.unusableFields()).toEqual(['Size', 'Color']);
	});
});
