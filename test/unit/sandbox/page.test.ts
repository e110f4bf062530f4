import { startSandbox, type RunningSandbox } from '../../sandbox';
import { localTime, readableFieldValue } from '../../sandbox/page';

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		fields: [
			{ title: 'Language', type: 'dropdown', options: [{ value: 'pt', label: 'Portuguese' }] },
			{ title: 'Called', type: 'datetime' },
		],
		lists: ['News', 'Offers'],
		automations: ['Welcome'],
	});
});
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addContact({
		...{ email: 'ada@example.com', firstName: 'Ada', company: 'Engines & Co', jobTitle: 'Engineer' },
		...{ notes: ['Called on Monday'], fieldValues: { Language: 'pt', Called: '2026-03-01T09:00:00+00:00' } },
		...{
			lists: { News: 'active' as const, Offers: 'unsubscribed' as const },
			automations: ['Welcome', 'Welcome'],
		},
	});
	sandbox.account.addContact({ email: 'bo@example.com', phone: '555 0100', tags: ['VIP'] });
});
afterAll(() => sandbox.stop());

async function page(search = ''): Promise<string> {
	const response = await fetch(`${sandbox.url}/_sandbox/contacts?search=${encodeURIComponent(search)}`);
	return await response.text();
}

const rowsOf = (html: string) =>
	(html.split('<tbody>')[1]?.split('</tbody>')[0] ?? '').match(/\w+@example\.com/g);

describe("the account's page", () => {
	it('shows company, job title, notes, IDs, labels and times of this clock', async () => {
		const html = await page();
		const called = localTime(Date.parse('2026-03-01T09:00:00Z'));
		for (const text of [
			...['ID 1001', 'Engines &amp; Co', 'Engineer', 'Called on Monday', 'Portuguese', called],
			...['Welcome (2 times)', 'unsubscribed', '555 0100', 'News <small>ID 401</small>', sandbox.token],
		])
			expect(html).toContain(text);
		expect(html).toContain(localTime(sandbox.account.contactBy('1001').lastChange.atMs).slice(0, 10));
	});

	it.each<[string, () => unknown]>([
		[
			'a tag',
			() => sandbox.account.tagContact(sandbox.account.contactBy('1001'), sandbox.account.tagNamed('VIP').id),
		],
		['a list', () => sandbox.account.setMembership('1001', 'News', 'bounced')],
		['a note', () => sandbox.account.addNote(sandbox.account.contactBy('1001'), 'x')],
		['an automation', () => sandbox.account.completeAutomation('1001', 'Welcome')],
		['a value', () => sandbox.account.setFieldValue(sandbox.account.contactBy('1001'), '1', 'pt')],
	])('has on top what changed last: %s', async (_what, change) => {
		expect(rowsOf(await page())).toEqual(['bo@example.com', 'ada@example.com']);
		change();
		expect(rowsOf(await page())).toEqual(['ada@example.com', 'bo@example.com']);
	});

	it.each([
		['vip', ['bo@example.com']],
		['portug', ['ada@example.com']],
		['ENGINES engineer', ['ada@example.com']],
		['engines vip', null],
		['example', ['bo@example.com', 'ada@example.com']],
		['1002', ['bo@example.com']],
		['offers unsubscribed', ['ada@example.com']],
	])('finds contacts by all words of "%s"', async (search, found) => {
		expect(rowsOf(await page(search))).toEqual(found);
	});

	it('is what a browser gets at the address of the account, and a client does not', async () => {
		const at = (accept: string) => fetch(sandbox.url, { redirect: 'manual', headers: { accept } });
		const [browser, client] = [await at('text/html,*/*'), await at('application/json')];
		expect([browser.status, browser.headers.get('location')]).toEqual([302, '/_sandbox/contacts']);
		expect(client.status).toBe(404);
	});
});

it.each([
	['||a||pt||', 'a, Portuguese'],
	['', ''],
	['other', 'other'],
])('shows %j in place of a stored value as %j', (value, shown) => {
	expect(readableFieldValue(sandbox.account.fieldBy('Language'), value)).toBe(shown);
});
