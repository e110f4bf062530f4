import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { withApiToken } from '../nodes/ActiveCampaignSync/account/authenticate';

/**
 * An ActiveCampaign account and a token for it.
 *
 * There is no `test` here: n8n would then show a bare "ENOTFOUND" or "Forbidden". The node tests the credential
 * (`testedBy`), and so can say which of the two values is wrong.
 */
export class ActiveCampaignSyncApi implements ICredentialType {
	name = 'activeCampaignSyncApi';

	displayName = 'ActiveCampaign Sync API';

	icon: Icon = { light: 'file:../icons/contactSync.svg', dark: 'file:../icons/contactSync.dark.svg' };

	// eslint-disable-next-line n8n-nodes-base/cred-class-field-documentation-url-miscased -- for n8n's own nodes, which name a page of n8n's docs
	documentationUrl =
		'https://github.com/n8n-nodes-activecampaign-sync/n8n-nodes-activecampaign-sync#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API URL',
			name: 'accountName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.api-us1.com',
			hint: 'In ActiveCampaign under Settings > Developer',
			description:
				'A URL such as https://acme.api-us1.com or https://acme.activehosted.com, the address of a page in ActiveCampaign, or just acme. A URL is safer, since not every account is at api-us1.com.',
		},
		{
			displayName: 'API Key',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'In ActiveCampaign under Settings > Developer',
			description: 'The key has the permissions of the ActiveCampaign user it belongs to',
		},
	];

	/**
	 * A function, where n8n's generic form would send the token to any address that a request names.
	 * @throws AccountFailure, with a message for the user, before anything is sent
	 */
	// eslint-disable-next-line @typescript-eslint/require-await -- n8n's type asks for a promise, and nothing is waited for
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return withApiToken(credentials, requestOptions);
	}
}
