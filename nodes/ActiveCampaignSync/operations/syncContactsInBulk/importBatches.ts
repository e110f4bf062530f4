import type { IDataObject } from 'n8n-workflow';

import { customValuesOf, type ContactPlan } from '../../input/contactPlan';
import type { ListAction } from '../../steps/lists';

/** "Up to 250 contacts and 399,999 bytes a request." */
const MAX_CONTACTS_PER_BATCH = 250;
const MAX_BATCH_BYTES = 399_999;

type ImportContact = IDataObject & { readonly email: string };

/** One contact to import, for one or more items of the same person. */
export interface ImportEntry {
	readonly contact: ImportContact;
	/** The items that ask for this contact, in order. */
	readonly itemIndexes: readonly number[];
	/** What the contact takes up in a request. */
	readonly bytes: number;
}

/** Contacts of one request. */
export type Batch = readonly ImportEntry[];

/**
 * The contact of a plan, in the form of `POST /import/bulk_import`, which silently drops keys in camelCase. An import
 * cannot clear fields, so what the plan clears is not sent.
 * @param tags names of tags to add
 * @param lists what to do about which list, by the list's id
 * @param company its name, '' for none
 */
export function toImportContact(
	plan: Pick<ContactPlan, 'email' | 'fields'>,
	tags: readonly string[],
	lists: ReadonlyMap<string, ListAction>,
	company = '',
): ImportContact {
	const { email, fields } = plan;
	const custom = customValuesOf(plan);
	const listsTo = (wanted: ListAction) =>
		[...lists].filter(([, action]) => action === wanted).map(([listid]) => ({ listid }));
	// A request does not contain keys without a value.
	return {
		email,
		first_name: unlessEmpty(fields.get('firstName')),
		last_name: unlessEmpty(fields.get('lastName')),
		phone: unlessEmpty(fields.get('phone')),
		customer_acct_name: unlessEmpty(company),
		tags: unlessEmpty([...tags]),
		fields: unlessEmpty(custom.map(([id, value]) => ({ id: Number(id), value }))),
		subscribe: unlessEmpty(listsTo('subscribe')),
		unsubscribe: unlessEmpty(listsTo('unsubscribe')),
	};
}

function unlessEmpty<Value extends string | unknown[]>(value: Value | undefined): Value | undefined {
	return value?.length ? value : undefined;
}

export function newEntry(contact: ImportContact, itemIndexes: readonly number[]): ImportEntry {
	return { contact, itemIndexes, bytes: bytesOf(contact) };
}

/** The body of one import request. */
export function importBody(batch: Batch, excludeAutomations: boolean): IDataObject {
	return {
		contacts: batch.map(({ contact }) => contact),
		// The documentation shows it inside each contact; working clients send it here.
		...(excludeAutomations ? { exclude_automations: true } : {}),
	};
}

/** Whether a request with this contact alone would exceed the limit. */
export function isTooLarge({ bytes }: ImportEntry, excludeAutomations: boolean): boolean {
	return emptyBodyBytes(excludeAutomations) + bytes > MAX_BATCH_BYTES;
}

/**
 * Cuts contacts into batches, in order, each within the limits of one request in contacts and in bytes of UTF-8.
 * @param entries none of them too large
 */
export function toBatches(entries: readonly ImportEntry[], excludeAutomations: boolean): Batch[] {
	const batches: ImportEntry[][] = [];
	let batchBytes = 0;
	for (const entry of entries) {
		const batch = batches.at(-1);
		const bytesWithComma = batchBytes + 1 + entry.bytes;
		if (batch && batch.length < MAX_CONTACTS_PER_BATCH && bytesWithComma <= MAX_BATCH_BYTES) {
			batch.push(entry);
			batchBytes = bytesWithComma;
		} else {
			batches.push([entry]);
			batchBytes = emptyBodyBytes(excludeAutomations) + entry.bytes;
		}
	}
	return batches;
}

function emptyBodyBytes(excludeAutomations: boolean): number {
	return bytesOf(importBody([], excludeAutomations));
}

function bytesOf(value: IDataObject): number {
	return Buffer.byteLength(JSON.stringify(value));
}
