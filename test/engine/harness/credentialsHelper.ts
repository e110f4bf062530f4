import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeProperties,
	type IRequestOptionsSimplified,
} from 'n8n-workflow';

import { ActiveCampaignSyncApi } from '../../../credentials/ActiveCampaignSyncApi.credentials';

/** What the user typed into the credential. */
export interface CredentialInput {
	accountName: string;
	apiToken: string;
}

/** The credential type as n8n knows it. */
export const ourCredentialType = 'activeCampaignSyncApi';

/**
 * n8n's credentials helper for the one credential the tests use: fills in defaults and lets the credential class
 * authenticate requests, as n8n does. Nothing is stored, so there is nothing to decrypt.
 */
export class EngineCredentialsHelper extends ICredentialsHelper {
	readonly credentialType: ICredentialType = new ActiveCampaignSyncApi();

	constructor(private readonly input: CredentialInput) {
		super();
	}

	/** The credential's data with n8n's defaults for what was not filled in. */
	data(): ICredentialDataDecryptedObject {
		const { properties } = this.credentialType;
		const typed = { ...this.input };
		const filled = NodeHelpers.getNodeParameters(properties, typed, true, false, null, null);
		return { ...typed, ...filled };
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		this.requireOurs(typeName);
		const { authenticate } = this.credentialType;
		if (typeof authenticate !== 'function') throw new Error('The credential authenticates by a function');
		if (!('url' in requestOptions)) throw new Error('Only httpRequest helpers are supported');
		return await authenticate.call(this.credentialType, credentials, requestOptions);
	}

	override async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: unknown,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.requireOurs(type);
		return await Promise.resolve(this.data());
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		this.requireOurs(type);
		return this.credentialType.properties;
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	/** The credential has no token that expires. */
	override preAuthentication(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override runPreAuthentication(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	override getCredentials(): never {
		throw new Error('The engine tests store no credentials');
	}

	override updateCredentials(): never {
		throw new Error('The engine tests store no credentials');
	}

	override updateCredentialsOauthTokenData(): never {
		throw new Error('The engine tests store no credentials');
	}

	private requireOurs(type: string): void {
		if (type !== ourCredentialType) throw new Error(`The engine tests have no credential of type "${type}"`);
	}
}
