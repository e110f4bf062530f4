import { credentialType } from '../n8n/workflow';
import { useAccount } from './account';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount();

/** What the editor shows for an account name and a token. */
async function test(accountName: string, apiToken = account.sandbox.token) {
	return await client.testCredential(credentialType, { accountName, apiToken });
}

describe('the credential test', () => {
	it('succeeds for the account as users paste it', async () => {
		const { url } = account.sandbox;
		for (const pasted of [url, `${url}/`, ` ${url}/api/3 `, `${url}/api/3/`.replace('http', 'HTTP')]) {
			expect(await test(pasted)).toMatchObject({ status: 'OK' });
		}
		expect(account.sandbox.journal.count('GET', '/users/me', 200)).toBe(4);
	});

	it.each(['body', 'noBody', 'loginPage'] as const)(
		'names the token as wrong when the account returns: %s',
		async (wrongToken) => {
			account.sandbox.configure({ wrongToken });
			const { status, message } = await test(account.sandbox.url, 'wrong');
			expect(status).toBe('Error');
			expect(message).toMatch(/API key looks wrong/);
		},
	);

	it.each([
		['404', { status: 404, body: { message: 'Not here' } }],
		['a redirect', { redirect: 'https://example.com/' }],
		['a page', { status: 200, text: '<html><p>Welcome to my shop</p></html>', contentType: 'text/html' }],
		['no response to read', { status: 200, text: '', contentType: null }],
	])('names the API URL as wrong when its host returns %s', async (_what, fault) => {
		account.sandbox.failNext({ path: '/users/me' }, fault);
		const { status, message } = await test(account.sandbox.url);
		expect(status).toBe('Error');
		expect(message).toMatch(/API URL looks wrong/);
		expect(message).toMatch(/Settings > Developer/);
	});

	it('names the API URL as wrong when there is no such host', async () => {
		const { status, message } = await test('https://nobody.invalid');
		expect(status).toBe('Error');
		expect(message).toMatch(/API URL looks wrong/);
	});

	it('says that an account cannot be reached', async () => {
		const { status, message } = await test('http://127.0.0.1:9');
		expect(status).toBe('Error');
		expect(message).toMatch(/cannot be reached/);
		expect(message).not.toMatch(/looks wrong/);
	});

	it('says what to paste for an invalid account name, and sends nothing', async () => {
		for (const none of ['my account', 'http://acme.api-us1.com', `${account.sandbox.url}/app`]) {
			const { status, message } = await test(none);
			expect(status).toBe('Error');
			expect(message).toMatch(/Settings > Developer/);
		}
		expect(account.sandbox.journal.count()).toBe(0);
	});
});
