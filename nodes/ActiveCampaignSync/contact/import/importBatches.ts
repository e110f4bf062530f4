import type { IDataObject } from 'n8n-workflow';

import type { ImportContact } from './importContact';

/** "Up to 250 contacts and 399,999 bytes a request." */
const MAX_CONTACTS = 250;
const MAX_BYTES = 399_999;

/** One contact to import, for one or more items of the same person. */
export interface ImportEntry {
	readonly contact: ImportContact;
	/** The items that this contact stands for, in order. */
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
	const frame = bytesOf(importBody([], excludeAutomations));
	const batches: ImportEntry[][] = [];
	const tooLarge: ImportEntry[] = [];
	let batch: ImportEntry[] = [];
	let bytes = frame;
	for (const entry of entries) {
		const size = bytesOf(entry.contact);
		if (frame + size > MAX_BYTES) {
			tooLarge.push(entry);
			continue;
		}
		const comma = batch.length > 0 ? 1 : 0;
		if (batch.length >= MAX_CONTACTS || bytes + comma + size > MAX_BYTES) {
			batches.push(batch);
			batch = [entry];
			bytes = frame + size;
		} else {
			batch.push(entry);
			bytes += comma + size;
		}
	}
	if (batch.length > 0) batches.push(batch);
	return { batches, tooLarge };
}

const encoder = new TextEncoder();

function bytesOf(value: IDataObject): number {
	return encoder.encode(JSON.stringify(value)).length;
}
