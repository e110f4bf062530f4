import type { IDataObject } from 'n8n-workflow';

import type { ImportContact } from './importContact';

/** "Up to 250 contacts and 399,999 bytes a request." */
const MAX_CONTACTS = 250;
const MAX_BYTES = 399_999;

/** One contact to import, for one or more items of the same person. */
export interface ImportEntry {
	readonly contact: ImportContact;
	/** The items that ask for this contact, in order. */
	readonly itemIndexes: readonly number[];
}

export interface Batches {
	readonly batches: ImportEntry[][];
	/** Contacts that alone are larger than a request may be. */
	readonly tooLarge: ImportEntry[];
}

/** The body of one import request. */
export function importBody(entries: readonly ImportEntry[], excludeAutomations: boolean): IDataObject {
	return {
		contacts: entries.map(({ contact }) => contact),
		// The documentation shows it inside each contact; working clients send it here.
		...(excludeAutomations ? { exclude_automations: true } : {}),
	};
}

/** Cuts contacts into batches, in order, each within the limits of one request in contacts and in bytes of UTF-8. */
export function toBatches(entries: readonly ImportEntry[], excludeAutomations: boolean): Batches {
	const cutter = new BatchBuilder(excludeAutomations);
	for (const entry of entries) cutter.add(entry);
	return cutter;
}

/** Does what `toBatches` does, one contact at a time: measuring many thousands at once would keep n8n silent. */
export class BatchBuilder implements Batches {
	readonly batches: ImportEntry[][] = [];
	readonly tooLarge: ImportEntry[] = [];

	private readonly frameBytes: number;
	private batchBytes = 0;

	constructor(excludeAutomations: boolean) {
		this.frameBytes = bytesOf(importBody([], excludeAutomations));
	}

	add(entry: ImportEntry): void {
		const bytes = bytesOf(entry.contact);
		if (this.frameBytes + bytes > MAX_BYTES) {
			this.tooLarge.push(entry);
			return;
		}
		const batch = this.batches.at(-1);
		const withComma = this.batchBytes + 1 + bytes;
		if (!batch || batch.length >= MAX_CONTACTS || withComma > MAX_BYTES) {
			this.batches.push([entry]);
			this.batchBytes = this.frameBytes + bytes;
		} else {
			batch.push(entry);
			this.batchBytes = withComma;
		}
	}
}

const encoder = new TextEncoder();

function bytesOf(value: IDataObject): number {
	return encoder.encode(JSON.stringify(value)).length;
}
