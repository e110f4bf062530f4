import { startSandbox, type RunningSandbox } from '../../sandbox';
import { connectSandbox } from '../../sandbox/remote';

const OBJECTS = { fields: [{ title: 'Color' }], lists: ['News', 'Offers'], automations: ['Welcome'] };
const ADA = {
	email: 'ada@example.com',
	firstName: 'Ada',
	fieldValues: { Color: 'red' },
	lists: { News: 2, Offers: 'active' as const },
	tags: ['VIP', 'Lead'],
	automations: ['Welcome'],
	company: 'Acme',
	jobTitle: 'CEO',
	notes: ['Hello', 'Again'],
};
const BO = { email: 'Bo@example.com', phone: '1' };

describe('a snapshot', () => {
	let sandbox: RunningSandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(OBJECTS);
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.stop());

	it('shows what an account knows of each contact, by address', async () => {
		sandbox.account.addContact(ADA);
		sandbox.account.addContact(BO);
		const expected = {
			'ada@example.com': {
				firstName: 'Ada',
				lastName: '',
				phone: '',
				fields: { Color: 'red' },
				lists: { News: 2, Offers: 1 },
				tags: ['Lead', 'VIP'],
				enrollments: { Welcome: 1 },
				company: 'Acme',
				jobTitle: 'CEO',
				notes: ['Hello', 'Again'],
			},
			'bo@example.com': {
				firstName: '',
				lastName: '',
				phone: '1',
				fields: {},
				lists: {},
				tags: [],
				enrollments: {},
				company: '',
				jobTitle: '',
				notes: [],
			},
		};
		expect(sandbox.account.snapshot()).toEqual(expected);
		expect(await connectSandbox(sandbox).snapshot()).toEqual(expected);
	});

	it('is the same for the same contacts, whatever their order, ids and dates', () => {
		for (const contact of [ADA, BO]) sandbox.account.addContact(contact);
		const first = sandbox.account.snapshot();
		sandbox.reset();
		sandbox.account.addContact({ email: 'gone@example.com' });
		for (const contact of [BO, { ...ADA, tags: ['Lead', 'VIP'] }]) sandbox.account.addContact(contact);
		sandbox.account.deleteContact(sandbox.account.contactBy('gone@example.com'));
		expect(sandbox.account.snapshot()).toEqual(first);
	});

	it.each([
		['a second enrollment', { automations: ['Welcome'] }],
		['another status', { lists: { News: 1 } }],
		['another tag', { tags: ['Other'] }],
		['another value', { fieldValues: { Color: 'blue' } }],
		['another company', { company: 'Byte' }],
		['another note', { notes: ['Bye'] }],
	])('differs by %s', (_name, change) => {
		for (const contact of [ADA, BO]) sandbox.account.addContact(contact);
		const before = sandbox.account.snapshot();
		sandbox.account.addContact({ email: BO.email, ...change });
		expect(sandbox.account.snapshot()).not.toEqual(before);
	});
});
