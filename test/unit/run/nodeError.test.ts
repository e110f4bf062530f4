import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { nodeError } from '../../../nodes/ActiveCampaignSync/run/nodeError';
import {
	AccountFailure,
	InputError,
	type FailureDetails,
	type FailureKind,
} from '../../../nodes/ActiveCampaignSync/shared/failure';

const node = (operation = 'syncContact'): INode => ({
	...{ id: '1', name: 'Sync', type: 'sync', typeVersion: 1, position: [0, 0] },
	parameters: { operation },
});
const unusable = (message: string) => new InputError(message, 'Correct it');
const refused = (kind: FailureKind = 'rejected', details: FailureDetails = { httpCode: '422' }) =>
	new AccountFailure(kind, 'Refused', 'Change it', details);
const contacts = [
	'ann@example.com',
	'',
	'cy@example.com',
	'di@example.com',
	'ed@example.com',
	'flo@example.com',
];
const contactOf = (itemIndex: number) => contacts[itemIndex] ?? '';

/** The description of the error for items that failed with these messages, by their indexes. */
function descriptionOf(failures: Array<[number, string]>, count: number, operation?: string): unknown {
	const [first, ...others] = failures.map(([itemIndex, message]) => ({
		itemIndex,
		failure: unusable(message),
	}));
	if (!first) throw new Error('An item failed');
	const error = nodeError(node(operation), [first, ...others], { count, areWritten: true, contactOf });
	return 'description' in error ? error.description : undefined;
}

describe('the error that stops the workflow', () => {
	it('of a single item has the words of its failure', () => {
		const error = nodeError(node(), [{ itemIndex: 0, failure: unusable('It is empty') }], {
			count: 1,
			areWritten: true,
			contactOf,
		});

		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'It is empty', description: 'Correct it' });
	});

	it('of a call is an API error with its status', () => {
		const error = nodeError(node(), [{ itemIndex: 0, failure: refused() }], {
			count: 1,
			areWritten: true,
			contactOf,
		});

		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'Refused', description: 'Change it', httpCode: '422' });
	});

	it('keeps a message that contains what looks like an error code', () => {
		const failures = [
			unusable('sleepermail'),
			new AccountFailure('rejected', 'sleEPERMail ECONNREFUSED', 'x'),
		];

		expect(
			failures.map(
				(failure) =>
					nodeError(node(), [{ itemIndex: 0, failure }], { count: 1, areWritten: true, contactOf }).message,
			),
		).toEqual([...['sleepermail', 'sleEPERMail ECONNREFUSED']]);
	});

	it('shows what looks like HTML as it is', () => {
		const failure = new InputError("No tag '<New>'", "Use '<Old>', 'R&D' or '&lt;'");
		const described = (count: number) =>
			nodeError(node(), [{ itemIndex: 0, failure }], { count, areWritten: true, contactOf });

		expect(described(1)).toMatchObject({
			message: "No tag '<New>'",
			description: "Use '&lt;Old>', 'R&D' or '&amp;lt;'",
		});
		expect(described(2)).toMatchObject({
			description: expect.stringMatching(/^Item 1 \(ann@example.com\): Use '&lt;Old>'/) as unknown,
		});
	});

	it('of several items says which one it is, and what became of the others', () => {
		expect(descriptionOf([[0, 'It is empty']], 3)).toBe(
			'Item 1 (ann@example.com): Correct it<br>\n2 of 3 contacts were saved',
		);
		expect(descriptionOf([[1, 'It is empty']], 2)).toBe('Item 2: Correct it<br>\n1 of 2 contacts was saved');
		expect(
			descriptionOf(
				[
					[2, 'It is empty'],
					[0, 'It is empty'],
				],
				2,
			),
		).toBe(
			'Item 3 (cy@example.com): Correct it<br>\n1 more item failed for the same reason<br>\nNone of 2 contacts were saved',
		);
	});

	it('names three of the others that failed for another reason', () => {
		const failures: Array<[number, string]> = [
			[0, 'It is empty'],
			[1, 'It is odd'],
			[2, 'It is empty'],
			[3, 'It is long'],
			[4, 'It is old'],
			[5, 'It is new'],
		];

		expect(descriptionOf(failures, 10)).toBe(
			[
				'Item 1 (ann@example.com): Correct it',
				'Item 2: It is odd',
				'Item 4 (di@example.com): It is long',
				'Item 5 (ed@example.com): It is old',
				'2 more items failed',
				'4 of 10 contacts were saved',
			].join('<br>\n'),
		);
	});

	it('says which contacts were saved, but not completely', () => {
		const described = (count: number, ...saved: boolean[]) => {
			const [first, ...others] = saved.map((isSaved, itemIndex) => ({
				itemIndex,
				failure: unusable('No tag'),
				isSaved,
			}));
			return first && nodeError(node(), [first, ...others], { count, areWritten: true, contactOf: () => '' });
		};

		expect(described(2, true, true)).toMatchObject({
			description:
				'Item 1: Correct it<br>\n1 more item failed for the same reason<br>\n2 of 2 contacts saved, not completely: items 1-2',
		});
		expect(described(3, false, true)).toMatchObject({
			description: expect.stringMatching(
				/2 of 3 contacts saved, 1 of them not completely: item 2$/,
			) as unknown,
		});
	});

	it.each([
		['getContact', 'items were processed'],
		['deleteContact', 'items were processed'],
		['syncContactsInBulk', 'contacts were accepted by ActiveCampaign'],
	])('of %s says that %s', (operation, words) => {
		expect(descriptionOf([[0, 'x']], 3, operation)).toBe(
			`Item 1 (ann@example.com): Correct it<br>\n2 of 3 ${words}`,
		);
	});
});
