import {
	isComplete,
	pollWaitMs,
	readImportInfo,
	readQueued,
	entriesWithUnknownResult,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importInfo';
import { entriesOf } from './importEntriesOf';

describe('the response to an import', () => {
	it.each([
		[{ success: 1, queued_contacts: 250, batchId: 'b-1', message: 'Contact import queued' }],
		[{ Success: 1, queued_contacts: 250, batchId: 'b-1' }],
		[{ success: 'Success', queued_contacts: '250', batchId: 'b-1' }],
		[{ queued_contacts: 250, batchId: 'b-1' }],
	])('%j contains the batch ID and how many contacts are queued', (body) => {
		expect(readQueued(body)).toEqual({ batchId: 'b-1', queued: 250 });
	});

	it('may leave out how many contacts are queued, which is not the same as 0', () => {
		expect(readQueued({ success: 1, batchId: 'b-1' })).toEqual({ batchId: 'b-1' });
		for (const queued_contacts of ['many', '2 of 3', 'over 250', -1]) {
			expect(readQueued({ success: 1, batchId: 'b-1', queued_contacts })).toEqual({ batchId: 'b-1' });
		}
		expect(readQueued({ success: 1, batchId: 'b-1', queued_contacts: 0 })).toEqual({
			batchId: 'b-1',
			queued: 0,
		});
	});

	it('may say that the batch was accepted without giving a batch ID', () => {
		expect(readQueued({ success: 1, queued_contacts: 2 })).toEqual({ queued: 2 });
		expect(readQueued({ Success: '1', batchId: '' })).toEqual({});
	});

	it.each([
		[{}],
		[{ success: 0, message: 'Try later' }],
		[{ batchId: null }],
		[{ success: 10 }],
		[{ success: 21 }],
		[{ success: 'No success' }],
		[{ batchId: ' ' }],
	])('%j does not say that the batch was accepted', (body) => expect(readQueued(body)).toBeUndefined());
});

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
		['failed', 'broken'],
		['interrupted', 'broken'],
	])('with the status %j means that the import is %s', (status, state) => {
		expect(readImportInfo({ status, success: [], failure: [] }).state).toBe(state);
	});

	it('contains IDs as text, each once, and addresses regardless of case', () => {
		const info = readImportInfo({
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
			const { importedIds, failedEmails } = readImportInfo(body);
			expect([importedIds.size, failedEmails.size]).toEqual([0, 0]);
		},
	);

	it('is complete when imported and failed contacts are as many as were queued', () => {
		const info = readImportInfo({ success: ['1', '2'], failure: ['ada@example.com'] });
		expect([2, 3, 4].map((queued) => isComplete(info, queued))).toEqual([true, true, false]);
	});
});

describe('contacts whose result the info does not give', () => {
	const batch = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com');
	const [ada, , cy] = batch;

	it('do not exist when as many are imported as did not fail by name', () => {
		expect(entriesWithUnknownResult(batch, readImportInfo({ success: ['1', '2', '3'] }))).toEqual([]);
		const twoImported = readImportInfo({ success: ['1', '2'], failure: ['bo@EXAMPLE.com'] });
		expect(entriesWithUnknownResult(batch, twoImported)).toEqual([]);
	});

	it('are all that did not fail by name when fewer than those are imported', () => {
		expect(entriesWithUnknownResult(batch, readImportInfo({ success: ['1', '2'] }))).toEqual(batch);
		expect(
			entriesWithUnknownResult(batch, readImportInfo({ success: ['1'], failure: ['bo@example.com'] })),
		).toEqual([ada, cy]);
	});
});

describe('the wait before a poll', () => {
	it('is short at first, grows, and never exceeds half a minute', () => {
		const waits = Array.from({ length: 12 }, (_, polls) => pollWaitMs(polls));
		expect(waits.slice(0, 3)).toEqual([1_500, 2_250, 3_375]);
		expect(waits).toEqual([...waits].sort((one, other) => one - other));
		expect(waits.at(-1)).toBe(30_000);
		expect(pollWaitMs(1_000_000)).toBe(30_000);
	});

	it('is as short at first when many imports are polled, and grows to one poll a second for all of them together', () => {
		expect([0, 1_000_000].map((polls) => pollWaitMs(polls, 40))).toEqual([1_500, 40_000]);
		expect([0, 1_000_000].map((polls) => pollWaitMs(polls, 200))).toEqual([1_500, 200_000]);
		expect(pollWaitMs(1_000_000, 2)).toBe(30_000);
	});
});
