import { AccountFailure, WHERE_TO_FIND_CREDENTIAL } from '../shared/failure';
import { isObject, textOf, type JsonObject } from '../shared/json';
import type { FailedTry } from './retry';

const NO_CONNECTION = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ENETDOWN']);
const NAME_UNKNOWN = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME']);
const CONNECTION_CUT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET']);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT']);
/** Node's HTTP parser, its limit for headers included, and its decompression. */
const UNREADABLE = /^(HPE_|Z_|ERR_PADDING|ERR_BROTLI)/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;
const NO_SECURE_CONNECTION = /ERR_TLS|ERR_SSL|EPROTO/;

/** The code of a fault of Node or of its network, e.g. `ECONNRESET`. */
const FAULT_CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** How deep helpers wrap: NodeApiError around AxiosError around a system fault. */
const MAX_CAUSE_DEPTH = 6;

/**
 * Reads a thrown network fault. Only codes and own words go into messages: what was thrown may contain the whole request,
 * its token included, and is neither kept nor quoted.
 * @param isKnownHost whether the account has responded before, so that its host exists and can be reached
 */
export function readNetworkFault(thrown: unknown, host: string, isKnownHost: boolean): FailedTry {
	const chain = causes(thrown);
	const codes = codesIn(chain);
	const words = chain.map((cause) => textOf(cause['message'])).join(' ');
	const has = (known: ReadonlySet<string>) => codes.some((code) => known.has(code));
	const matches = (known: RegExp) => codes.some((code) => known.test(code));
	// The credential refuses to sign what must not be sent; n8n wraps what it throws.
	const refusal = chain.find((cause) => cause instanceof AccountFailure);
	if (refusal) return { failure: refusal };
	if (has(NAME_UNKNOWN) || /ENOTFOUND/.test(words)) return unknownHost(host, isKnownHost);
	if (matches(UNREADABLE) || /^Parse Error|unexpected end of file|incorrect header check/im.test(words)) {
		return { reason: isKnownHost ? 'passing' : 'doubtful', failure: unreadable(host) };
	}
	if (matches(CERTIFICATE) || /certificate/i.test(words)) {
		return { failure: notSecure(`The certificate of ${host} cannot be trusted, so nothing was sent`) };
	}
	if (matches(NO_SECURE_CONNECTION)) {
		const failure = notSecure(`No secure connection to ${host} could be made, so nothing was sent`);
		return { reason: isKnownHost ? 'passing' : undefined, failure };
	}
	if (has(TIMED_OUT) || /timed?[ -]?out/i.test(words)) {
		return { reason: 'passing', failure: noResponse(host, `${host} did not respond in time`) };
	}
	if (has(CONNECTION_CUT) || /socket hang up|aborted|closed unexpectedly|ECONNRESET/i.test(words)) {
		return {
			reason: 'passing',
			failure: noResponse(host, `The connection to ${host} was cut before it responded`),
		};
	}
	// No codes in here: n8n replaces a message that contains one by its own words.
	if (has(NO_CONNECTION) || /ECONNREFUSED/.test(words)) {
		return {
			reason: 'passing',
			failure: unreachable(`${host} cannot be reached: no connection could be made`),
		};
	}
	// Something new: it passes if it is the network's, and it is not known how far the request came.
	if (isKnownHost) return { reason: 'passing', failure: unreadable(host) };
	return { failure: unreachable(`${host} cannot be reached`) };
}

/** The code in a thrown network fault, for the log; undefined if it has no code. */
export function faultCode(thrown: unknown): string | undefined {
	return codesIn(causes(thrown)).find((code) => FAULT_CODE.test(code));
}

function codesIn(chain: readonly JsonObject[]): string[] {
	return chain.flatMap((cause) => [textOf(cause['code']), textOf(cause['httpCode'])]).filter(Boolean);
}

function unknownHost(host: string, isKnownHost: boolean): FailedTry {
	if (isKnownHost) {
		return { reason: 'passing', failure: unreachable(`${host} cannot be reached: its name cannot be found`) };
	}
	return {
		reason: 'doubtful',
		failure: new AccountFailure(
			'wrongAccount',
			`The account name looks wrong: there is no host called ${host}`,
			`Copy the URL of the account into 'Account Name' of the credential. ${WHERE_TO_FIND_CREDENTIAL}`,
		),
	};
}

function unreachable(message: string): AccountFailure {
	return new AccountFailure(
		'unreachable',
		message,
		'Check the account name in the credential, and that this n8n can connect to the internet',
	);
}

function notSecure(message: string): AccountFailure {
	return new AccountFailure(
		'unreachable',
		message,
		'Check the account name in the credential, and with your n8n admin whether there is a proxy in between',
	);
}

function unreadable(host: string): AccountFailure {
	return new AccountFailure(
		'noData',
		`${host} returned an unexpected response, which could not be read`,
		`Run the item again in a few minutes. If this continues, check whether there is a proxy between this n8n and ${host}`,
		{ outcomeUnknown: true },
	);
}

function noResponse(host: string, message: string): AccountFailure {
	return new AccountFailure(
		'unavailable',
		message,
		`Run the item again in a few minutes. If this continues, check that this n8n can reach ${host}`,
		{ outcomeUnknown: true },
	);
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
