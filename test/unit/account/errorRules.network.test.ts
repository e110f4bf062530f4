import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { AccountFailure, type FailureKind } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { accountBaseUrl } from '../../../nodes/ActiveCampaignSync/account/accountUrl';
import { withApiToken } from '../../../nodes/ActiveCampaignSync/account/authenticate';
import { readTry } from '../../../nodes/ActiveCampaignSync/account/errorRules';
import type { FailedTry, RetryReason } from '../../../nodes/ActiveCampaignSync/account/retry';
import { TRUST } from '../../../nodes/ActiveCampaignSync/account/tokenHistory';

/** What a fault means for a write to an account that has responded before, or has not. */
function readFault(thrown: unknown, isKnownHost: boolean, method: 'GET' | 'POST' = 'POST'): FailedTry {
	const purpose = { action: 'sync the contact', permission: 'edit contacts' };
	const request = { method, path: '/contact/sync', purpose, repeatable: 'always' as const };
	const trust = isKnownHost ? TRUST.host : TRUST.none;
	const result = readTry({ thrown }, { request, host: HOST, trust }, 0);
	if (result.failure) return result;
	throw new Error('It was taken as a success');
}

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

const cut = [/was closed before a response arrived$/, /in a few minutes/] as const;
const late = [/did not respond in time$/, /in a few minutes/] as const;
const unreachable = [/cannot be reached: no connection could be made$/, /connect to the internet/] as const;
const notTrusted = [/^The certificate of acme.api-us1.com cannot be trusted/, /proxy/] as const;
const notSecure = [/^No secure connection to acme.api-us1.com/, /proxy/] as const;
const unreadable = [/returned an unexpected response, which could not be read$/, /in a few minutes/] as const;
const noHost = [/^The API URL looks wrong: the host acme.api-us1.com does not exist$/, /'API URL'/] as const;

const FAULTS: Array<[string, string, RetryReason | undefined, FailureKind, readonly [RegExp, RegExp]]> = [
	['ENOTFOUND', `getaddrinfo ENOTFOUND ${HOST}`, 'maybeTransient', 'wrongAccount', noHost],
	['EAI_AGAIN', `getaddrinfo EAI_AGAIN ${HOST}`, 'transient', 'unreachable', unreachable],
	['ECONNREFUSED', 'connect ECONNREFUSED 203.0.113.7:443', 'transient', 'unreachable', unreachable],
	['EHOSTUNREACH', 'connect EHOSTUNREACH 203.0.113.7:443', 'transient', 'unreachable', unreachable],
	['ENETUNREACH', 'connect ENETUNREACH 203.0.113.7:443', 'transient', 'unreachable', unreachable],
	['ECONNRESET', 'read ECONNRESET', 'transient', 'unavailable', cut],
	['ECONNRESET', 'socket hang up', 'transient', 'unavailable', cut],
	['ECONNRESET', 'aborted', 'transient', 'unavailable', cut],
	['EPIPE', 'write EPIPE', 'transient', 'unavailable', cut],
	['ECONNABORTED', 'timeout of 20000ms exceeded', 'transient', 'unavailable', late],
	['ETIMEDOUT', 'connect ETIMEDOUT 203.0.113.7:443', 'transient', 'unavailable', late],
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
	['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'maybeTransient', 'noData', unreadable],
	['HPE_HEADER_OVERFLOW', 'Parse Error: Header overflow', 'maybeTransient', 'noData', unreadable],
	['Z_DATA_ERROR', 'incorrect header check', 'maybeTransient', 'noData', unreadable],
	['Z_BUF_ERROR', 'unexpected end of file', 'maybeTransient', 'noData', unreadable],
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
			const fault = readFault(one, false);
			expect(fault.reason).toBe(reason);
			expect(fault.failure.kind).toBe(kind);
			expect(fault.failure.message).toMatch(says);
			expect(fault.failure.description).toMatch(advises);
		}
	});

	it('may have been carried out where a connection was made', () => {
		for (const [code, message, , , texts] of FAULTS) {
			const { failure } = readFault(axiosError(message, code), false);
			const isUnknown = [cut, late, unreadable].some((known) => known === texts);
			expect([code, failure.details.outcomeUnknown === true]).toEqual([code, isUnknown]);
		}
	});

	it('has changed nothing where it met a read', () => {
		for (const [code, message] of FAULTS) {
			const { failure } = readFault(axiosError(message, code), true, 'GET');
			expect(failure.details.outcomeUnknown).toBeFalsy();
		}
	});

	it('has no message with the token, a code that n8n would replace, or the thrown text', () => {
		for (const [code, message] of FAULTS) {
			const { failure } = readFault(axiosError(`${message} ${TOKEN}`, code), true);
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
			const { failure, reason } = readFault(thrown, false);
			expect(reason).toBeUndefined();
			expect(failure.kind).toBe('unreachable');
			expect(failure.message).toBe(`${HOST} cannot be reached`);
			const known = readFault(thrown, true);
			expect([known.reason, known.failure.kind, known.failure.details.outcomeUnknown]).toEqual([
				'transient',
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
		const { failure, reason } = readFault(thrown, false);
		expect([reason, failure.message]).toEqual([
			'transient',
			`The connection to ${HOST} was closed before a response arrived`,
		]);
	});

	it.each(['timeout of 20000ms exceeded', 'The request timed out', 'It timed-out', 'Time-out', 'a time out'])(
		'is recognized as a time-out by its message alone: %s',
		(message) => {
			const { failure, reason } = readFault({ message }, false);
			expect([reason, failure.message]).toEqual(['transient', `${HOST} did not respond in time`]);
		},
	);

	it('is read from an error that is its own cause', () => {
		const round: { cause?: unknown } = {};
		round.cause = { cause: round };
		expect(readFault(round, false).failure.kind).toBe('unreachable');
	});
});

describe('the host of an account that has responded before', () => {
	it.each([
		['ENOTFOUND', 'unreachable', /its name cannot be found$/],
		['EPROTO', 'unreachable', /^No secure connection/],
		['HPE_INVALID_CONSTANT', 'noData', /unexpected response/],
	])('is the right one, so that %s passes', (code, kind, message) => {
		const { failure, reason } = readFault(axiosError('It failed', code), true);
		expect([reason, failure.kind]).toEqual(['transient', kind]);
		expect(failure.message).toMatch(message);
		expect(failure.message).not.toContain('account name');
	});

	it('may still be impersonated, so that an untrusted certificate is final', () => {
		expect(readFault(axiosError('x', 'CERT_HAS_EXPIRED'), true).reason).toBeUndefined();
	});
});

describe('a request that the credential rejected', () => {
	it.each([
		() => withApiToken({ accountName: 'acme', apiToken: '' }, { url: '/fields' }),
		() => accountBaseUrl('not a name'),
	])('fails with its own message and is not retried', (refuse) => {
		const refusal = thrownBy(refuse);
		for (const thrown of [refusal, wrapped(refusal), new Error('No', { cause: refusal })]) {
			const { failure, reason } = readFault(thrown, true);
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
