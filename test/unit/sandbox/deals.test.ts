import { startSandbox, type RunningSandbox } from '../../sandbox';
import { at, call } from './call';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.reset();
	for (const name of ['ada', 'bo']) sandbox.account.addContact({ email: `${name}@example.com` });
});
afterAll(() => sandbox.stop());

const [ADA, BO] = ['1001', '1002'];
const add = (deal: Record<string, unknown>) => call(sandbox, 'POST', '/deals', { deal });
const quote = { title: 'Quote', value: 45_000, currency: 'usd', group: '1' };

describe('POST /deals', () => {
	it('adds a deal to its contact at each call, and the page shows it', async () => {
		const { status, body } = await add({ ...quote, contact: ADA });
		await add({ ...quote, contact: BO, title: 'First' });
		await add({ ...quote, contact: BO, title: 'Second' });
		expect([status, at(body, 'deal', 'contact'), at(body, 'deal', 'value')]).toEqual([201, ADA, '45000']);
		const titles = (id: string) => sandbox.account.contactBy(id).deals.map(({ title }) => title);
		expect([titles(ADA), titles(BO)]).toEqual([['Quote'], ['First', 'Second']]);
		const page = await fetch(`${sandbox.url}/_sandbox/contacts?search=second`);
		expect(await page.text()).toContain('Second (450.00 usd)');
	});

	it.each(['title', 'value', 'currency', 'group'] as const)('refuses one without %s', async (key) => {
		const { status } = await add({ ...quote, contact: ADA, [key]: undefined });
		expect(status).toBe(422);
		expect((await add({ ...quote, contact: BO, value: 4.5 })).status).toBe(422);
		expect((await add({ ...quote, contact: '9' })).status).toBe(404);
		expect(sandbox.account.contactBy(ADA).deals).toEqual([]);
	});
});
