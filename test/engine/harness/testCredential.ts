import './environment';

import { CredentialTestContext } from 'n8n-core';
import type { INodeCredentialTestResult } from 'n8n-workflow';

import { additionalData } from './additionalData';
import { EngineCredentialsHelper, ourCredentialType, type CredentialInput } from './credentialsHelper';
import { EngineNodeTypes, ourNodeType } from './nodeTypes';

/**
 * Presses "Test" on the credential: as n8n's server does, asks the node for the function that tests it (`testedBy`) and
 * runs that with n8n-core's context.
 *
 * @returns what the user sees under the credential's form
 */
export async function testCredential(credentials: CredentialInput): Promise<INodeCredentialTestResult> {
	const { description, methods } = new EngineNodeTypes().getByName(ourNodeType);
	const testedBy = description.credentials?.find(({ name }) => name === ourCredentialType)?.testedBy;
	const test = typeof testedBy === 'string' ? methods?.credentialTest?.[testedBy] : undefined;
	if (!test) throw new Error('The node has no function that tests the credential');
	const helper = new EngineCredentialsHelper(credentials);
	const decrypted = {
		id: '1',
		name: 'ActiveCampaign Sync account',
		type: ourCredentialType,
		data: helper.data(),
	};
	return await test.call(new CredentialTestContext(additionalData(helper)), decrypted);
}
