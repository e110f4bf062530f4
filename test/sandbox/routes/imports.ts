import { isAddress } from '../address';
import { json, type ApiResponse } from '../apiResponse';
import type { ImportRefusal } from '../account';
import { isRecord } from '../../guards';
import type { Call, Route } from '../router';

const MAX_CONTACTS = 250;
const MAX_BYTES = 399_999;
const NOT_VALID =
	'JSON payload did not pass validation. Please fix failure Reasons and retry. The import was not queued for processing.';

function refused(message: string, failureReasons: unknown[]): ApiResponse {
	return json(400, { success: 0, message, failureReasons });
}

/** Why the account refuses the whole batch: the bad contacts, by their place counted from 1. */
function failuresOf(
	contacts: unknown[],
	refusals: ImportRefusal[],
): Array<{ contact: number; failureReason: string }> {
	return contacts.flatMap((contact, index) => {
		const failureReason = failureOf(contact, refusals);
		return failureReason === undefined ? [] : [{ contact: index + 1, failureReason }];
	});
}

function failureOf(contact: unknown, refusals: ImportRefusal[]): string | undefined {
	if (!isRecord(contact)) return 'Contact is not an object';
	if (!isAddress(contact.email)) return 'Field ‘email’ incorrect format';
	if (
		Array.isArray(contact.tags) &&
		contact.tags.some((tag) => typeof tag !== 'string' || tag.includes(','))
	) {
		return 'Field ‘tags’ incorrect format';
	}
	return refusals.find(({ predicate }) => predicate(contact))?.reason;
}

/** POST /import/bulk_import: accepted as a whole or refused as a whole. */
function bulkImport({ account, settings, importLimit, body, bytes, nowMs }: Call): ApiResponse {
	const contacts = isRecord(body) && Array.isArray(body.contacts) ? body.contacts : [];
	if (!importLimit.admit(nowMs, settings.importsPerMinute, contacts.length)) {
		return refused('Rate limit exceeded.', [
			'Up to 100 imports may be requested per minute. Please batch contacts into larger requests, or retry this request in a minute.',
		]);
	}
	if (bytes > MAX_BYTES) return refused(NOT_VALID, ['The request must be smaller than 400000 bytes.']);
	if (contacts.length === 0) return refused(NOT_VALID, ["'contacts' is a required field."]);
	if (contacts.length > MAX_CONTACTS)
		return refused(NOT_VALID, ['Up to 250 contacts may be imported at once.']);
	const failures = failuresOf(contacts, account.importRefusals);
	if (failures.length > 0)
		return refused(NOT_VALID, settings.importNames === 'all' ? failures : failures.slice(0, 1));
	const exclude = isRecord(body) && [true, 1, '1'].some((yes) => yes === body.exclude_automations);
	const batch = account.acceptImport(contacts.filter(isRecord), exclude);
	const success = { lowerCaseKey: { success: 1 }, capitalKey: { Success: 1 }, word: { success: 'Success' } };
	return {
		...json(200, {
			...success[settings.importSuccess],
			queued_contacts: batch.contacts.length,
			batchId: batch.batchId,
			message: 'Contact import queued',
		}),
		contentType: 'text/html; charset=UTF-8',
	};
}

function importInfo({ account, query }: Call): ApiResponse {
	const batchId = query.get('batchId');
	if (!batchId) return json(400, { success: 0, message: "'batchId' is a required field." });
	return json(200, account.importStatus(batchId));
}

export const importRoutes: Route[] = [
	{ method: 'POST', path: '/import/bulk_import', permission: 'imports', handle: bulkImport },
	{ method: 'GET', path: '/import/info', permission: 'imports', handle: importInfo },
];
