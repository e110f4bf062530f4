import {
	TOO_LARGE,
	toRawResponse,
	withBody,
	withoutToken,
} from '../../../nodes/ActiveCampaignSync/account/send';

const TOKEN = 'a1b2c3d4'.repeat(9);
const LOGIN_PAGE = '<!DOCTYPE html><html><body>Log in to ActiveCampaign</body></html>';

describe('the body that n8n returns', () => {
	it('is parsed whatever its content type', () => {
		const headers = { 'content-type': 'text/html; charset=UTF-8' };
		expect(toRawResponse({ statusCode: 200, headers, body: '{"success":1}' })).toEqual({
			statusCode: 200,
			headers,
			body: { success: 1 },
		});
		expect(toRawResponse({ statusCode: 200, headers, body: LOGIN_PAGE }).body).toBe(LOGIN_PAGE);
	});

	it.each([undefined, null, 'text', 7, [], {}])(
		'counts as an empty response where it is something else: %j',
		(value) => {
			expect(toRawResponse(value)).toEqual({ statusCode: 200, headers: {}, body: undefined });
		},
	);
});

describe('a body that is still a stream', () => {
	const never = new AbortController().signal;
	const read = async (body: AsyncIterable<unknown>, deadline = never) =>
		toRawResponse(await withBody({ statusCode: 200, headers: {}, body }, deadline)).body;
	async function* chunks(...parts: Array<Uint8Array | string>) {
		for (const part of parts)
			yield await Promise.resolve(typeof part === 'string' ? Buffer.from(part) : part);
	}

	it('is read as JSON, even if a letter is cut in two by its chunks', async () => {
		const bytes = Buffer.from('{"contact":{"firstName":"Zoë"}}');
		const cut = bytes.indexOf(0xc3) + 1;
		const body = chunks(bytes.subarray(0, cut), bytes.subarray(cut));
		expect(await read(body)).toEqual({ contact: { firstName: 'Zoë' } });
	});

	it('is left after ten million bytes, closed, and called too large', async () => {
		let count = 0;
		let isClosed = false;
		async function* endless() {
			try {
				for (;;) {
					count += 1;
					yield await Promise.resolve(Buffer.alloc(1_000_000));
				}
			} finally {
				isClosed = true;
			}
		}
		expect(await read(endless())).toBe(TOO_LARGE);
		expect([count, isClosed]).toEqual([11, true]);
	});

	it('is left at the deadline', async () => {
		const body = chunks('{"contact":', '{}}');
		expect(await read(body, AbortSignal.abort())).toBe('');
	});

	it('is not data if its JSON is nested too deep', async () => {
		const nested = `${'[{"a":'.repeat(2_500)}1${'}]'.repeat(2_500)}`;
		for (const text of [`{"contact":${nested}}`, nested]) {
			expect(await read(chunks(text))).toBe('[nested too deep]');
		}
	});
});

describe('a response that echoes the token', () => {
	it('is returned without the token, wherever it stands', () => {
		const response = {
			message: `Header Api-Token: ${TOKEN}, ${TOKEN}`,
			errors: [{ title: 'No', source: { pointer: TOKEN } }, `x${TOKEN}y`],
			[`key ${TOKEN}`]: { id: 1 },
		};
		const clean = withoutToken(response, TOKEN);
		expect(JSON.stringify(clean)).not.toContain(TOKEN);
		expect(clean).toEqual({
			message: 'Header Api-Token: [API key], [API key]',
			errors: [{ title: 'No', source: { pointer: '[API key]' } }, 'x[API key]y'],
			'key [API key]': { id: 1 },
		});
		expect(JSON.stringify(response)).toContain(TOKEN);
	});

	it('is returned unchanged but for the token', () => {
		expect(withoutToken({ [TOKEN]: 1 }, TOKEN)).toEqual({ '[API key]': 1 });
		expect(withoutToken([1, TOKEN, null], TOKEN)).toEqual([1, '[API key]', null]);
		expect(withoutToken('a b1c2d3e4', 'b1c2d3e4')).toBe('a [API key]');
	});

	it('keeps the text around the token', () => {
		const contact = { id: '1', fields: [null, true, 7] };
		const clean = withoutToken({ contact, message: TOKEN }, TOKEN);
		expect(clean).toHaveProperty('contact', contact);
	});
});

describe('any other response', () => {
	it.each([{ contact: { id: '1', lists: [{ id: '2' }] } }, [1, 2], 'text', 7, null, undefined, true])(
		'is returned untouched: %j',
		(response) => {
			expect(withoutToken(response, TOKEN)).toBe(response);
		},
	);

	it('is not changed when a common word was entered as the token', () => {
		const response = { contact: { id: '1' }, message: 'contact' };
		expect(withoutToken(response, 'contact')).toBe(response);
		expect(withoutToken(response, '')).toBe(response);
	});
});
