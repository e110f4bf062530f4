import type { Fault } from '../../sandbox';
import { TOKEN } from './token';

const row = {
	id: '1',
	title: TOKEN,
	name: TOKEN,
	tag: TOKEN,
	perstag: TOKEN,
	type: TOKEN,
	list: '1',
	status: '1',
};
const rows = [row, { ...row, id: TOKEN, field: TOKEN, value: TOKEN, label: TOKEN }];
const said = `The header Api-Token: ${TOKEN} is not right`;

/** An account that shows the token it was sent: in each shape of a failure, and in what looks like success. */
export const ECHOES: Record<string, Fault> = {
	message: { status: 400, body: { message: said, [TOKEN]: TOKEN } },
	errors: {
		status: 422,
		body: { errors: [{ title: said, detail: TOKEN, code: TOKEN, source: { pointer: `/data/${TOKEN}` } }] },
	},
	errorsText: { status: 400, body: { errors: TOKEN } },
	error: { status: 403, body: { error: TOKEN } },
	notFound: { status: 404, body: { message: `No Result found for Subscriber with id ${TOKEN}` } },
	payment: { status: 402, body: { message: said } },
	failureReasons: {
		status: 400,
		body: { success: 0, message: TOKEN, failureReasons: [{ contact: 1, failureReason: said }, TOKEN] },
	},
	cloudflare: { status: 502, body: { title: TOKEN, detail: said, retryable: true, retry_after: 1 } },
	// A long wait, so that there are few tries.
	rateLimit: { status: 429, body: { message: said }, headers: { 'Retry-After': '50', 'X-Token': TOKEN } },
	page: { status: 500, text: `<html><body>${said}</body></html>` },
	text: { status: 200, text: TOKEN, contentType: 'text/plain' },
	loginPage: { status: 200, text: `<html>${said}<input type="password" value="${TOKEN}"></html>` },
	header: { status: 200, headers: { 'X-Ac-Error': said, 'Set-Cookie': TOKEN }, contentType: null },
	success: {
		status: 200,
		body: {
			contact: { ...row, email: TOKEN, firstName: TOKEN, lastName: said, phone: TOKEN, [TOKEN]: TOKEN },
			fieldValues: rows,
			fields: rows,
			fieldOptions: rows,
			lists: rows,
			tags: rows,
			tag: row,
			automations: rows,
			contacts: [{ ...row, email: TOKEN }],
			contactLists: rows,
			contactTags: rows,
			contactAutomations: rows,
			user: { id: TOKEN, username: TOKEN },
			meta: { total: '2' },
			success: 1,
			batchId: TOKEN,
			queued_contacts: 2,
			message: said,
			status: 'completed',
			failure: [TOKEN],
		},
	},
};
