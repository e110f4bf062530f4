import './environment';

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { EngineCredentialsHelper } from './credentialsHelper';

/** Never called: n8n builds links for expressions such as `$execution.resumeUrl` from it. */
const instanceUrl = 'http://localhost:5678/';

const notHere = (what: string) => (): never => {
	throw new Error(`The engine tests have no ${what}`);
};

/**
 * What n8n hands to the engine beside the workflow: the credentials, and the parts of n8n that a single node never
 * needs, each of which throws when used.
 *
 * @param currentNodeParameters what the user has filled in so far, for the editor's pickers
 */
export function additionalData(
	credentialsHelper: EngineCredentialsHelper,
	currentNodeParameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'engine-test',
		name: 'Engine test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
	};
	return {
		credentialsHelper,
		...(currentNodeParameters && { currentNodeParameters }),
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${instanceUrl}rest`,
		instanceBaseUrl: instanceUrl,
		formBaseUrl: `${instanceUrl}form`,
		formWaitingBaseUrl: `${instanceUrl}form-waiting`,
		formTestBaseUrl: `${instanceUrl}form-test`,
		webhookBaseUrl: `${instanceUrl}webhook`,
		webhookWaitingBaseUrl: `${instanceUrl}webhook-waiting`,
		webhookTestBaseUrl: `${instanceUrl}webhook-test`,
		mcpBaseUrl: `${instanceUrl}mcp`,
		mcpTestBaseUrl: `${instanceUrl}mcp-test`,
		executeWorkflow: notHere('sub-workflows'),
		getRunExecutionData: notHere('stored executions'),
		getRuntimeCredential: notHere('runtime credentials'),
		logAiEvent: notHere('AI events'),
		startRunnerTask: notHere('task runners'),
	};
}
