import fc from 'fast-check';

import {
	importBody,
	isTooLarge,
	newEntry,
	toBatches,
	toImportContact,
	type ImportEntry,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importBatches';
import { sized } from '../../../size';
import { manyEntries } from './importEntriesOf';

const MAX_BYTES = 399_999;

/** The size of a request with these contacts, as it goes over the wire. */
const sizeOf = (entries: readonly ImportEntry[], excludeAutomations = false) =>
	Buffer.byteLength(JSON.stringify(importBody(entries, excludeAutomations)));

/** An entry that, alone in a request, makes that many bytes. */
function entryOf(bytes: number, excludeAutomations = false): ImportEntry {
	const entry = (phone: string) => newEntry({ email: 'a@example.com', phone }, [0]);
	return entry('x'.repeat(bytes - sizeOf([entry('')], excludeAutomations)));
}

describe('the body of an import request', () => {
	it('contains exclude_automations at its top level, only if automations are excluded', () => {
		const [one, other] = manyEntries(2);
		if (!one || !other) throw new Error('Two entries were made');
		const contacts = [{ email: 'p0@example.com' }, { email: 'p1@example.com' }];
		expect(importBody([one, other], true)).toEqual({ contacts, exclude_automations: true });
		expect(importBody([one, other], false)).toEqual({ contacts });
	});
});

describe('the batches of contacts', () => {
	it('are an empty list when there are no contacts', () => {
		expect(toBatches([], false)).toEqual([]);
	});

	it.each([
		[250, [250]],
		[251, [250, 1]],
		[10_000, Array.from({ length: 40 }, () => 250)],
	])('of %d small contacts hold 250 at most, in order', (count, sizes) => {
		const entries = manyEntries(count);
		const batches = toBatches(entries, false);
		expect(batches.map((batch) => batch.length)).toEqual(sizes);
		expect(batches.flat()).toEqual(entries);
	});

	it.each([true, false])(
		'contain a contact as large as the limit, but not a larger one (automations excluded: %j)',
		(excludes) => {
			const fits = entryOf(MAX_BYTES, excludes);
			const above = entryOf(MAX_BYTES + 1, excludes);
			const [first, last] = manyEntries(2);
			if (!first || !last) throw new Error('Two entries were made');
			expect(sizeOf([fits], excludes)).toBe(MAX_BYTES);
			expect([fits, above].map((one) => isTooLarge(one, excludes))).toEqual([false, true]);
			expect(toBatches([first, fits, last], excludes)).toEqual([[first], [fits], [last]]);
		},
	);

	it('are filled up to the last byte', () => {
		const [small, another] = manyEntries(2);
		if (!small || !another) throw new Error('Two entries were made');
		const room = MAX_BYTES - (sizeOf([small]) - sizeOf([])) - 1;
		const sizes = (entries: ImportEntry[]) => toBatches(entries, false).map((batch) => batch.length);
		expect(sizeOf([small, entryOf(room)])).toBe(MAX_BYTES);
		expect(sizes([small, entryOf(room), another])).toEqual([2, 1]);
		expect(sizes([small, entryOf(room + 1), another])).toEqual([1, 1, 1]);
	});

	it('never exceed a limit, contain each contact in order, and are no smaller than needed', () => {
		// What is one character and one to six bytes of JSON each: letters, quotes, controls, emoji, half a surrogate pair.
		const character = fc.constantFrom('x', '"', '\\', '\n', '\u0001', 'é', '漢', '😀', '\ud83d');
		const value = fc
			.tuple(character, fc.oneof(fc.nat(400), fc.nat(40_000), fc.nat(200_000)))
			.map(([text, times]) => text.repeat(times));
		const entry = value.map((phone) => newEntry({ email: 'a@example.com', phone }, [0]));
		const crowd = fc.nat(300).map((count) => manyEntries(count));
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						entry.map((one) => [one]),
						crowd,
					),
					{ maxLength: 8 },
				),
				fc.boolean(),
				(groups, excludes) => {
					const fits = (one: ImportEntry) => sizeOf([one], excludes) <= MAX_BYTES;
					for (const one of groups.flat()) expect(isTooLarge(one, excludes)).toBe(!fits(one));
					const entries = groups.flat().filter(fits);
					const batches = toBatches(entries, excludes);
					for (const batch of batches) {
						expect(batch.length).toBeGreaterThan(0);
						expect(batch.length).toBeLessThanOrEqual(250);
						expect(sizeOf(batch, excludes)).toBeLessThanOrEqual(MAX_BYTES);
					}
					expect(batches.flat()).toEqual(entries);
					batches.slice(1).forEach(([next], index) => {
						const joined = [...(batches[index] ?? []), ...(next ? [next] : [])];
						expect(joined.length > 250 || sizeOf(joined, excludes) > MAX_BYTES).toBe(true);
					});
				},
			),
			{ numRuns: sized(15, 60) },
		);
	});
});

const plan = (fields: Record<string, string> = {}) => ({
	email: 'ada@example.com',
	fields: new Map(Object.entries(fields)),
});

describe('a contact in an import request', () => {
	it('is in snake_case, with tags by name, field ids as numbers and lists by id', () => {
		const contact = toImportContact(
			plan({
				firstName: 'Ada',
				lastName: 'King',
				phone: '+49 30 1',
				'7': '||a||b||',
				'12': '2026-12-31',
			}),
			['VIP', 'Lead'],
			new Map([
				['401', 'subscribe'],
				['402', 'unsubscribe'],
				['403', 'subscribe'],
			]),
		);
		expect(contact).toEqual({
			email: 'ada@example.com',
			first_name: 'Ada',
			last_name: 'King',
			phone: '+49 30 1',
			tags: ['VIP', 'Lead'],
			fields: [
				{ id: 7, value: '||a||b||' },
				{ id: 12, value: '2026-12-31' },
			],
			subscribe: [{ listid: '401' }, { listid: '403' }],
			unsubscribe: [{ listid: '402' }],
		});
	});

	it('has its company by name', () => {
		expect(toImportContact(plan(), [], new Map(), 'Acme')).toEqual({
			email: 'ada@example.com',
			customer_acct_name: 'Acme',
		});
	});

	it('has no keys for what was not requested', () => {
		expect(toImportContact(plan(), [], new Map())).toEqual({ email: 'ada@example.com' });
	});

	it('leaves out what the plan clears, since an import cannot clear', () => {
		const cleared = plan({ firstName: '', lastName: 'King', '7': '', '8': '0' });

		const contact = toImportContact(cleared, [], new Map());

		expect(contact).toEqual({
			email: 'ada@example.com',
			last_name: 'King',
			fields: [{ id: 8, value: '0' }],
		});
	});
});
