import {
	newEntry,
	type ImportEntry,
} from '../../../../nodes/ActiveCampaignSync/operations/syncContactsInBulk/importBatches';

/** One entry for each address, each standing for the item of its place. */
export function entriesOf(...emails: string[]): ImportEntry[] {
	return emails.map((email, index) => newEntry({ email }, [index]));
}

/** That many entries: p0@example.com, p1@example.com, … */
export function manyEntries(count: number): ImportEntry[] {
	return entriesOf(...Array.from({ length: count }, (_, index) => `p${index}@example.com`));
}
