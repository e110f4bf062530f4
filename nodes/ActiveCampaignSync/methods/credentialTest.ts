import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { withApiToken } from '../account/authenticate';
import { readTry } from '../account/errorRules';
import type { AccountRequest } from '../account/request';
import { receive } from '../account/send';
import type { Received } from '../account/received';
import { TRUST } from '../account/tokenHistory';
import {
	explain,
	failureOf,
	WHERE_TO_FIND_CREDENTIAL,
	type AccountFailure,
	type FailureKind,
} from '../shared/failure';
import { isObject, textOf } from '../shared/json';

/** Somebody is looking at the screen meanwhile (milliseconds). */
const TIMEOUT_MS = 15_000;

const WRONG_TOKEN = `Copy the API key into 'API Key'. ${WHERE_TO_FIND_CREDENTIAL}`;
const WRONG_ACCOUNT = `Copy the API URL into 'API URL'. ${WHERE_TO_FIND_CREDENTIAL}`;
const TRY_LATER = 'Test again in a few minutes. If this continues, check the API URL';

/** Asks the account who the token's user is. */
const WHO_AM_I: AccountRequest = {
	method: 'GET',
	path: '/users/me',
	purpose: { action: 'read the user', permission: 'see users' },
	hasData: ({ user }) => isObject(user) && textOf(user['id']) !== '',
};

/**
 * The node's `testedBy` function for the credential. Resolves with what n8n shows under the credential, also after a
 * failure, and never contains the token.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// The one helper that n8n gives to a credential test is the older `request`.
	const { helpers } = this;
	const message = await refusal((options) => helpers.request(options), data);
	return message === undefined
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message };
}

/** Why the credential does not work, if so. */
async function refusal(
	request: (options: object) => Promise<unknown>,
	credentials: ICredentialDataDecryptedObject,
): Promise<string | undefined> {
	try {
		const options = withApiToken(credentials, { url: WHO_AM_I.path, timeout: TIMEOUT_MS, json: true });
		const { host } = new URL(options.url);
		const sent = { ...options, simple: false, resolveWithFullResponse: true };
		const received = await receive(
			TIMEOUT_MS,
			textOf(credentials['apiToken']),
			async () => await request(sent),
		);
		const { failure } = readTry(received, { request: WHO_AM_I, host, trust: TRUST.none }, Date.now());
		return failure && inWords(failure, received, host);
	} catch (thrown) {
		return failureOf(thrown).message;
	}
}

/** What a failure says about the credential, for somebody who has just filled it in. */
function inWords(failure: AccountFailure, { response }: Received, host: string): string {
	const { kind, message } = failure;
	const isTemporary = kind === 'unavailable' || kind === 'noData';
	if (!response) return isTemporary ? `${message}. ${TRY_LATER}` : explain(failure);

	const { statusCode, body } = response;
	if (statusCode < 300) return withoutUser(body, host);
	const words: Partial<Record<FailureKind, string>> = {
		forbidden: `The API key looks wrong: ${host} does not accept it. ${WRONG_TOKEN}`,
		accountBlocked: `${host} asks for payment first. Check Settings > Billing in ActiveCampaign`,
		rateLimited: `${host} is over its rate limit. Test again in a minute`,
		unavailable: `${host} cannot be reached right now (HTTP ${statusCode}). ${TRY_LATER}`,
		wrongAccount: `${message}. ${WRONG_ACCOUNT}`,
	};
	const noAccount = `there is no ActiveCampaign account at ${host} (HTTP ${statusCode})`;
	return words[kind] ?? `The API URL looks wrong: ${noAccount}. ${WRONG_ACCOUNT}`;
}

/** "200 with an HTML login page" for a wrong token was seen in production; any other page is of another site. */
function withoutUser(body: unknown, host: string): string {
	const text = typeof body === 'string' ? body.trim() : '';
	if (/type\s*=\s*["']?password|\blog[\s-]?in\b|\bsign[\s-]?in\b/i.test(text)) {
		return `The API key looks wrong: ${host} asks to log in. ${WRONG_TOKEN}`;
	}
	const what = text === '' ? 'a response without a user' : 'a web page';
	return `The API URL looks wrong: ${host} returned ${what}, which ActiveCampaign does not. ${WRONG_ACCOUNT}`;
}
