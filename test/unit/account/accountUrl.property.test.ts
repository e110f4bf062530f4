import fc from 'fast-check';

import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { sized } from '../../size';
import { accountBaseUrl } from '../../../nodes/ActiveCampaignSync/account/accountUrl';

/** The origin as typed, found by means of its own: cutting off what may stand around it. */
function typedOrigins(typed: string): string[] {
	const bare = typed
		.replace(/[\u00ad\u200b\u200d\u202e\ufeff]/g, '')
		.trim()
		.toLowerCase()
		.replace(/\/(api\/3\/?)?$/, '')
		// A page of the app, at the vendor's hosts only.
		.replace(/^((?:https:\/\/)?[^./]+\.(?:api-us1|activehosted)\.com(?::\d+)?)\/.*$/, '$1');
	const withScheme = bare.includes('://') ? [bare] : [`https://${bare}`, `http://${bare}`];
	return [...withScheme, `https://${bare}.api-us1.com`].flatMap((origin) => [
		origin,
		origin.replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2'),
	]);
}

test('thousands of account names: each is refused with our message, or yields an origin that was typed', () => {
	const good = fc.constantFrom(
		'acme',
		' ACME ',
		'acme.api-us1.com',
		'https://acme.api-us1.com/api/3/',
		'acme.activehosted.com:8443',
		'http://127.0.0.1:1234',
		'localhost:443',
		'http://[::1]:80/',
	);
	const nasty = fc.constantFrom(
		...Array.from(
			'.:/\\@?#%[]-_ 0x7\t\n\r\u0000\u00a0\u00ad\u00df\u0130\u017f\u0301\u200b\u200d\u202e\u212a\u2024\u3002\uff0e\uff41\uff0f\ufeff\ud800',
		),
		'//',
		'xn--',
		'%2e',
		'..',
		'@evil.example',
		'\ud835\udc1a',
	);
	const mutated = fc
		.tuple(good, fc.array(fc.tuple(fc.nat(30), fc.nat(2), nasty), { minLength: 1, maxLength: 3 }))
		.map(([name, changes]) =>
			changes.reduce<string>(
				(text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone),
				name,
			),
		);
	const anyName = fc.oneof(
		{ weight: 4, arbitrary: mutated },
		{ weight: 1, arbitrary: fc.string() },
		{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
		{ weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '.', ':', '/') }) },
		{
			weight: 1,
			arbitrary: fc.oneof(fc.domain(), fc.webUrl(), fc.emailAddress(), fc.ipV4Extended(), fc.ipV6()),
		},
		{ weight: 1, arbitrary: fc.anything() },
	);
	let taken = 0;
	let refused = 0;
	fc.assert(
		fc.property(anyName, (name) => {
			let baseUrl: string;
			try {
				baseUrl = accountBaseUrl(name);
			} catch (thrown) {
				refused += 1;
				expect(thrown).toBeInstanceOf(AccountFailure);
				return;
			}
			taken += 1;
			expect(baseUrl).toMatch(/^https?:\/\/[a-z\d.:[\]-]+\/api\/3$/);
			expect(typedOrigins(String(name))).toContain(baseUrl.slice(0, -'/api/3'.length));
			expect(new URL(baseUrl).href).toBe(baseUrl);
			// What is taken once is taken again, and means the same.
			expect(accountBaseUrl(baseUrl)).toBe(baseUrl);
		}),
		{ numRuns: sized(700, 10_000) },
	);
	expect(taken).toBeGreaterThan(sized(50, 500));
	expect(refused).toBeGreaterThan(sized(50, 500));
});
