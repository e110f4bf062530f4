/** What goes back to the client. `body` is sent as JSON, `text` as it is; neither means an empty body. */
export interface ApiResponse {
	status: number;
	body?: unknown;
	text?: string;
	headers?: Record<string, string>;
	/** application/json for `body`, text/html for `text`; null sends no content type at all. */
	contentType?: string | null;
}

export function json(status: number, body: unknown): ApiResponse {
	return { status, body };
}

/** `{"message":"No Result found for Subscriber with id 1"}`, with the vendor's inner name for the record. */
export function noResult(record: string, id: string): ApiResponse {
	return json(404, { message: `No Result found for ${record} with id ${id}` });
}

/** The response for link records whose other side is missing. */
export function notFound(detail: string): ApiResponse {
	return json(404, { errors: [{ status: 404, title: 'Not Found', detail }] });
}

export function missingAttribute(name: string): ApiResponse {
	const source = { pointer: `/data/attributes/${name}` };
	return json(422, { errors: [{ status: 422, title: 'Missing attribute', source }] });
}

/** 422 that points at an attribute of the request, with a code of its own. */
export function refusedAttribute(name: string, code: string, title: string): ApiResponse {
	const source = { pointer: `/data/attributes/${name}` };
	return json(422, { errors: [{ title, detail: '', code, source }] });
}

/** 422 `email_invalid`, as recorded for the sync. */
export function invalidEmail(): ApiResponse {
	return json(422, {
		errors: [
			{
				title: 'Contact Email Address is not valid.',
				detail: '',
				code: 'email_invalid',
				error: 'must_be_valid_email_address',
				source: { pointer: '/data/attributes/email' },
			},
		],
	});
}

/** 403 for a right the token's user lacks. The published description gives it as text/plain for `GET /lists`. */
export function forbidden(what: string): ApiResponse {
	const detail = `You do not have permission to view ${what}.`;
	return {
		...json(403, { errors: [{ status: 403, title: 'Forbidden', detail }] }),
		...(what === 'lists' ? { contentType: 'text/plain; charset=UTF-8' } : {}),
	};
}

/** A small page such as proxies and login screens send. */
export function page(status: number, title: string, headers?: Record<string, string>): ApiResponse {
	const text = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
	return { status, text, headers };
}

/** What is written to the wire: status, headers and bytes. */
export function onWire(response: ApiResponse): {
	status: number;
	headers: Record<string, string>;
	bytes: Buffer;
} {
	const bytes = Buffer.from(
		response.body === undefined ? (response.text ?? '') : JSON.stringify(response.body),
	);
	const byKind = response.body === undefined ? 'text/html; charset=UTF-8' : 'application/json';
	const contentType = response.contentType === undefined && bytes.length > 0 ? byKind : response.contentType;
	return {
		status: response.status,
		headers: {
			...(contentType ? { 'content-type': contentType } : {}),
			'content-length': String(bytes.length),
			...response.headers,
		},
		bytes,
	};
}
