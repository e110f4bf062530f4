import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { AccountFailure, type FailureKind } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { accountBaseUrl } from '../../../nodes/ActiveCampaignSync/account/accountUrl';
import { withApiToken } from '../../../nodes/ActiveCampaignSync/account/authenticate';
import { readNetworkFault } from '../../../nodes/ActiveCampaignSync/account/network';
import type { RetryReason } from '../../../nodes/ActiveCampaignSync/account/retry';

const HOST = 'acme.api-us1.com';
const TOKEN = 'a1b2c3d4'.repeat(9);

const node: INode = {
	id: '1',
	name: 'ActiveCampaign Sync',
	type: 'n8n-nodes-activecampaign-sync.activeCampaignSync',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What axios throws: the request, token included, hangs on it. */
function axiosError(message: string, code?: string): Error {
	return Object.assign(new Error(message), {
		name: 'AxiosError',
		isAxiosError: true,
		code,
		config: { headers: { 'Api-Token': TOKEN }, url: `https://${HOST}/api/3/contact/sync` },
		request: { _header: `Api-Token: ${TOKEN}` },
	});
}

function isJson(value: unknown): value is JsonObject {
	return typeof value === 'object';
}

/** As n8n's helper throws it on. */
function wrapped(thrown: unknown): NodeApiError {
	return new NodeApiError(node, isJson(thrown) ? thrown : {});
}

const cut = [/was cut before it responded$/, /in a few minutes/] as const;
const late = [/did not respond in time$/, /in a few minutes/] as const;
const unreachable = [/cannot be reached: no connection could be made$/, /connect to the internet/] as const;
const notTrusted = [/^The certificate of acme.api-us1.com cannot be trusted/, /proxy/] as const;
const notSecure = [/^No secure connection to acme.api-us1.com/, /proxy/] as const;
const unreadable = [/returned an unexpected response, which could not be read$/, /in a few minutes/] as const;
const noHost = [
	/^The account name looks wrong: there is no host called acme.api-us1.com$/,
	/'Account Name'/,
] as const;

const FAULTS: Array<[string, string, RetryReason | undefined, FailureKind, readonly [RegExp, RegExp]]> = [
	['ENOTFOUND', `getaddrinfo ENOTFOUND ${HOST}`, 'doubtful', 'wrongAccount', noHost],
	['EAI_AGAIN', `getaddrinfo EAI_AGAIN ${HOST}`, 'passing', 'unreachable', unreachable],
	['ECONNREFUSED', 'connect ECONNREFUSED 203.0.113.7:443', 'passing', 'unreachable', unreachable],
	['EHOSTUNREACH', 'connect EHOSTUNREACH 203.0.113.7:443', 'passing', 'unreachable', unreachable],
	['ENETUNREACH', 'connect ENETUNREACH 203.0.113.7:443', 'passing', 'unreachable', unreachable],
	['ECONNRESET', 'read ECONNRESET', 'passing', 'unavailable', cut],
	['ECONNRESET', 'socket hang up', 'passing', 'unavailable', cut],
	['ECONNRESET', 'aborted', 'passing', 'unavailable', cut],
	['EPIPE', 'write EPIPE', 'passing', 'unavailable', cut],
	['ECONNABORTED', 'timeout of 20000ms exceeded', 'passing', 'unavailable', late],
	['ETIMEDOUT', 'connect ETIMEDOUT 203.0.113.7:443', 'passing', 'unavailable', late],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', undefined, 'unreachable', notTrusted],
	['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in chain', undefined, 'unreachable', notTrusted],
	['CERT_HAS_EXPIRED', 'certificate has expired', undefined, 'unreachable', notTrusted],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify it', undefined, 'unreachable', notTrusted],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		"Host does not match the cert's names",
		undefined,
		'unreachable',
		notTrusted,
	],
	['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'doubtful', 'noData', unreadable],
	['HPE_HEADER_OVERFLOW', 'Parse Error: Header overflow', 'doubtful', 'noData', unreadable],
	['Z_DATA_ERROR', 'incorrect header check', 'doubtful', 'noData', unreadable],
	['Z_BUF_ERROR', 'unexpected end of file', 'doubtful', 'noData', unreadable],
	['EPROTO', 'write EPROTO wrong version number', undefined, 'unreachable', notSecure],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', undefined, 'unreachable', notSecure],
];

describe('a network failure', () => {
	it.each(FAULTS)('%s (%s)', (code, message, reason, kind, [says, advises]) => {
		// As axios throws it, as n8n wraps it, and as a system fault deep inside.
		const thrown = [
			axiosError(message, code),
			wrapped(axiosError(message, code)),
			new Error('Request failed', { cause: new Error('Again', { cause: axiosError(message, code) }) }),
		];
		for (const one of thrown) {
			const fault = readNetworkFault(one, HOST, false);
			expect(fault.reason).toBe(reason);
			expect(fault.failure.kind).toBe(kind);
			expect(fault.failure.message).toMatch(says);
			expect(fault.failure.description).toMatch(advises);
		}
	});

	it('may have been carried out where a connection was made', () => {
		for (const [code, message, , , texts] of FAULTS) {
			const { failure } = readNetworkFault(axiosError(message, code), HOST, false);
			const isUnknown = [cut, late, unreadable].some((known) => known === texts);
			expect([code, failure.details.outcomeUnknown === true]).toEqual([code, isUnknown]);
		}
	});

	it('has no message with the token, a code that n8n would replace, or the thrown text', () => {
		for (const [code, message] of FAULTS) {
			const { failure } = readNetworkFault(axiosError(`${message} ${TOKEN}`, code), HOST, true);
			const text = `${failure.message} ${failure.description}`;
			expect(text).not.toContain(TOKEN);
			expect(text).not.toContain(code);
			expect(text).not.toMatch(/error|problem|failure|mistake/i);
			expect(JSON.stringify(failure)).not.toContain(TOKEN);
			expect(failure.cause).toBeUndefined();
		}
	});

	it.each([undefined, null, 'a text', 7, {}, new Error('Something'), { cause: { cause: {} } }])(
		'has a message also if it is unknown: %j',
		(thrown) => {
			const { failure, reason } = readNetworkFault(thrown, HOST, false);
			expect(reason).toBeUndefined();
			expect(failure.kind).toBe('unreachable');
			expect(failure.message).toBe(`${HOST} cannot be reached`);
			const known = readNetworkFault(thrown, HOST, true);
			expect([known.reason, known.failure.kind, known.failure.details.outcomeUnknown]).toEqual([
				'passing',
				'noData',
				true,
			]);
		},
	);

	it.each([
		{ httpCode: 'ECONNRESET' },
		{ errorResponse: { code: 'ECONNRESET' } },
		{ reason: { code: 'ECONNRESET' } },
		{ message: 'socket hang up' },
		{ message: 'The response was closed unexpectedly' },
		{ cause: { message: 'read ECONNRESET' } },
	])('is found wherever helpers put it: %j', (thrown) => {
		const { failure, reason } = readNetworkFault(thrown, HOST, false);
		expect([reason, failure.message]).toEqual([
			'passing',
			`The connection to ${HOST} was cut before it responded`,
		]);
	});

	it.each(['timeout of 20000ms exceeded', 'The request timed out', 'It timed-out', 'Time-out', 'a time out'])(
		'is recognized as a time-out by its message alone: %s',
		(message) => {
			const { failure, reason } = readNetworkFault({ message }, HOST, false);
			expect([reason, failure.message]).toEqual(['passing', `${HOST} did not respond in time`]);
		},
	);

	it('is read from an error that is its own cause', () => {
		const round: { cause?: unknown } = {};
		round.cause = { cause: round };
		expect(readNetworkFault(round, HOST, false).failure.kind).toBe('unreachable');
	});
});

describe('the host of an account that has responded before', () => {
	it.each([
		['ENOTFOUND', 'unreachable', /its name cannot be found$/],
		['EPROTO', 'unreachable', /^No secure connection/],
		['HPE_INVALID_CONSTANT', 'noData', /unexpected response/],
	])('is the right one, so that %s passes', (code, kind, message) => {
		const { failure, reason } = readNetworkFault(axiosError('It failed', code), HOST, true);
		expect([reason, failure.kind]).toEqual(['passing', kind]);
		expect(failure.message).toMatch(message);
		expect(failure.message).not.toContain('account name');
	});

	it('may still be impersonated, so that an untrusted certificate is final', () => {
		expect(readNetworkFault(axiosError('x', 'CERT_HAS_EXPIRED'), HOST, true).reason).toBeUndefined();
	});
});

describe('a request that the credential rejected', () => {
	it.each([
		() => withApiToken({ accountName: 'acme', apiToken: '' }, { url: '/fields' }),
		() => accountBaseUrl('not a name'),
	])('fails with its own message and is not retried', (refuse) => {
		const refusal = thrownBy(refuse);
		for (const thrown of [refusal, wrapped(refusal), new Error('No', { cause: refusal })]) {
			const { failure, reason } = readNetworkFault(thrown, HOST, true);
			expect(reason).toBeUndefined();
			expect(failure).toBe(refusal);
			expect(failure.description).toContain('credential');
		}
	});
});

function thrownBy(refuse: () => unknown): AccountFailure {
	try {
		refuse();
	} catch (thrown) {
		if (thrown instanceof AccountFailure) return thrown;
		throw thrown;
	}
	throw new Error('Nothing was thrown');
}
