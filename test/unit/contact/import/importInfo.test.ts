import {
	isComplete,
	pollWaitMs,
	readImportInfo,
	readQueued,
	entriesWithUnknownResult,
} from '../../../../nodes/ActiveCampaignSync/contact/import/importInfo';
import { entriesOf } from '../importEntriesOf';

describe('the answer to an import', () => {
	it.each([
		[{ success: 1, queued_contacts: 250, batchId: 'b-1', message: 'Contact import queued' }],
		[{ Success: 1, queued_contacts: 250, batchId: 'b-1' }],
		[{ success: 'Success', queued_contacts: '250', batchId: 'b-1' }],
		[{ queued_contacts: 250, batchId: 'b-1' }],
	])('%j tells the batch and how many of it are queued', (body) => {
		expect(readQueued(body)).toEqual({ batchId: 'b-1', queued: 250 });
	});

	it('may leave out how many are queued, which is not the same as none', () => {
		expect(readQueued({ success: 1, batchId: 'b-1' })).toEqual({ batchId: 'b-1' });
		for (const queued_contacts of ['many', '2 of 3', 'over 250', -1]) {
			expect(readQueued({ success: 1, batchId: 'b-1', queued_contacts })).toEqual({ batchId: 'b-1' });
		}
		expect(readQueued({ success: 1, batchId: 'b-1', queued_contacts: 0 })).toEqual({
			batchId: 'b-1',
			queued: 0,
		});
	});

	it('may say that the batch was taken and give no batch id', () => {
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
	])('%j tells nothing of a batch that was taken', (body) => expect(readQueued(body)).toBeUndefined());
});

describe('the info of an import', () => {
	it.each([
		[false, 'underWay'],
		['waiting', 'underWay'],
		['claimed', 'underWay'],
		['active', 'underWay'],
		[undefined, 'underWay'],
		['something new', 'underWay'],
		['completed', 'completed'],
		['Completed', 'completed'],
		['failed', 'broken'],
		['interrupted', 'broken'],
	])('with the status %j is %s', (status, state) => {
		expect(readImportInfo({ status, success: [], failure: [] }).state).toBe(state);
	});

	it('holds ids as texts, each once, and addresses without regard to case', () => {
		const info = readImportInfo({
			status: 'completed',
			success: ['12', 13, '12', '', null],
			failure: ['ADA@Example.com', ' bo@example.com', {}],
		});
		expect(info.importedIds).toEqual(new Set(['12', '13']));
		expect(info.failedEmails).toEqual(new Set(['ada@example.com', 'bo@example.com']));
	});

	it.each([[{}], [{ success: null, failure: 'none' }], [{ success: {}, failure: 3 }]])(
		'%j names nobody',
		(body) => {
			const { importedIds, failedEmails } = readImportInfo(body);
			expect([importedIds.size, failedEmails.size]).toEqual([0, 0]);
		},
	);

	it('names all when imported and failed contacts are as many as were queued', () => {
		const info = readImportInfo({ success: ['1', '2'], failure: ['ada@example.com'] });
		expect([2, 3, 4].map((queued) => isComplete(info, queued))).toEqual([true, true, false]);
	});
});

describe('contacts of which the info does not tell what became of them', () => {
	const batch = entriesOf('ada@example.com', 'Bo@example.com', 'cy@example.com');
	const [ada, , cy] = batch;

	it('are none when all are imported, or failed by name', () => {
		expect(entriesWithUnknownResult(batch, readImportInfo({ success: ['1', '2', '3'] }))).toEqual([]);
		const twoImported = readImportInfo({ success: ['1', '2'], failure: ['bo@EXAMPLE.com'] });
		expect(entriesWithUnknownResult(batch, twoImported)).toEqual([]);
	});

	it('are all that did not fail by name when fewer are imported', () => {
		expect(entriesWithUnknownResult(batch, readImportInfo({ success: ['1', '2'] }))).toEqual(batch);
		expect(
			entriesWithUnknownResult(batch, readImportInfo({ success: ['1'], failure: ['bo@example.com'] })),
		).toEqual([ada, cy]);
	});
});

describe('the wait before a look', () => {
	it('is short at first, grows, and ends at half a minute', () => {
		const waits = Array.from({ length: 12 }, (_, looks) => pollWaitMs(looks));
		expect(waits.slice(0, 3)).toEqual([1_500, 2_250, 3_375]);
		expect(waits).toEqual([...waits].sort((one, other) => one - other));
		expect(waits.at(-1)).toBe(30_000);
		expect(pollWaitMs(1_000_000)).toBe(30_000);
	});

	it('ends at one look a second for all of many batches, and is as short for them at first', () => {
		expect([0, 1_000_000].map((looks) => pollWaitMs(looks, 40))).toEqual([1_500, 40_000]);
		expect([0, 1_000_000].map((looks) => pollWaitMs(looks, 200))).toEqual([1_500, 200_000]);
		expect(pollWaitMs(1_000_000, 2)).toBe(30_000);
	});
});
