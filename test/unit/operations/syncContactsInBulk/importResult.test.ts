import { AccountFailure } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import type { ImportEntry } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importBatches';
import { readImportInfo } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importInfo';
import {
	knownResults,
	completedResults,
	notImported,
	pending,
	refused,
	type ImportResult,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importResult';
import { entriesOf } from './importEntriesOf';

const entries = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com', 'di@example.com');
const batch = (queued?: number) => ({ entries, batchId: 'b-1', queued });
const info = (success: string[], failure: string[] = []) =>
	readImportInfo({ status: 'completed', success, failure });
const nobody = { value: new Set<string>() };
const unreadable = new AccountFailure('forbidden', 'The token may not see contacts', 'Ask an admin');

type Results = ReadonlyMap<ImportEntry, ImportResult>;
const inOrder = (results: Results) => entries.map((entry) => results.get(entry));
const outcomes = (results: Results) => inOrder(results).map((result) => result?.outcome);

describe('the results of a completed import', () => {
	it('are imported for all contacts when as many are imported as were sent', () => {
		const imported = { outcome: 'imported', batchId: 'b-1' };
		expect(inOrder(completedResults(batch(4), info(['1', '2', '3', '4']), nobody))).toEqual([
			imported,
			imported,
			imported,
			imported,
		]);
	});

	it('are refused for contacts that failed by name, regardless of case, without an invented reason', () => {
		const results = completedResults(
			batch(4),
			info(['1', '2'], ['bo@example.com', 'DI@example.com']),
			nobody,
		);
		expect(outcomes(results)).toEqual(['imported', 'refused', 'imported', 'refused']);
		const [, bo] = inOrder(results);
		expect(bo?.batchId).toBe('b-1');
		expect(bo?.reason).toMatch(/gave no reason/);
		expect(bo?.failure).toBeInstanceOf(AccountFailure);
		expect(bo?.isContactRefused).toBe(true);
	});

	it.each([[2], [undefined]])('are excluded for contacts that are left out when %j were queued', (queued) => {
		const recognized = { value: new Set(['ada@example.com', 'di@example.com']) };
		const results = completedResults(batch(queued), info(['1', '2']), recognized);
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'excluded', 'imported']);
		expect(inOrder(results)[1]?.failure).toBeUndefined();
		expect(inOrder(results)[1]?.reason).toMatch(/exclusion list/);
	});

	it('can be excluded and refused side by side', () => {
		const results = completedResults(batch(3), info(['1', '2'], ['cy@example.com']), {
			value: new Set(['ada@example.com', 'di@example.com']),
		});
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'refused', 'imported']);
	});

	it.each([[4], [3]])(
		'are refused, though not for a fault of the contact, if it was or may have been queued (%d of 4)',
		(queued) => {
			const results = completedResults(batch(queued), info(['1', '2']), {
				value: new Set(['ada@example.com', 'di@example.com']),
			});
			expect(outcomes(results)).toEqual(['imported', 'refused', 'refused', 'imported']);
			expect(inOrder(results)[1]?.reason).toMatch(/neither as imported nor as failed/);
			expect(inOrder(results)[1]?.failure).toBeInstanceOf(AccountFailure);
			expect(inOrder(results)[1]).not.toHaveProperty('isContactRefused');
		},
	);

	it('are excluded for all contacts when none was queued', () => {
		expect(outcomes(completedResults(batch(0), info([]), nobody))).toEqual(
			Array.from({ length: 4 }, () => 'excluded'),
		);
	});

	it('are pending, with how many of how many were imported, when imported contacts cannot be recognized', () => {
		// Three were imported; one of them could be recognized.
		const results = completedResults(batch(3), info(['1', '2', '3']), { value: new Set(['cy@example.com']) });
		expect(outcomes(results)).toEqual(['pending', 'pending', 'imported', 'pending']);
		expect(inOrder(results)[0]?.reason).toBe(
			'ActiveCampaign imported 2 of 3 contacts, including this one, and it could not be read which',
		);
	});

	it('are pending with the reason when the contacts cannot be read, except where the info gives the result', () => {
		const results = completedResults(batch(3), info(['1', '2'], ['bo@example.com']), { failure: unreadable });
		expect(outcomes(results)).toEqual(['pending', 'refused', 'pending', 'pending']);
		expect(inOrder(results)[0]?.reason).toMatch(/imported 2 of 3 contacts.*The token may not see contacts/);
	});
});

describe('the results of an import that broke off', () => {
	it('contain only the contacts whose result the info gives', () => {
		const results = knownResults(batch(4), info(['1'], ['bo@example.com']), {
			value: new Set(['cy@example.com']),
		});
		expect(outcomes(results)).toEqual([undefined, 'refused', 'imported', undefined]);
	});

	it('contain all contacts when the info gives the result of all', () => {
		expect(outcomes(knownResults(batch(4), info(['1', '2', '3'], ['di@example.com']), nobody))).toEqual([
			'imported',
			'imported',
			'imported',
			'refused',
		]);
	});

	it('contain no contact by guess', () => {
		expect(knownResults(batch(4), info(['1', '2']), { failure: unreadable }).size).toBe(0);
		expect(knownResults(batch(4), info([]), nobody).size).toBe(0);
	});
});

describe('a result', () => {
	it('of a refused contact has the reason in one line, and the failure', () => {
		const failure = new AccountFailure('rejected', 'It was not taken', 'Change it');
		expect(refused(failure, 'b-1')).toEqual({
			outcome: 'refused',
			batchId: 'b-1',
			reason: 'It was not taken. Change it',
			failure,
			isContactRefused: true,
		});
		expect(refused(failure)).not.toHaveProperty('batchId');
	});

	it('that is pending has what is known', () => {
		expect(pending()).toEqual({ outcome: 'pending' });
		expect(pending('Not done', 'b-1')).toEqual({ outcome: 'pending', reason: 'Not done', batchId: 'b-1' });
	});

	it('of a contact that is not imported for another reason does not make the contact responsible', () => {
		const failure = new AccountFailure('forbidden', 'The token may not import', 'Ask an admin');
		expect(notImported(failure, 'b-1')).toEqual({
			outcome: 'refused',
			batchId: 'b-1',
			reason: 'The token may not import. Ask an admin',
			failure,
		});
	});
});
