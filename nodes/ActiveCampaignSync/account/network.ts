import { AccountFailure } from '../shared/failure';
import { isObject, textOf, type JsonObject } from '../shared/json';

/** Why no response came, or none that could be read. */
export type NetworkFault =
	'unknownHost' | 'unreadable' | 'untrusted' | 'notSecure' | 'timedOut' | 'closed' | 'noConnection' | 'other';

/** How faults are recognized, the first one that fits: by a code, or by words where there is none. */
const FAULTS: ReadonlyArray<readonly [NetworkFault, codes: RegExp, words: RegExp]> = [
	['unknownHost', /^(ENOTFOUND|ENODATA|EAI_NONAME)$/, /ENOTFOUND/],
	// Node's HTTP parser, its limit for headers included, and its decompression.
	[
		'unreadable',
		/^(HPE_|Z_|ERR_PADDING|ERR_BROTLI)/,
		/^Parse Error|unexpected end of file|incorrect header check/im,
	],
	['untrusted', /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/, /certificate/i],
	['notSecure', /ERR_TLS|ERR_SSL|EPROTO/, /EPROTO/],
	['timedOut', /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|UND_ERR_HEADERS_TIMEOUT)$/, /timed?[ -]?out/i],
	[
		'closed',
		/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)$/,
		/socket hang up|aborted|closed unexpectedly|ECONNRESET/i,
	],
	['noConnection', /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENETDOWN)$/, /ECONNREFUSED/],
];

/** The code of a fault of Node or of its network, e.g. `ECONNRESET`. */
const FAULT_CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** How deep helpers wrap: NodeApiError around AxiosError around a system fault. */
const MAX_CAUSE_DEPTH = 6;

/** What kind of fault was thrown. The words are only looked at: they may contain the whole request, its token included. */
export function faultIn(thrown: unknown): NetworkFault {
	const chain = causes(thrown);
	const codes = codesIn(chain);
	const words = chain.map((cause) => textOf(cause['message'])).join(' ');
	const found = FAULTS.find(([, code, word]) => codes.some((one) => code.test(one)) || word.test(words));
	return found?.[0] ?? 'other';
}

/** Why the credential refused to sign the request, if it did: n8n wraps what it throws. */
export function refusalIn(thrown: unknown): AccountFailure | undefined {
	return causes(thrown).find((cause) => cause instanceof AccountFailure);
}

/** The code in a thrown network fault, for the log; undefined if it has no code. */
export function faultCode(thrown: unknown): string | undefined {
	return codesIn(causes(thrown)).find((code) => FAULT_CODE.test(code));
}

function codesIn(chain: readonly JsonObject[]): string[] {
	return chain.flatMap((cause) => [textOf(cause['code']), textOf(cause['httpCode'])]).filter(Boolean);
}

function causes(thrown: unknown): JsonObject[] {
	const found: JsonObject[] = [];
	let current = thrown;
	while (isObject(current) && found.length < MAX_CAUSE_DEPTH && !found.includes(current)) {
		found.push(current);
		current = current['cause'] ?? current['errorResponse'] ?? current['reason'];
	}
	return found;
}
