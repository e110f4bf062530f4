import fc from 'fast-check';

import { AccountFailure, type FailureDetails } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import type { ImportEntry } from '../../../../nodes/ActiveCampaignSync/contact/import/importBatches';
import { splitRejectedBatch } from '../../../../nodes/ActiveCampaignSync/contact/import/rejectedBatch';
import type { ImportOutcome } from '../../../../nodes/ActiveCampaignSync/contact/import/importResult';
import { entriesOf, manyEntries } from '../importEntriesOf';

const rejected = (details: FailureDetails = {}) =>
	new AccountFailure('rejected', 'The batch was not accepted', 'Correct it', { httpCode: '400', ...details });
const naming = (...reasons: Array<[number, string]>) => rejected({ contactReasons: new Map(reasons) });

describe('a refused batch', () => {
	const batch = entriesOf('ada@example.com', 'bo@example.com', 'cy@example.com', 'di@example.com');
	const [ada, bo, cy, di] = batch;
	const emails = (parts: ReadonlyArray<readonly ImportEntry[]>) =>
		parts.map((part) => part.map(({ contact }) => contact.email.slice(0, 2)).join(' '));

	it('loses the contacts that are named, each with its reason, and the rest is sent again', () => {
		const { results, parts } = splitRejectedBatch(batch, naming([1, 'Bad phone'], [3, '']), true);
		expect(parts).toEqual([[ada, cy]]);
		expect([...results.keys()]).toEqual([bo, di]);
		expect([...results.values()].map(({ outcome, reason }) => [outcome, reason])).toEqual([
			['refused', expect.stringMatching(/did not accept the contact: Bad phone\. Correct/)],
			['refused', expect.stringMatching(/does not say why/)],
		]);
	});

	it('is done when all are named', () => {
		const all = naming([0, 'a'], [1, 'b'], [2, 'c'], [3, 'd']);
		expect(splitRejectedBatch(batch, all, true).parts).toEqual([]);
		expect(splitRejectedBatch(batch, all, false).results.size).toBe(4);
	});

	it('is halved where nobody is named, or somebody who is not in it', () => {
		expect(emails(splitRejectedBatch(batch, rejected(), true).parts)).toEqual(['ad bo', 'cy di']);
		expect(emails(splitRejectedBatch(batch, naming([4, 'x'], [250, 'y']), true).parts)).toEqual([
			'ad bo',
			'cy di',
		]);
		expect(emails(splitRejectedBatch(batch.slice(1), rejected(), true).parts)).toEqual(['bo cy', 'di']);
	});

	it('of one contact is the end of it, in the words of the refusal', () => {
		const { results, parts } = splitRejectedBatch(batch.slice(0, 1), rejected(), true);
		expect(parts).toEqual([]);
		expect([...results.values()]).toMatchObject([
			{ outcome: 'refused', reason: 'The batch was not accepted. Correct it' },
		]);
	});

	it('is not sent again when that is not worth it: named contacts have their reason, the others are told why', () => {
		const { results, parts } = splitRejectedBatch(batch, naming([2, 'Bad phone']), false);
		expect(parts).toEqual([]);
		expect(batch.map((entry) => results.get(entry)?.outcome)).toEqual(
			Array.from({ length: 4 }, () => 'refused'),
		);
		expect(cy && results.get(cy)?.reason).toMatch(/Bad phone/);
		expect(ada && results.get(ada)?.reason).toMatch(
			/a batch that held this contact.*\. Correct what is named here/,
		);
		const failures = batch.map((entry) => results.get(entry)?.failure);
		expect(failures).toMatchObject(batch.map(() => ({ kind: 'rejected', details: { httpCode: '400' } })));
	});
});

describe('a batch that did not get through', () => {
	const batch = manyEntries(3);

	it('is refused as a whole for what has nothing to do with its contacts', () => {
		const failure = new AccountFailure('forbidden', 'The token may not import', 'Ask an admin');
		const { results, parts } = splitRejectedBatch(batch, failure, true);
		expect(parts).toEqual([]);
		expect([...results.values()]).toEqual(
			batch.map(() => ({
				outcome: 'refused',
				reason: 'The token may not import. Ask an admin',
				failure,
			})),
		);
	});

	it('is not called refused when it may have been taken', () => {
		const failure = new AccountFailure('unavailable', 'The connection was cut', 'Run it again', {
			outcomeUnknown: true,
		});
		expect([...splitRejectedBatch(batch, failure, true).results.values()]).toEqual(
			batch.map(() => ({ outcome: 'pending', reason: 'The connection was cut. Run it again', failure })),
		);
	});
});

describe('mending, against an account that refuses some contacts', () => {
	type Naming = 'all' | 'first' | 'nobody';

	/** Sends and mends until nothing is left. */
	function sendAll(batch: ImportEntry[], bad: ReadonlySet<ImportEntry>, names: Naming) {
		const ends = new Map<ImportEntry, ImportOutcome | 'taken'>();
		let requests = 0;
		const left: Array<readonly ImportEntry[]> = [batch];
		for (let part = left.shift(); part !== undefined; part = left.shift()) {
			requests += 1;
			const refusedAt = part.flatMap((entry, index) => (bad.has(entry) ? [index] : []));
			const end = (entry: ImportEntry, outcome: ImportOutcome | 'taken') => {
				expect(ends.has(entry)).toBe(false);
				ends.set(entry, outcome);
			};
			if (refusedAt.length === 0) {
				for (const entry of part) end(entry, 'taken');
				continue;
			}
			const named = names === 'all' ? refusedAt : names === 'first' ? refusedAt.slice(0, 1) : [];
			const failure = naming(...named.map((index): [number, string] => [index, 'Bad']));
			const { results, parts } = splitRejectedBatch(part, failure, true);
			for (const [entry, { outcome }] of results) end(entry, outcome);
			left.unshift(...parts);
		}
		return { ends, requests };
	}

	it('ends with every good contact taken and every bad one refused, after a bounded number of requests', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 250 }),
				fc.array(fc.nat(249), { maxLength: 12 }),
				fc.constantFrom<Naming>('all', 'first', 'nobody'),
				(count, badAt, names) => {
					const batch = manyEntries(count);
					const bad = new Set(badAt.flatMap((index) => batch[index] ?? []));
					const { ends, requests } = sendAll(batch, bad, names);
					expect(ends.size).toBe(count);
					for (const entry of batch) expect(ends.get(entry)).toBe(bad.has(entry) ? 'refused' : 'taken');
					const most = { all: 2, first: 1 + bad.size, nobody: 1 + 2 * bad.size * Math.ceil(Math.log2(250)) };
					expect(requests).toBeLessThanOrEqual(most[names]);
				},
			),
		);
	});
});
