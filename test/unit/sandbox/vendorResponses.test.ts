import { Ajv, type ValidateFunction } from 'ajv';
import { startSandbox, type RunningSandbox } from '../../sandbox';
import vendor from '../../sandbox/vendor-responses.schema.json';
import { at, call } from './call';

const validators = new Map<string, ValidateFunction>(
	Object.entries(vendor.operations).map(([name, schema]) => [
		name,
		new Ajv({ strict: true }).compile(schema),
	]),
);

const INCLUDED = [
	'contactTags.tag',
	'contactLists.list',
	'contactAutomations',
	'fieldValues',
	'accountContacts',
];

/** Every request whose success the description knows, in an order in which all of them succeed. */
const WALK: Array<[method: string, path: string, status: number, body?: unknown]> = [
	['GET', '/users/me', 200],
	[
		'POST',
		'/contact/sync',
		201,
		{ contact: { email: 'ada@example.com', fieldValues: [{ field: '1', value: 'x' }] } },
	],
	[
		'POST',
		'/contact/sync',
		200,
		{ contact: { email: 'ada@example.com', fieldValues: [{ field: '2', value: 'y' }] } },
	],
	[
		'POST',
		'/contact/sync',
		201,
		{ contact: { email: 'bo@example.com', firstName: 'Bo', lastName: 'B', phone: '1' } },
	],
	['POST', '/contact/sync', 200, { contact: { email: 'bo@example.com' } }],
	['GET', '/fields', 200],
	['GET', '/fields?limit=2&offset=5', 200],
	['GET', '/fields/6', 200],
	['GET', '/contacts', 200],
	['GET', '/contacts?email=nobody@example.com', 200],
	['POST', '/contactLists', 201, { contactList: { contact: '1001', list: '401', status: 1 } }],
	['POST', '/contactLists', 200, { contactList: { contact: '1001', list: '401', status: 2 } }],
	['POST', '/contactTags', 201, { contactTag: { contact: '1001', tag: '601' } }],
	['POST', '/contactTags', 200, { contactTag: { contact: '1001', tag: '601' } }],
	['POST', '/contactAutomations', 201, { contactAutomation: { contact: '1001', automation: '801' } }],
	['POST', '/accounts', 201, { account: { name: 'Acme', accountUrl: 'https://acme.example' } }],
	['POST', '/accounts', 201, { account: { name: 'Byte' } }],
	['GET', '/accounts?search=acme', 200],
	['GET', '/accounts/901', 200],
	['POST', '/accountContacts', 201, { accountContact: { account: 901, contact: 1001, jobTitle: 'CEO' } }],
	['POST', '/accountContacts', 201, { accountContact: { account: 902, contact: 1002 } }],
	['GET', '/accountContacts', 200],
	['GET', '/accountContacts/40001', 200],
	['PUT', '/accountContacts/40001', 200, { accountContact: { jobTitle: 'CTO' } }],
	['POST', '/notes', 201, { note: { note: 'Hello', reltype: 'Subscriber', relid: 1001 } }],
	['GET', '/contacts/1001', 200],
	['GET', `/contacts?include=${INCLUDED.join(',')}`, 200],
	['PUT', '/contacts/1001', 200, { contact: { phone: '5', fieldValues: [{ field: '1', value: 'z' }] } }],
	['GET', '/fieldValues?filters[fieldid]=1', 200],
	['GET', '/contacts/1001/accountContacts', 200],
	['GET', '/contacts/1001/notes', 200],
	['GET', '/contacts/1002', 200],
	['GET', '/contacts/1001/fieldValues', 200],
	['GET', '/contacts/1001/contactLists', 200],
	['GET', '/contacts/1001/contactTags', 200],
	['GET', '/contacts/1001/contactAutomations', 200],
	['DELETE', '/fieldValues/50001', 200],
	['DELETE', '/contactTags/20001', 200],
	['DELETE', '/contactAutomations/10001', 200],
	['DELETE', '/accountContacts/40001', 200],
	['DELETE', '/contacts/1002', 200],
	['GET', '/lists', 200],
	['GET', '/tags', 200],
	['GET', '/automations', 200],
	['POST', '/tags', 201, { tag: { tag: 'New', tagType: 'contact', description: 'd' } }],
	['POST', '/tags', 200, { tag: { tag: 'new', tagType: 'contact' } }],
	[
		'POST',
		'/import/bulk_import',
		200,
		{ contacts: [{ email: 'cy@example.com' }, { email: 'di@example.com' }] },
	],
];

function operationOf(method: string, path: string, status: number): string {
	const plain = path
		.replace(/\?include=.*/, '?include')
		.replace(/\?(?!include).*/, '')
		.replace(/\/\d+/, '/*');
	return `${method} ${plain} ${status}`;
}

describe("the sandbox against the vendor's published description", () => {
	let sandbox: RunningSandbox;
	const replies: Array<{ operation: string; body: unknown }> = [];
	beforeAll(async () => {
		sandbox = await startSandbox({
			fields: 12,
			lists: ['News'],
			tags: ['VIP'],
			automations: ['Welcome'],
			importDurationMs: 0,
		});
		for (const [method, path, status, body] of WALK) {
			const reply = await call(sandbox, method, path, body);
			expect([path, reply.status]).toEqual([path, status]);
			replies.push({ operation: operationOf(method, path, status), body: reply.body });
		}
		const info = await call(
			sandbox,
			'GET',
			`/import/info?batchId=${String(at(replies.at(-1)?.body, 'batchId'))}`,
		);
		replies.push({ operation: 'GET /import/info 200', body: info.body });
	});
	afterAll(() => sandbox.stop());

	it.each([...validators])('%s conforms', (operation, validate) => {
		const bodies = replies.filter((reply) => reply.operation === operation).map(({ body }) => body);
		expect(bodies).not.toEqual([]);
		for (const body of bodies) {
			validate(body);
			expect(validate.errors).toBeNull();
		}
	});

	it('has a schema for every success the walk meets', () => {
		expect(new Set(replies.map(({ operation }) => operation))).toEqual(new Set(validators.keys()));
	});

	it.each([
		['an id as a number', 'POST /contact/sync 200', { contact: { id: 1001 } }],
		['a key the vendor does not have', 'GET /users/me 200', { user: { firstname: 'Ada' } }],
		['a missing record', 'GET /tags 200', { tags: undefined }],
		['a total as a number', 'GET /lists 200', { meta: { total: 1 } }],
	])('would notice %s', (_name, operation, change) => {
		const body = replies.find((reply) => reply.operation === operation)?.body;
		const validate = validators.get(operation);
		expect(validate?.(merged(body, change))).toBe(false);
	});

	it.each(vendor.corrections)('gives a reason for correcting $operations', ({ operations, reason }) => {
		expect(operations.every((operation) => validators.has(operation))).toBe(true);
		expect(reason).not.toBe('');
	});
});

/** The response with some of its values replaced; undefined takes a key out. */
function merged(body: unknown, change: Record<string, unknown>): unknown {
	const entries = Object.entries(change).map(([key, value]) => {
		const isInner = typeof value === 'object' && value !== null;
		return [key, isInner ? merged(at(body, key), { ...value }) : value];
	});
	return JSON.parse(JSON.stringify({ ...Object(body), ...Object.fromEntries(entries) }));
}
