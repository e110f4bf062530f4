import { NodeOperationError, type INode } from 'n8n-workflow';

import { toFailure } from '../../../nodes/ActiveCampaignSync/run/items';
import { AccountFailure, explain } from '../../../nodes/ActiveCampaignSync/shared/failure';

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
