import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { toRawResponse, type RawResponse } from '../account/rawResponse';
import { withApiToken } from '../account/authenticate';
import { AccountFailure, WHERE_TO_FIND_CREDENTIAL } from '../shared/failure';
import { isObject, textOf } from '../shared/json';
import { readNetworkFault } from '../account/network';
import { withDeadline } from '../account/send';

/** Somebody is looking at the screen meanwhile (milliseconds). */
const TIMEOUT_MS = 15_000;

const WRONG_TOKEN = `Copy the API key into 'API Token'. ${WHERE_TO_FIND_CREDENTIAL}`;
const WRONG_ACCOUNT = `Copy the API URL into 'Account Name'. ${WHERE_TO_FIND_CREDENTIAL}`;
const TRY_LATER = 'Test again in a few minutes. If this continues, check the account name';

/**
 * Asks the account who the token's user is (`GET /users/me`); the node's `testedBy` function for the credential.
 * Resolves with what n8n shows under the credential, also after a failure, and never contains the token.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// The one helper that n8n gives to a credential test is the older `request`.
	const { helpers } = this;
	return await checkAccount((options) => helpers.request(options), credential.data ?? {});
}

async function checkAccount(
	request: (options: object) => Promise<unknown>,
	credentials: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	let host = '';
	try {
		const options = withApiToken(credentials, { url: '/users/me', timeout: TIMEOUT_MS, json: true });
		host = new URL(options.url).host;
		const sent = { ...options, simple: false, resolveWithFullResponse: true };
		const response = await withDeadline(TIMEOUT_MS, async () => await request(sent));
		return explainResponse(toRawResponse(response), host);
	} catch (thrown) {
		if (thrown instanceof AccountFailure) return refused(thrown.message);
		const { kind, message, description } = readNetworkFault(thrown, host, false).failure;
		return refused(`${message}. ${kind === 'unavailable' || kind === 'noData' ? TRY_LATER : description}`);
	}
}

/**
 * What a response to `GET /users/me` says about the credential.
 * "200 with an HTML login page" for a wrong token was seen in production; any other page is of another site.
 */
export function explainResponse({ statusCode, body }: RawResponse, host: string): INodeCredentialTestResult {
	if (statusCode < 300) return explainSuccess(body, host);
	if (statusCode < 400) {
		return refused(`The account name looks wrong: ${host} redirects to another address. ${WRONG_ACCOUNT}`);
	}
	if (statusCode === 401 || statusCode === 403) {
		return refused(`The API token looks wrong: ${host} does not accept it. ${WRONG_TOKEN}`);
	}
	if (statusCode === 402) {
		return refused(`${host} asks for payment first. Check Settings > Billing in ActiveCampaign`);
	}
	if (statusCode === 429) return refused(`${host} is over its rate limit. Test again in a minute`);
	if (statusCode < 500) {
		return refused(
			`The account name looks wrong: there is no ActiveCampaign account at ${host} (HTTP ${statusCode}). ${WRONG_ACCOUNT}`,
		);
	}
	return refused(`${host} cannot be reached right now (HTTP ${statusCode}). ${TRY_LATER}`);
}

function explainSuccess(body: unknown, host: string): INodeCredentialTestResult {
	const user = isObject(body) && isObject(body['user']) ? body['user'] : {};
	if (textOf(user['id']) !== '') return { status: 'OK', message: 'Connection successful' };
	if (typeof body === 'string' && isLoginPage(body)) {
		return refused(`The API token looks wrong: ${host} asks to log in. ${WRONG_TOKEN}`);
	}
	const what = typeof body === 'string' && body.trim() !== '' ? 'a web page' : 'a response without a user';
	return refused(
		`The account name looks wrong: ${host} returned ${what}, which ActiveCampaign does not. ${WRONG_ACCOUNT}`,
	);
}

function isLoginPage(html: string): boolean {
	return /type\s*=\s*["']?password|\blog[\s-]?in\b|\bsign[\s-]?in\b/i.test(html);
}

function refused(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
