import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

import { ActiveCampaignSync } from '../../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';

/** The node's type as n8n knows it: prefixed by the package. */
export const ourNodeType = 'n8n-nodes-activecampaign-sync.activeCampaignSync';

/** Stands in for any trigger: its output is always pinned, so it never runs. */
export const startNodeType = 'n8n-nodes-base.manualTrigger';

const stubDescription: INodeTypeDescription = {
	displayName: 'Stub',
	name: 'stub',
	group: ['transform'],
	version: 1,
	description: 'Hands its items on unchanged',
	defaults: { name: 'Stub' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
};

const start: INodeType = { description: { ...stubDescription, group: ['trigger'], inputs: [] } };

/** What runs in the engine: our node, a stub for every trigger, and a node that hands items on. */
export class EngineNodeTypes implements INodeTypes {
	private readonly our: INodeType = new ActiveCampaignSync();

	getByName(type: string): INodeType {
		if (type === ourNodeType) return this.our;
		if (/trigger|webhook/i.test(type)) return start;
		throw new Error(`The engine tests have no node of type "${type}"`);
	}

	getByNameAndVersion(type: string): INodeType {
		return this.getByName(type);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
