import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ActiveCampaignSyncApi } from '../../../credentials/ActiveCampaignSyncApi.credentials';
import { asHttpRequestNode, asNode, asProxy, refusalOf } from './send';
import { startServer, type LocalServer } from '../../localServer';

const token = 'f00dcafe-the-token';
const credential = new ActiveCampaignSyncApi();

describe('a request that is not sent', () => {
	const acme = { accountName: 'acme', apiToken: token };

	test.each([
		['https://evil.example:8443/x?secret=1#2', 'evil.example:8443'],
		[`https://${'e'.repeat(200)}.example/`, 'e'.repeat(100)],
		['file:///etc/passwd', 'an address that cannot be read'],
		['https://', 'an address that cannot be read'],
	])('to %s names the host', async (url, shown) => {
		const { message } = await refusalOf(credential.authenticate(acme, { url }));

		expect(message).toBe(
			`The request to ${shown} was not sent, since the ActiveCampaign credential is for https://acme.api-us1.com only. Use a URL that starts with https://acme.api-us1.com, or choose other authentication for this request`,
		);
	});

	test('has a URL or a token that is not text', async () => {
		const noText: unknown = new URL('https://acme.api-us1.com/x');
		const requests = [
			refusalOf(credential.authenticate(acme, Object.assign({ url: '' }, { url: noText }))),
			refusalOf(credential.authenticate(acme, Object.assign({ url: '' }, { url: undefined }))),
		];
		for (const { message } of await Promise.all(requests)) expect(message).toMatch(/that cannot be read/);

		const { message } = await refusalOf(credential.authenticate({ ...acme, apiToken: 42 }, { url: '/x' }));
		expect(message).toMatch(/^'API Key' of the credential is empty/);
	});

	test('can be recognized by the name of the thrown error, which n8n keeps', async () => {
		const refusals = [
			await refusalOf(credential.authenticate(acme, { url: 'https://evil.example' })),
			await refusalOf(credential.authenticate({ ...acme, accountName: '' }, { url: '/x' })),
		];
		expect(refusals.map(({ name }) => name)).toEqual(['AccountFailure', 'AccountFailure']);
	});
});

describe('the options of a request, after authentication', () => {
	let stranger: LocalServer;

	beforeEach(async () => {
		stranger = await startServer((_request, response) => response.end('{"stranger":true}'));
	});

	afterEach(() => stranger.close());

	const https = { accountName: 'https://acme.example', apiToken: token };

	test('through a proxy, https stays closed: the certificate is always checked by n8n alone', async () => {
		const asked = {
			url: '/users/me',
			proxy: asProxy(stranger),
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
			agentOptions: { ca: 'mine' },
		};
		const options = await credential.authenticate(https, asked);

		expect(options.proxy).toEqual(asProxy(stranger));
		expect(Object.keys(options)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(skipSsl|rejectUnauthorized|agentOptions)/)]),
		);
		await refusalOf(asNode(asked, https));
		await refusalOf(asHttpRequestNode(asked, https));
		expect(stranger.seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
			'CONNECT acme.example:443',
			'CONNECT acme.example:443',
		]);
		expect(JSON.stringify(stranger.seen)).not.toContain(token);
	});

	test('the URL is the checked one, and the only one', async () => {
		const options = await credential.authenticate(https, {
			url: '/contact/sync',
			baseURL: 'https://ACME.example/api/3/',
		});

		expect(options.url).toBe('https://acme.example/api/3/contact/sync');
		expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['baseURL']));
		expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['uri']));
	});

	test('a header is left out even with blanks around its name', async () => {
		const headers = { ' Host': 'evil.example', 'api-token ': 'other', 'x-mine': 'kept' };
		const options = await credential.authenticate(https, { url: '/x', headers });

		expect(options.headers).toEqual({ 'x-mine': 'kept', 'Api-Token': token });
	});

	test('what was given stays as it was, and what came back can be given again', async () => {
		const given = Object.freeze({ url: '/users/me', headers: Object.freeze({ a: 'b' }), json: true });
		const once = await credential.authenticate(https, given);
		const twice = await credential.authenticate(https, once);

		expect(given).toEqual({ url: '/users/me', headers: { a: 'b' }, json: true });
		expect(once).toMatchObject({ json: true, headers: { a: 'b', 'Api-Token': token } });
		expect(twice).toEqual(once);
	});

	test('an account name that cannot be read sends nothing', async () => {
		for (const accountName of ['ac me', 'http://acme.com']) {
			const request = { url: `${stranger.origin}/x` };
			const { message } = await refusalOf(asHttpRequestNode(request, { accountName, apiToken: token }));
			expect(await refusalOf(asNode(request, { accountName, apiToken: token }))).toMatchObject({ message });
			expect(message).toMatch(/^The API URL '.*Settings > Developer/);
		}
		expect(stranger.seen).toEqual([]);
	});
});

describe('the credential as n8n lists it', () => {
	test('has the names that workflows hold', () => {
		expect(credential.name).toBe('activeCampaignSyncApi');
		expect(credential.displayName).toBe('ActiveCampaign Sync API');
		expect(credential.properties.map(({ name }) => name)).toEqual(['accountName', 'apiToken']);
		expect(credential.properties.every(({ required }) => required)).toBe(true);
	});

	test('hides the token, and only that', () => {
		expect(credential.properties.map(({ typeOptions }) => typeOptions?.password ?? false)).toEqual([
			false,
			true,
		]);
	});

	test('has an icon for light and one for dark themes', () => {
		const { icon } = credential;
		if (typeof icon !== 'object') throw new Error('One icon for all themes');
		expect(icon.light).not.toBe(icon.dark);
		for (const file of [icon.light, icon.dark]) {
			expect(existsSync(join(__dirname, '../../../credentials', file.replace('file:', '')))).toBe(true);
		}
	});
});
