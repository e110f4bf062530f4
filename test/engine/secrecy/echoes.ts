import type { Fault } from '../../sandbox';

/** An account that shows a text it was sent: in each shape of a failure, and in what looks like success. */
export function echoesOf(text: string): Record<string, Fault> {
	const row = {
		id: '1',
		title: text,
		name: text,
		tag: text,
		perstag: text,
		type: text,
		list: '1',
		status: '1',
	};
	const rows = [row, { ...row, id: text, field: text, value: text, label: text }];
	const said = `The header Api-Token: ${text} is not right`;

	return {
		message: { status: 400, body: { message: said, [text]: text } },
		errors: {
			status: 422,
			body: { errors: [{ title: said, detail: text, code: text, source: { pointer: `/data/${text}` } }] },
		},
		errorsText: { status: 400, body: { errors: text } },
		error: { status: 403, body: { error: text } },
		notFound: { status: 404, body: { message: `No Result found for Subscriber with id ${text}` } },
		payment: { status: 402, body: { message: said } },
		failureReasons: {
			status: 400,
			body: { success: 0, message: text, failureReasons: [{ contact: 1, failureReason: said }, text] },
		},
		// Long waits, so that there are few tries.
		cloudflare: { status: 502, body: { title: text, detail: said, retryable: true, retry_after: 50 } },
		rateLimit: { status: 429, body: { message: said }, headers: { 'Retry-After': '200', 'X-Token': text } },
		page: { status: 500, text: `<html><body>${said}</body></html>`, headers: { 'Retry-After': '50' } },
		text: { status: 200, text: text, contentType: 'text/plain' },
		loginPage: { status: 200, text: `<html>${said}<input type="password" value="${text}"></html>` },
		header: { status: 200, headers: { 'X-Ac-Error': said, 'Set-Cookie': text }, contentType: null },
		success: {
			status: 200,
			body: {
				contact: { ...row, email: text, firstName: text, lastName: said, phone: text, [text]: text },
				fieldValues: rows,
				fields: rows,
				fieldOptions: rows,
				lists: rows,
				tags: rows,
				tag: row,
				automations: rows,
				contacts: [{ ...row, email: text }],
				contactLists: rows,
				contactTags: rows,
				contactAutomations: rows,
				accounts: rows,
				account: row,
				accountContacts: rows,
				accountContact: row,
				notes: [{ ...row, note: text }],
				note: { ...row, note: text },
				user: { id: text, username: text },
				meta: { total: '2' },
				success: 1,
				batchId: text,
				queued_contacts: 2,
				message: said,
				status: 'completed',
				failure: [text],
			},
		},
	};
}
