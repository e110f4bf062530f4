import { AccountFailure } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import {
	entriesWithUnknownResult,
	importResults,
	parseImportInfo,
	refused,
	toItemOutcome,
	type ImportResult,
	type ImportResults,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importResult';
import { entriesOf } from './importEntriesOf';

describe('the info of an import', () => {
	it.each([
		[false, 'inFlight'],
		['waiting', 'inFlight'],
		['claimed', 'inFlight'],
		['active', 'inFlight'],
		[undefined, 'inFlight'],
		['something new', 'inFlight'],
		['completed', 'completed'],
		['Completed', 'completed'],
		['failed', 'aborted'],
		['interrupted', 'aborted'],
	])('with the status %j means that the import is %s', (status, state) => {
		expect(parseImportInfo({ status, success: [], failure: [] }).state).toBe(state);
	});

	it('contains IDs as text, each once, and addresses regardless of case', () => {
		const info = parseImportInfo({
			status: 'completed',
			success: ['12', 13, '12', '', null],
			failure: ['ADA@Example.com', ' bo@example.com', {}],
		});
		expect(info.importedIds).toEqual(new Set(['12', '13']));
		expect(info.failedEmails).toEqual(new Set(['ada@example.com', 'bo@example.com']));
	});

	it.each([[{}], [{ success: null, failure: 'none' }], [{ success: {}, failure: 3 }]])(
		'%j lists no contacts',
		(body) => {
			const { importedIds, failedEmails } = parseImportInfo(body);
			expect([importedIds.size, failedEmails.size]).toEqual([0, 0]);
		},
	);
});

describe('contacts whose result the info does not give', () => {
	const batch = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com');
	const [ada, , cy] = batch;

	it('do not exist when as many are imported as did not fail by name', () => {
		expect(entriesWithUnknownResult(batch, parseImportInfo({ success: ['1', '2', '3'] }))).toEqual([]);
		const twoImported = parseImportInfo({ success: ['1', '2'], failure: ['bo@EXAMPLE.com'] });
		expect(entriesWithUnknownResult(batch, twoImported)).toEqual([]);
	});

	it('are all that did not fail by name when fewer than those are imported', () => {
		expect(entriesWithUnknownResult(batch, parseImportInfo({ success: ['1', '2'] }))).toEqual(batch);
		expect(
			entriesWithUnknownResult(batch, parseImportInfo({ success: ['1'], failure: ['bo@example.com'] })),
		).toEqual([ada, cy]);
	});
});

const entries = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com', 'di@example.com');
const batch = (queued?: number) => ({ entries, batchId: 'b-1', queued });
const info = (success: string[], failure: string[] = []) =>
	parseImportInfo({ status: 'completed', success, failure });
const nobody = { emails: new Set<string>() };
const unreadable = new AccountFailure('forbidden', 'The token may not see contacts', 'Ask an admin');

const inOrder = (results: ImportResults) => entries.map((entry) => results.get(entry));
const outcomes = (results: ImportResults) => inOrder(results).map((result) => result?.action);

describe('the results of a completed import', () => {
	it('are imported for all contacts when as many are imported as were sent', () => {
		const imported = { action: 'imported', batchId: 'b-1' };
		expect(inOrder(importResults(batch(4), info(['1', '2', '3', '4']), nobody))).toEqual([
			imported,
			imported,
			imported,
			imported,
		]);
	});

	it('are refused for contacts that failed by name, regardless of case, without an invented reason', () => {
		const results = importResults(batch(4), info(['1', '2'], ['bo@example.com', 'DI@example.com']), nobody);
		expect(outcomes(results)).toEqual(['imported', 'refused', 'imported', 'refused']);
		const [, bo] = inOrder(results);
		expect(bo?.batchId).toBe('b-1');
		expect(bo?.failure?.message).toMatch(/gave no reason/);
		expect(bo?.isContactRefused).toBe(true);
	});

	it.each([[2], [undefined]])('are excluded for contacts that are left out when %j were queued', (queued) => {
		const recognized = { emails: new Set(['ada@example.com', 'di@example.com']) };
		const results = importResults(batch(queued), info(['1', '2']), recognized);
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'excluded', 'imported']);
		expect(inOrder(results)[1]?.failure).toBeUndefined();
		expect(inOrder(results)[1]?.reason).toMatch(/exclusion list/);
	});

	it('can be excluded and refused side by side', () => {
		const results = importResults(batch(3), info(['1', '2'], ['cy@example.com']), {
			emails: new Set(['ada@example.com', 'di@example.com']),
		});
		expect(outcomes(results)).toEqual(['imported', 'excluded', 'refused', 'imported']);
	});

	it.each([[4], [3]])(
		'are refused, though not for a fault of the contact, if it was or may have been queued (%d of 4)',
		(queued) => {
			const results = importResults(batch(queued), info(['1', '2']), {
				emails: new Set(['ada@example.com', 'di@example.com']),
			});
			expect(outcomes(results)).toEqual(['imported', 'refused', 'refused', 'imported']);
			expect(inOrder(results)[1]?.failure?.message).toMatch(/neither as imported nor as failed/);
			expect(inOrder(results)[1]?.batchId).toBe('b-1');
			expect(inOrder(results)[1]).not.toHaveProperty('isContactRefused');
		},
	);

	it('are excluded for all contacts when none was queued', () => {
		expect(outcomes(importResults(batch(0), info([]), nobody))).toEqual(
			Array.from({ length: 4 }, () => 'excluded'),
		);
	});

	it('are pending, with how many of how many were imported, when imported contacts cannot be recognized', () => {
		// Three were imported; one of them could be recognized.
		const results = importResults(batch(3), info(['1', '2', '3']), { emails: new Set(['cy@example.com']) });
		expect(outcomes(results)).toEqual(['pending', 'pending', 'imported', 'pending']);
		expect(inOrder(results)[0]?.reason).toBe(
			'ActiveCampaign imported 2 of 3 contacts but did not say which; this contact is one of the 3',
		);
	});

	it('are pending with the reason when the contacts cannot be read, except where the info gives the result', () => {
		const results = importResults(batch(3), info(['1', '2'], ['bo@example.com']), {
			emails: new Set(),
			failure: unreadable,
		});
		expect(outcomes(results)).toEqual(['pending', 'refused', 'pending', 'pending']);
		expect(inOrder(results)[0]?.reason).toMatch(/imported 2 of 3 contacts.*The token may not see contacts/);
	});
});

describe('the results of an aborted import', () => {
	const aborted = (success: string[], failure: string[] = []) =>
		parseImportInfo({ status: 'interrupted', success, failure });

	it('contain only the contacts whose result the info gives', () => {
		const results = importResults(batch(4), aborted(['1'], ['bo@example.com']), {
			emails: new Set(['cy@example.com']),
		});
		expect(outcomes(results)).toEqual([undefined, 'refused', 'imported', undefined]);
	});

	it('contain all contacts when the info gives the result of all', () => {
		expect(outcomes(importResults(batch(4), aborted(['1', '2', '3'], ['di@example.com']), nobody))).toEqual([
			'imported',
			'imported',
			'imported',
			'refused',
		]);
	});

	it('contain no contact by guess', () => {
		const unread = { ...nobody, failure: unreadable };
		expect(importResults(batch(4), aborted(['1', '2']), unread).size).toBe(0);
		expect(importResults(batch(4), aborted([]), nobody).size).toBe(0);
	});
});

describe('the outcome of an item', () => {
	it('has the reason of its failure in one line, which does not stop the workflow if the contact was refused', () => {
		const failure = new AccountFailure('rejected', 'It was not taken', 'Change it');
		expect(toItemOutcome('ada@example.com', refused(failure, 'b-1'))).toEqual({
			json: {
				action: 'refused',
				email: 'ada@example.com',
				reason: 'It was not taken. Change it',
			},
			action: 'refused',
			failure,
			isReported: true,
		});
		const other = toItemOutcome('ada@example.com', { action: 'refused', failure });
		expect(other.isReported).toBeFalsy();
	});

	it('that is pending has what is known', () => {
		const jsonOf = (result: ImportResult) => toItemOutcome('ada@example.com', result).json;
		expect(jsonOf({ action: 'pending', batchId: undefined })).toStrictEqual({
			email: 'ada@example.com',
			action: 'pending',
			reason: 'The import has not finished yet',
		});
		expect(jsonOf({ action: 'pending', reason: 'Not done', batchId: 'b-1' })).toStrictEqual({
			email: 'ada@example.com',
			action: 'pending',
			batchId: 'b-1',
			reason: 'Not done',
		});
	});
});
