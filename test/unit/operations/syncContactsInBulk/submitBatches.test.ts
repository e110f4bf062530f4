import fc from 'fast-check';

import { AccountFailure, type FailureDetails } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import type { ImportEntry } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importBatches';
import type { ImportResult } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importResult';
import {
	isRefusal,
	parseQueued,
	splitRejectedBatch,
	unknownOutcome,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/submitBatches';
import { sized } from '../../../size';
import { entriesOf, manyEntries } from './importEntriesOf';

const rejected = (details: FailureDetails = {}) =>
	new AccountFailure('rejected', 'The batch was not accepted', 'Correct it', { httpCode: '400', ...details });
const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const naming = (...reasons: Array<[number, string]>) => rejected({ contactReasons: new Map(reasons) });
const lost = new AccountFailure('unavailable', 'The connection was cut', 'Run it again', {
	outcomeUnknown: true,
});

describe('the response to an import', () => {
	it.each([
		[{ success: 1, queued_contacts: 250, batchId: 'b-1', message: 'Contact import queued' }],
		[{ Success: 1, queued_contacts: 250, batchId: 'b-1' }],
		[{ success: 'Success', queued_contacts: '250', batchId: 'b-1' }],
		[{ queued_contacts: 250, batchId: 'b-1' }],
	])('%j contains the batch ID and how many contacts are queued', (body) => {
		expect(parseQueued(body)).toEqual({ batchId: 'b-1', queued: 250 });
	});

	it('may leave out how many contacts are queued, which is not the same as 0', () => {
		expect(parseQueued({ success: 1, batchId: 'b-1' })).toEqual({ batchId: 'b-1' });
		for (const queued_contacts of ['many', '2 of 3', 'over 250', -1]) {
			expect(parseQueued({ success: 1, batchId: 'b-1', queued_contacts })).toEqual({ batchId: 'b-1' });
		}
		expect(parseQueued({ success: 1, batchId: 'b-1', queued_contacts: 0 })).toEqual({
			batchId: 'b-1',
			queued: 0,
		});
	});

	it('may say that the batch was accepted without giving a batch ID', () => {
		expect(parseQueued({ success: 1, queued_contacts: 2 })).toEqual({ queued: 2 });
		expect(parseQueued({ Success: '1', batchId: '' })).toEqual({});
	});

	it.each([
		[{}],
		[{ success: 0, message: 'Try later' }],
		[{ batchId: null }],
		[{ success: 10 }],
		[{ success: 21 }],
		[{ success: 'No success' }],
		[{ batchId: ' ' }],
	])('%j does not say that the batch was accepted', (body) => expect(parseQueued(body)).toBeUndefined());
});

describe('a rejected batch', () => {
	const batch = entriesOf('ada@example.com', 'bo@example.com', 'cy@example.com', 'di@example.com');
	const [ada, bo, cy, di] = batch;
	const emails = (parts: ReadonlyArray<readonly ImportEntry[]>) =>
		parts.map((part) => part.map(({ contact }) => contact.email.slice(0, 2)).join(' '));

	it('loses the contacts that the refusal names, each with its reason, and the rest is submitted again', () => {
		const { results, parts, namesNoContact } = splitRejectedBatch(batch, naming([1, 'Bad phone'], [3, '']));
		expect(parts).toEqual([[ada, cy]]);
		expect(namesNoContact).toBe(false);
		expect([...results.keys()]).toEqual([bo, di]);
		expect([...results.values()]).toMatchObject([
			{
				action: 'refused',
				failure: {
					kind: 'rejected',
					message: 'ActiveCampaign did not accept the contact: Bad phone',
					description: 'Correct the contact and run the item again',
					details: { httpCode: '400' },
				},
				isContactRefused: true,
			},
			{ action: 'refused', failure: { message: textLike(/and gave no reason$/) }, isContactRefused: true },
		]);
	});

	it('is not submitted again when the refusal names all of its contacts', () => {
		const { results, parts } = splitRejectedBatch(batch, naming([0, 'a'], [1, 'b'], [2, 'c'], [3, 'd']));
		expect(parts).toEqual([]);
		expect(results.size).toBe(4);
	});

	it('is halved when the refusal names no contact, or only places outside of the batch', () => {
		for (const failure of [rejected(), naming([4, 'x'], [250, 'y'])]) {
			const { results, parts, namesNoContact } = splitRejectedBatch(batch, failure);
			expect(emails(parts)).toEqual(['ad bo', 'cy di']);
			expect([results.size, namesNoContact]).toEqual([0, true]);
		}
		expect(emails(splitRejectedBatch(batch.slice(1), rejected()).parts)).toEqual(['bo cy', 'di']);
	});

	it('of a single contact refuses this contact, with the reason of the refusal', () => {
		const failure = rejected();
		expect(splitRejectedBatch(batch.slice(0, 1), failure)).toEqual({
			results: new Map([[ada, { action: 'refused', failure, isContactRefused: true }]]),
			parts: [],
			namesNoContact: true,
		});
	});

	it('may be rejected for a record that does not exist, which is looked for in the same way', () => {
		const failure = new AccountFailure('notFound', 'No list with the ID 7', 'Pick it again');
		expect(emails(splitRejectedBatch(batch, failure).parts)).toEqual(['ad bo', 'cy di']);
	});
});

describe('a batch that failed for a reason that is not in its contacts', () => {
	const batch = manyEntries(3);

	it('fails as a whole, and none of its contacts counts as refused by the account', () => {
		const failure = new AccountFailure('forbidden', 'The token may not import', 'Ask an admin');
		expect(splitRejectedBatch(batch, failure)).toEqual({
			results: new Map(batch.map((entry) => [entry, { action: 'failed', failure }])),
			parts: [],
			namesNoContact: false,
		});
	});

	it('is pending when it may have been accepted', () => {
		const { results, parts } = splitRejectedBatch(batch, lost);
		expect(parts).toEqual([]);
		expect([...results.values()]).toEqual(batch.map(() => unknownOutcome(lost)));
	});
});

describe('a contact whose submission has an unknown outcome', () => {
	it('is pending, and its failure says what happened and what a repeat does', () => {
		expect(unknownOutcome(lost)).toMatchObject({
			action: 'pending',
			failure: {
				kind: 'unavailable',
				message: 'The connection was cut',
				description:
					'Run it again. The contact may have been imported anyway: another import only updates it, but may trigger automations again',
				details: { outcomeUnknown: true },
			},
		});
		expect(unknownOutcome(lost)).not.toHaveProperty('isContactRefused');
	});
});

describe('a failure', () => {
	it.each([
		['rejected', {}, true],
		['notFound', {}, true],
		['rejected', { outcomeUnknown: true }, false],
		['forbidden', {}, false],
		['unavailable', {}, false],
		['noData', {}, false],
	] as const)('of kind %s with %j is a refusal of contacts: %j', (kind, details, expected) => {
		expect(isRefusal(new AccountFailure(kind, 'a', 'b', details))).toBe(expected);
	});
});

describe('submitting a batch and its parts to an account that refuses some contacts', () => {
	type Outcome = ImportResult['action'];
	type Naming = 'all' | 'first' | 'nobody';

	/** Submits until nothing is left. */
	function sendAll(batch: ImportEntry[], bad: ReadonlySet<ImportEntry>, names: Naming) {
		const ends = new Map<ImportEntry, Outcome | 'accepted'>();
		let requests = 0;
		const left: Array<readonly ImportEntry[]> = [batch];
		for (let part = left.shift(); part !== undefined; part = left.shift()) {
			requests += 1;
			const refusedAt = part.flatMap((entry, index) => (bad.has(entry) ? [index] : []));
			const end = (entry: ImportEntry, outcome: Outcome | 'accepted') => {
				expect(ends.has(entry)).toBe(false);
				ends.set(entry, outcome);
			};
			if (refusedAt.length === 0) {
				for (const entry of part) end(entry, 'accepted');
				continue;
			}
			const named = names === 'all' ? refusedAt : names === 'first' ? refusedAt.slice(0, 1) : [];
			const failure = naming(...named.map((index): [number, string] => [index, 'Bad']));
			const { results, parts } = splitRejectedBatch(part, failure);
			for (const [entry, { action }] of results) end(entry, action);
			left.unshift(...parts);
		}
		return { ends, requests };
	}

	it('ends with each good contact accepted and each bad one refused, after a limited number of requests', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 250 }),
				fc.array(fc.nat(249), { maxLength: 250 }),
				fc.constantFrom<Naming>('all', 'first', 'nobody'),
				(count, badAt, names) => {
					const batch = manyEntries(count);
					const bad = new Set(badAt.flatMap((index) => batch[index] ?? []));
					const { ends, requests } = sendAll(batch, bad, names);
					expect(ends.size).toBe(count);
					for (const entry of batch) expect(ends.get(entry)).toBe(bad.has(entry) ? 'refused' : 'accepted');
					const max = {
						all: 2,
						first: 1 + bad.size,
						nobody: Math.min(1 + 2 * bad.size * Math.ceil(Math.log2(250)), 2 * count - 1),
					};
					expect(requests).toBeLessThanOrEqual(max[names]);
				},
			),
			{ numRuns: sized(40, 200) },
		);
	});
});
