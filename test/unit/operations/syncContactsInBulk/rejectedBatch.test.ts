import fc from 'fast-check';

import { AccountFailure, type FailureDetails } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import type { ImportEntry } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importBatches';
import {
	isRefusal,
	refusedWithAll,
	splitRejectedBatch,
	spreadSample,
	unknownOutcome,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/rejectedBatch';
import type { ImportOutcome } from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importResult';
import { sized } from '../../../size';
import { entriesOf, manyEntries } from './importEntriesOf';

const rejected = (details: FailureDetails = {}) =>
	new AccountFailure('rejected', 'The batch was not accepted', 'Correct it', { httpCode: '400', ...details });
const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const naming = (...reasons: Array<[number, string]>) => rejected({ contactReasons: new Map(reasons) });
const lost = new AccountFailure('unavailable', 'The connection was cut', 'Run it again', {
	outcomeUnknown: true,
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
				outcome: 'refused',
				reason:
					'ActiveCampaign did not accept the contact: Bad phone. Correct the contact and run the item again',
				failure: { kind: 'rejected', details: { httpCode: '400' } },
				isContactRefused: true,
			},
			{ outcome: 'refused', reason: textLike(/and gave no reason\. /), isContactRefused: true },
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
			results: new Map([
				[
					ada,
					{
						outcome: 'refused',
						reason: 'The batch was not accepted. Correct it',
						failure,
						isContactRefused: true,
					},
				],
			]),
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
			results: new Map(
				batch.map((entry) => [
					entry,
					{ outcome: 'refused', reason: 'The token may not import. Ask an admin', failure },
				]),
			),
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
			outcome: 'pending',
			reason:
				'The connection was cut. Run it again. The contact may have been imported even so: another import only updates it, but may trigger automations again',
			failure: { kind: 'unavailable', details: { outcomeUnknown: true } },
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

describe('a contact that was not tried alone, because all others were refused', () => {
	it('has the reason of the others, and is not refused itself', () => {
		const result = refusedWithAll(rejected());
		expect(result).toMatchObject({
			outcome: 'refused',
			reason: textLike(/^The batch was not accepted\. ActiveCampaign refused every batch this way/),
			failure: {
				kind: 'rejected',
				description: 'Correct what is named here, which probably concerns all items, and run them again',
				details: { httpCode: '400' },
			},
		});
		expect(result).not.toHaveProperty('isContactRefused');
	});
});

describe('a sample of a file', () => {
	it('is the whole file when that is not larger', () => {
		const entries = manyEntries(3);
		expect(spreadSample(entries, 3)).toEqual(entries);
		for (let count = 0; count <= 20; count += 1) {
			expect(spreadSample(manyEntries(count), 20)).toHaveLength(count);
		}
	});

	it('comes from all over the file', () => {
		const places = spreadSample(manyEntries(8_000), 20).map(({ itemIndexes }) => Number(itemIndexes[0]));
		expect(places).toHaveLength(20);
		for (const [index, place] of places.entries()) expect(Math.floor(place / 400)).toBe(index);
	});

	it('meets rows of each kind when kinds recur regularly, up to every tenth row', () => {
		for (let period = 2; period <= 10; period += 1) {
			const places = spreadSample(manyEntries(2_000), 40).map(({ itemIndexes }) => Number(itemIndexes[0]));
			expect(new Set(places.map((place) => place % period)).size).toBe(period);
		}
	});

	it('contains no entry twice, and at least half as many as were asked for', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 50 }), (count, size) => {
				const sample = spreadSample(manyEntries(count), size);
				expect(new Set(sample).size).toBe(sample.length);
				expect(sample.length).toBeLessThanOrEqual(size);
				expect(sample.length).toBeGreaterThanOrEqual(Math.min(count, size) / 2);
			}),
		);
	});
});

describe('submitting a batch and its parts to an account that refuses some contacts', () => {
	type Naming = 'all' | 'first' | 'nobody';

	/** Submits until nothing is left. */
	function sendAll(batch: ImportEntry[], bad: ReadonlySet<ImportEntry>, names: Naming) {
		const ends = new Map<ImportEntry, ImportOutcome | 'accepted'>();
		let requests = 0;
		const left: Array<readonly ImportEntry[]> = [batch];
		for (let part = left.shift(); part !== undefined; part = left.shift()) {
			requests += 1;
			const refusedAt = part.flatMap((entry, index) => (bad.has(entry) ? [index] : []));
			const end = (entry: ImportEntry, outcome: ImportOutcome | 'accepted') => {
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
			for (const [entry, { outcome }] of results) end(entry, outcome);
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
