import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';

import type { RunningSandbox } from '../../sandbox';
import type { CredentialInput } from '../harness/credentialsHelper';
import { listSearch, resourceMapping } from '../harness/editor';
import { runWorkflow } from '../harness/runWorkflow';
import { automations, customFields, lists, locator, mapAutomatically } from '../harness/parameters';
import { testCredential } from '../harness/testCredential';

const steps: INodeParameters = {
	...lists(['name', 'News', 'subscribe'], ['id', '402', 'unsubscribe']),
	tagsToAdd: 'Lead, New',
	tagsToRemove: 'Old',
	...automations(['name', 'Welcome']),
	additionalFields: { company: 'Acme', jobTitle: 'CEO', note: 'Hello' },
};
const byKey: INodeParameters = {
	matchBy: 'customField',
	matchField: locator('name', 'Field 1'),
	matchValue: '={{ $json.key }}',
};
const defined: INodeParameters = {
	email: '={{ $json.email }}',
	firstName: '={{ $json.name }}',
	phone: '={{ $json.phone }}',
	...customFields(['name', 'Field 1', '={{ $json.name }}'], ['id', '6', '={{ $json.language }}']),
};
const items: IDataObject[] = [
	{ email: 'new@example.com', name: 'Ann', language: 'French', phone: '+491512345678', key: 'Kay-4711' },
	{ email: 'there@example.com', name: '', language: 'Klingon', key: 'Kay-4712' },
];

/** What the account of `everythingThatCanBeDone` has to start with: the rest goes by these names. */
export const ACCOUNT = {
	fields: 6,
	lists: ['News', 'Offers'],
	tags: ['Lead', 'Old'],
	automations: ['Welcome'],
	importDurationMs: 0,
};

/** Gives the account what makes every step have something to do. */
export function plantContact({ account }: RunningSandbox): void {
	account.addContact({
		email: 'there@example.com',
		tags: ['Old'],
		lists: { News: 'unsubscribed', Offers: 'active' },
		fieldValues: { 'Field 1': 'before' },
	});
}

/** Everything that a user can do with the node and its credential, each result or what was thrown in its place. */
export async function everythingThatCanBeDone(credentials: CredentialInput): Promise<unknown[]> {
	const run = async (parameters: INodeParameters, options: INodeParameters, onError?: OnError) =>
		await runWorkflow({
			nodeParameters: { ...parameters, options: { requestsPerSecond: 1_000, ...options } },
			items,
			credentials,
			onError,
		});
	const find = (operation: string) => ({ operation, email: '={{ $json.email }}' });
	const bulk = { ...defined, operation: 'syncContactsInBulk', tagsToAdd: 'Lead' };
	const done = [
		run({ ...defined, ...steps }, {}),
		run({ ...defined, ...steps }, { simplify: false, emptyValues: 'clear' }, 'continueRegularOutput'),
		run({ ...mapAutomatically, ...steps }, { emptyValues: 'fillOnly' }, 'continueErrorOutput'),
		run(defined, { dryRun: true }, 'continueRegularOutput'),
		run({ email: '={{ $json.email }}', ...byKey, ...steps }, {}, 'continueRegularOutput'),
		run(find('getContact'), {}, 'continueRegularOutput'),
		run(
			{
				operation: 'getManyContacts',
				filters: { emailContains: '={{ $json.email }}', tag: locator('name', 'Old') },
			},
			{},
			'continueRegularOutput',
		),
		run(find('deleteContact'), { dryRun: true }, 'continueErrorOutput'),
		run({ operation: 'deleteContact', matchBy: 'contactId', contactId: '999999' }, {}),
		run({ operation: 'deleteContact', email: 'gone@example.com' }, {}),
		run({ ...bulk, additionalFields: { company: 'Acme' } }, { maxWait: 1 }),
		run(bulk, { waitForResult: false }, 'continueRegularOutput'),
		...['searchCustomFields', 'searchLists', 'searchAutomations', 'searchTags'].flatMap((method) => [
			listSearch(method, { credentials }),
			listSearch(method, { credentials, filter: 'a' }),
		]),
		resourceMapping('getContactColumns', { credentials }),
		testCredential(credentials),
	];
	const ended: unknown[] = [];
	for (const one of await Promise.allSettled<unknown>(done)) {
		ended.push(one.status === 'fulfilled' ? one.value : one.reason);
	}
	return ended;
}
