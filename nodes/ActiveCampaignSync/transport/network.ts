import { AccountFailure, WHERE_TO_FIND_CREDENTIAL } from '../shared/failure';
import { isObject, textOf, type JsonObject } from '../shared/json';
import type { RetryReason } from './retry';

/** What came instead of an answer, read off whatever n8n's HTTP helper threw. */
export interface NetworkFault {
	/** Why another try may help; undefined when it will not. */
	readonly reason?: RetryReason;
	readonly failure: AccountFailure;
}

const NO_CONNECTION = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ENETDOWN']);
const NAME_UNKNOWN = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME']);
const CONNECTION_CUT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET']);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT']);
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;
const NO_SECURE_CONNECTION = /ERR_TLS|ERR_SSL|EPROTO/;

/** How deep helpers wrap: NodeApiError around AxiosError around a system fault. */
const MAX_CAUSE_DEPTH = 6;

/**
 * Reads a thrown network fault. Only codes and own words go into messages: what was thrown may hold the whole request,
 * its token included, and is neither kept nor quoted.
 */
export function readNetworkFault(thrown: unknown, host: string): NetworkFault {
	const chain = causes(thrown);
	const codes = chain.flatMap((cause) => [textOf(cause['code']), textOf(cause['httpCode'])]).filter(Boolean);
	const words = chain.map((cause) => textOf(cause['message'])).join(' ');
	const has = (known: ReadonlySet<string>) => codes.some((code) => known.has(code));
	// The credential refuses to sign what must not be sent; n8n wraps what it throws.
	const refusal = chain.find((cause) => cause instanceof AccountFailure);
	if (refusal) return { failure: refusal };
	if (has(NAME_UNKNOWN) || /ENOTFOUND/.test(words)) {
		return {
			reason: 'noConnection',
			failure: new AccountFailure(
				'wrongAccount',
				`The account name looks wrong: no host is called ${host}`,
				`Copy the URL of the account into 'Account Name' of the credential. ${WHERE_TO_FIND_CREDENTIAL}`,
			),
		};
	}
	if (codes.some((code) => CERTIFICATE.test(code)) || /certificate/i.test(words)) {
		return { failure: notSecure(`The certificate of ${host} cannot be trusted, so nothing was sent`) };
	}
	if (codes.some((code) => NO_SECURE_CONNECTION.test(code))) {
		return { failure: notSecure(`No secure connection to ${host} could be made, so nothing was sent`) };
	}
	if (has(TIMED_OUT) || /timed?[ -]?out/i.test(words)) {
		return { reason: 'noAnswer', failure: noAnswer(host, `${host} did not answer in time`) };
	}
	if (has(CONNECTION_CUT) || /socket hang up|aborted|closed unexpectedly|ECONNRESET/i.test(words)) {
		return {
			reason: 'noAnswer',
			failure: noAnswer(host, `The connection to ${host} was cut before it answered`),
		};
	}
	// No codes in here: n8n replaces a message that holds one by its own words.
	const isRefused = has(NO_CONNECTION) || /ECONNREFUSED/.test(words);
	return {
		reason: isRefused ? 'noConnection' : undefined,
		failure: new AccountFailure(
			'unreachable',
			`${host} cannot be reached${isRefused ? ': no connection could be made' : ''}`,
			'Check the account name in the credential, and that this n8n may connect to the internet',
		),
	};
}

function notSecure(message: string): AccountFailure {
	return new AccountFailure(
		'unreachable',
		message,
		'Check the account name in the credential, and with your n8n admin whether there is a proxy in between',
	);
}

function noAnswer(host: string, message: string): AccountFailure {
	return new AccountFailure(
		'unavailable',
		message,
		`Run the item again in a few minutes. If this stays, check that this n8n can reach ${host}`,
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
