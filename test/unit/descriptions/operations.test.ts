import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';

const { description } = new ActiveCampaignSync();
const node = { typeVersion: 1 };

/** The names of what the editor shows below the operation, notices left out. */
function shownFields(values: INodeParameters): string[] {
	return description.properties
		.filter((property) => NodeHelpers.displayParameter(values, property, node, description))
		.filter(({ type }) => type !== 'notice')
		.map(({ name }) => name);
}

function shownOptions(operation: string): string[] {
	const options = description.properties.find(({ name }) => name === 'options')?.options ?? [];
	return options
		.filter((option): option is INodeProperties => 'type' in option)
		.filter((option) => NodeHelpers.displayParameter({}, option, node, description, { operation }))
		.map(({ name }) => name);
}

describe.each(['getContact', 'deleteContact'])('the screen of %s', (operation) => {
	it('asks for the email address or for the contact ID, and for nothing of the contact itself', () => {
		expect(shownFields({ resource: 'contact', operation, matchBy: 'email' })).toEqual([
			'resource',
			'operation',
			'matchBy',
			'email',
			'options',
		]);
		expect(shownFields({ resource: 'contact', operation, matchBy: 'contactId' })).toEqual([
			...['resource', 'operation', 'matchBy', 'contactId', 'options'],
		]);
	});
});

describe('the screen of getManyContacts', () => {
	it('asks for how many contacts there are to be, and for filters', () => {
		const shown = ['resource', 'operation', 'returnAll', 'limit', 'filters', 'options'];
		const operation = { resource: 'contact', operation: 'getManyContacts' };
		expect(shownFields({ ...operation, returnAll: false })).toEqual(shown);
		expect(shownFields({ ...operation, returnAll: true })).toEqual(shown.filter((name) => name !== 'limit'));
	});
});

describe('the options', () => {
	it('of Get Many Contacts are those that mean something for it', () => {
		expect(shownOptions('getManyContacts')).toEqual(['details', 'dryRun', 'requestsPerSecond', 'simplify']);
	});

	it('of Get Contact are those that mean something for it', () => {
		expect(shownOptions('getContact')).toEqual(['dryRun', 'ifNotFound', 'requestsPerSecond', 'simplify']);
	});

	it('of Delete Contact are those that mean something for it', () => {
		expect(shownOptions('deleteContact')).toEqual(['dryRun', 'requestsPerSecond']);
	});
});
