import { AccountFailure } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import type { ImportEntry } from '../../../../nodes/ActiveCampaignSync/contact/import/importBatches';
import { readImportInfo } from '../../../../nodes/ActiveCampaignSync/contact/import/importInfo';
import {
	knownResults,
	completedResults,
	pending,
	refused,
	type ImportResult,
} from '../../../../nodes/ActiveCampaignSync/contact/import/importResult';
import { entriesOf } from '../importEntriesOf';

const entries = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com', 'di@example.com');
const batch = (queued?: number) => ({ entries, batchId: 'b-1', times: 1, queued });
const info = (success: string[], failure: string[] = []) =>
	readImportInfo({ status: 'completed', success, failure });
const nobody = { value: new Set<string>() };
const unreadable = new AccountFailure('forbidden', 'The token may not see contacts', 'Ask an admin');

type Results = ReadonlyMap<ImportEntry, ImportResult>;
const inOrder = (results: Results) => entries.map((entry) => results.get(entry));
const outcomes = (results: Results) => inOrder(results).map((result) => result?.outcome);

describe('the results of a completed import', () => {
	it('are all imported when as many are imported as were sent', () => {
		const imported = { outcome: 'imported', batchId: 'b-1' };
		expect(inOrder(completedResults(batch(4), info(['1', '2', '3', '4']), nobody))).toEqual([
			imported,
			imported,
			imported,
			imported,
		]);
	});

	it('refuse those who failed by name, whatever the case, and invent no reason', () => {
		const results = completedResults(
			batch(4),
			info(['1', '2'], ['bo@example.com', 'DI@example.com']),
			nobody,
		);
		expect(outcomes(results)).toEqual(['imported', 'refused', 'imported', 'refused']);
		const [, bo] = inOrder(results);
		expect(bo?.batchId).toBe('b-1');
		expect(bo?.reason).toMatch(/does not say why/);
		expect(bo?.failure).toBeInstanceOf(AccountFailure);
	});

	it.each([[2], [undefined]])('exclude those who are left out where %j were queued', (queued) => {
		const recognized = { value: new Set(['ada@example.com', 'di@example.com']) };
		const results = completedResults(batch(queued), info(['1', '2']), recognized);
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'excluded', 'imported']);
		expect(inOrder(results)[1]?.failure).toBeUndefined();
		expect(inOrder(results)[1]?.reason).toMatch(/exclusion list/);
	});

	it('exclude and refuse side by side', () => {
		const results = completedResults(batch(3), info(['1', '2'], ['cy@example.com']), {
			value: new Set(['ada@example.com', 'di@example.com']),
		});
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'refused', 'imported']);
	});

	it.each([[4], [3]])('do not call excluded who was, or may have been, queued (%d of 4)', (queued) => {
		const results = completedResults(batch(queued), info(['1', '2']), {
			value: new Set(['ada@example.com', 'di@example.com']),
		});
		expect(outcomes(results)).toEqual(['imported', 'refused', 'refused', 'imported']);
		expect(inOrder(results)[1]?.reason).toMatch(/neither/);
	});

	it('exclude all when nobody was queued', () => {
		expect(outcomes(completedResults(batch(0), info([]), nobody))).toEqual(
			Array.from({ length: 4 }, () => 'excluded'),
		);
	});

	it('leave open whose an unrecognised contact is, and say how many of how many', () => {
		// Three were imported; one of them could be recognized.
		const results = completedResults(batch(3), info(['1', '2', '3']), { value: new Set(['cy@example.com']) });
		expect(outcomes(results)).toEqual(['pending', 'pending', 'imported', 'pending']);
		expect(inOrder(results)[0]?.reason).toMatch(/imported 2 of 3 contacts/);
	});

	it('leave open what could not be read, with the reason, but keep what is known', () => {
		const results = completedResults(batch(3), info(['1', '2'], ['bo@example.com']), { failure: unreadable });
		expect(outcomes(results)).toEqual(['pending', 'refused', 'pending', 'pending']);
		expect(inOrder(results)[0]?.reason).toMatch(/imported 2 of 3 contacts.*The token may not see contacts/);
	});
});

describe('the results of an import that broke off', () => {
	it('hold only those of whom it tells', () => {
		const results = knownResults(batch(4), info(['1'], ['bo@example.com']), {
			value: new Set(['cy@example.com']),
		});
		expect(outcomes(results)).toEqual([undefined, 'refused', 'imported', undefined]);
	});

	it('hold all when it had come to all', () => {
		expect(outcomes(knownResults(batch(4), info(['1', '2', '3'], ['di@example.com']), nobody))).toEqual([
			'imported',
			'imported',
			'imported',
			'refused',
		]);
	});

	it('hold nobody by guess', () => {
		expect(knownResults(batch(4), info(['1', '2']), { failure: unreadable }).size).toBe(0);
		expect(knownResults(batch(4), info([]), nobody).size).toBe(0);
	});
});

describe('a result', () => {
	it('of a refused contact has the reason in one line, and what stops the item', () => {
		const failure = new AccountFailure('rejected', 'It was not taken', 'Change it');
		expect(refused(failure, 'b-1')).toEqual({
			outcome: 'refused',
			batchId: 'b-1',
			reason: 'It was not taken. Change it',
			failure,
		});
		expect(refused(failure)).not.toHaveProperty('batchId');
	});

	it('that is not there yet has what is known', () => {
		expect(pending()).toEqual({ outcome: 'pending' });
		expect(pending('Not done', 'b-1')).toEqual({ outcome: 'pending', reason: 'Not done', batchId: 'b-1' });
	});
});
