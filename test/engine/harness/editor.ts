import './environment';

import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { EngineCredentialsHelper, ourCredentialType, type CredentialInput } from './credentialsHelper';
import { EngineNodeTypes, ourNodeType } from './nodeTypes';

export interface EditorOptions {
	credentials: CredentialInput;
	/** What the user has filled in so far. */
	nodeParameters?: INodeParameters;
	/** The parameter's path, e.g. `parameters.customFields.values[0].field`; matters for relative reads only. */
	path?: string;
}

/**
 * One page of a "From List" picker: runs the node's `methods.listSearch[method]` as the editor does.
 *
 * @param filter what the user typed into the picker's search box
 * @param paginationToken what the page before gave
 */
export async function listSearch(
	method: string,
	options: EditorOptions & { filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	return await named(methods('listSearch'), method).call(
		context(options),
		options.filter,
		options.paginationToken,
	);
}

/** The columns of a resource mapper: runs the node's `methods.resourceMapping[method]` as the editor does. */
export async function resourceMapping(method: string, options: EditorOptions): Promise<ResourceMapperFields> {
	return await named(methods('resourceMapping'), method).call(context(options));
}

type Methods = NonNullable<ReturnType<EngineNodeTypes['getByName']>['methods']>;

function methods<Kind extends keyof Methods>(kind: Kind): NonNullable<Methods[Kind]> {
	const found = new EngineNodeTypes().getByName(ourNodeType).methods?.[kind];
	if (!found) throw new Error(`The node has no ${kind} methods`);
	return found;
}

function named<Method>(methodsByName: Record<string, Method>, name: string): Method {
	const method = methodsByName[name];
	if (!method)
		throw new Error(`The node has no method "${name}", only ${Object.keys(methodsByName).join(', ')}`);
	return method;
}

function context({ credentials, nodeParameters = {}, path = '' }: EditorOptions): ILoadOptionsFunctions {
	const node: INode = {
		id: 'ours',
		name: 'ActiveCampaign Sync',
		type: ourNodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: nodeParameters,
		credentials: { [ourCredentialType]: { id: '1', name: 'ActiveCampaign Sync account' } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: new EngineNodeTypes(),
	});
	const data = additionalData(new EngineCredentialsHelper(credentials), nodeParameters);
	return new LoadOptionsContext(workflow, node, data, path);
}
