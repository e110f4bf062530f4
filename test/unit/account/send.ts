import '../../engine/harness/environment';

import { ExecuteContext } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { ActiveCampaignSyncApi } from '../../../credentials/ActiveCampaignSyncApi.credentials';
import { additionalData } from '../../engine/harness/additionalData';
import {
	EngineCredentialsHelper,
	ourCredentialType,
	type CredentialInput,
} from '../../engine/harness/credentialsHelper';
import { EngineNodeTypes, ourNodeType } from '../../engine/harness/nodeTypes';
import type { LocalServer } from '../../localServer';

const credential = new ActiveCampaignSyncApi();

/** As n8n's server does: hands over whatever the helper was called with, be it the older helper's options. */
class AnyHelperCredentials extends EngineCredentialsHelper {
	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await credential.authenticate(credentials, requestOptions);
	}
}

function contextFor(accountName: string, apiToken: string): ExecuteContext {
	const node = {
		id: '1',
		name: 'HTTP Request',
		type: ourNodeType,
		typeVersion: 1,
		position: [0, 0] satisfies [number, number],
		parameters: {},
		credentials: { [ourCredentialType]: { id: '1', name: 'ActiveCampaign' } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: new EngineNodeTypes(),
	});
	const data = additionalData(new AnyHelperCredentials({ accountName, apiToken }));
	const input = { main: [[{ json: {} }]] };
	const execution = { node, data: input, source: null };
	return new ExecuteContext(
		workflow,
		node,
		data,
		'manual',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		execution,
		[],
	);
}

export type Options = Partial<IHttpRequestOptions> & {
	rejectUnauthorized?: boolean;
	followRedirect?: boolean;
};

/** A request for the account, as a node makes it: with `httpRequest`. */
export async function asNode(options: Options, { accountName, apiToken }: CredentialInput): Promise<unknown> {
	const context = contextFor(accountName, apiToken);
	const request = { url: '', ...options };
	return await context.helpers.httpRequestWithAuthentication.call(context, ourCredentialType, request);
}

/** A request for the account, as the HTTP Request node makes it: with the older helper, which knows the URL as `uri`. */
export async function asHttpRequestNode(
	{ url, ...options }: Options,
	{ accountName, apiToken }: CredentialInput,
): Promise<unknown> {
	const context = contextFor(accountName, apiToken);
	const request = { uri: url, ...options };
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- the HTTP Request node of all versions uses it
	return await context.helpers.requestWithAuthentication.call(context, ourCredentialType, request);
}

/** What a request was refused with. */
export async function refusalOf(request: Promise<unknown>): Promise<Error> {
	const outcome = await request.then(
		() => 'no refusal',
		(thrown: unknown) => thrown,
	);
	if (outcome instanceof Error) return outcome;
	throw new Error(`The request was sent: ${JSON.stringify(outcome)}`);
}

/** A server as the proxy of a request. */
export function asProxy({ port }: LocalServer): IHttpRequestOptions['proxy'] {
	return { protocol: 'http', host: '127.0.0.1', port };
}
