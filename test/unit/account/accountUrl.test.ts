import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import {
	accountBaseUrl,
	accountKey,
	accountPage,
	isWithinAccount,
} from '../../../nodes/ActiveCampaignSync/account/accountUrl';

/** A token as ActiveCampaign makes them: 72 hexadecimal digits. */
const token = '0123456789abcdef'.repeat(4) + '01234567';

function refusal(accountName: unknown): AccountFailure {
	try {
		accountBaseUrl(accountName);
	} catch (thrown) {
		if (thrown instanceof AccountFailure) return thrown;
		throw thrown;
	}
	throw new Error(`${JSON.stringify(accountName)} was taken`);
}

describe('the account names that users paste', () => {
	test.each([
		['acme', 'https://acme.api-us1.com/api/3'],
		[' ACME ', 'https://acme.api-us1.com/api/3'],
		['\u00a0acme\u00a0', 'https://acme.api-us1.com/api/3'],
		['acme-2', 'https://acme-2.api-us1.com/api/3'],
		['1234', 'https://1234.api-us1.com/api/3'],
		['acme.api-us1.com', 'https://acme.api-us1.com/api/3'],
		['acme.api-us1.com/', 'https://acme.api-us1.com/api/3'],
		['acme.api-us1.com/api/3', 'https://acme.api-us1.com/api/3'],
		['https://acme.api-us1.com', 'https://acme.api-us1.com/api/3'],
		['https://acme.api-us1.com/', 'https://acme.api-us1.com/api/3'],
		['https://acme.api-us1.com/api/3', 'https://acme.api-us1.com/api/3'],
		['HTTPS://Acme.API-us1.com/API/3/', 'https://acme.api-us1.com/api/3'],
		['acme.activehosted.com', 'https://acme.activehosted.com/api/3'],
		['https://acme.activehosted.com:8443', 'https://acme.activehosted.com:8443/api/3'],
		['https://acme.activehosted.com:443/', 'https://acme.activehosted.com/api/3'],
		['https://mail.acme.example', 'https://mail.acme.example/api/3'],
		['https://acme.activehosted.com/app/settings/developer', 'https://acme.activehosted.com/api/3'],
		['acme.api-us1.com/api/2/', 'https://acme.api-us1.com/api/3'],
		['xn--caf-dma.example', 'https://xn--caf-dma.example/api/3'],
		['acme\r\n', 'https://acme.api-us1.com/api/3'],
		['\u200b acme\ufeff', 'https://acme.api-us1.com/api/3'],
		['https://ac\u00adme.api-us1.com\u200e/', 'https://acme.api-us1.com/api/3'],
		// Nobody has an account there, as the first request will show.
		['acme-', 'https://acme-.api-us1.com/api/3'],
		['192.168.1.5', 'https://192.168.1.5/api/3'],
	])('%j is %s', (typed, expected) => {
		expect(accountBaseUrl(typed)).toBe(expected);
	});

	test.each([
		['localhost', 'http://localhost/api/3'],
		['localhost:8080', 'http://localhost:8080/api/3'],
		['http://localhost:8080/api/3/', 'http://localhost:8080/api/3'],
		['https://localhost:8443', 'https://localhost:8443/api/3'],
		['127.0.0.1:1234', 'http://127.0.0.1:1234/api/3'],
		['http://127.255.0.9', 'http://127.255.0.9/api/3'],
		['[::1]:1234', 'http://[::1]:1234/api/3'],
		['http://[::1]', 'http://[::1]/api/3'],
	])('%j, a loopback host, may use plain http: %s', (typed, expected) => {
		expect(accountBaseUrl(typed)).toBe(expected);
	});
});

describe('what an account is called', () => {
	test('is one name for its hosts, and else its origin', () => {
		const keys = ['acme', 'acme.api-us1.com', 'https://acme.activehosted.com/app/contacts', 'ACME'].map(
			(typed) => accountKey(accountBaseUrl(typed)),
		);
		expect(new Set(keys)).toEqual(new Set(['acme']));
		expect(
			['acme2', 'mail.acme.example', 'acme.api-us1.com:8443', 'localhost:80'].map((typed) =>
				accountKey(accountBaseUrl(typed)),
			),
		).toEqual(['acme2', 'https://mail.acme.example', 'https://acme.api-us1.com:8443', 'http://localhost']);
	});
});

describe('a page of the account', () => {
	test.each([
		['acme.api-us1.com', 'https://acme.activehosted.com/app/contacts/7'],
		['acme.activehosted.com', 'https://acme.activehosted.com/app/contacts/7'],
		['mail.acme.example', 'https://mail.acme.example/app/contacts/7'],
		['localhost:8080', 'http://localhost:8080/app/contacts/7'],
	])('of %s is %s', (typed, expected) => {
		expect(accountPage(accountBaseUrl(typed), '/app/contacts/7')).toBe(expected);
	});
});

describe('an invalid account name', () => {
	test.each([
		['nothing', ''],
		['blanks only', '  '],
		['no text', 42],
		['nothing at all', undefined],
		['null', null],
		['an object', { toString: () => 'acme' }],
		['a blank inside', 'ac me'],
		['a blank inside a URL', 'https://acme.api-us1.com /api/3'],
		['a line break inside', 'ac\nme'],
		['a tab inside', 'ac\tme'],
		['a NUL', 'acme\u0000'],
		['a control character above ASCII', 'acme\u0085'],
		['an underscore', 'ac_me'],
		['a label of 64', 'a'.repeat(64)],
		['a host of 254', `${'a'.repeat(62)}.`.repeat(4) + 'aa'],
		['megabytes', 'a'.repeat(3_000_000)],
		['an empty label', 'acme..com'],
		['a dot first', '.acme.com'],
		['a trailing dot', 'acme.api-us1.com.'],
		['a bare name with a dot', 'acme.'],
		['a bare name with a port', 'acme:8080'],
		['a bare name with a scheme', 'https://acme'],
		['a bare name with a path', 'acme/api/3'],
		['plain http', 'http://acme.api-us1.com'],
		['plain http to what only looks like loopback', 'http://localhost.example'],
		['plain http to a name below localhost', 'http://acme.localhost'],
		['another scheme', 'ftp://acme.api-us1.com'],
		['a script', 'javascript:alert(1)'],
		['user info', 'https://me:secret@acme.api-us1.com'],
		['an email address', 'me@acme.com'],
		['a host in user info', 'https://acme.api-us1.com@evil.example'],
		['a query', 'https://acme.api-us1.com/?a=b'],
		['a query without a path', 'acme.api-us1.com?a=b'],
		['a fragment', 'https://acme.api-us1.com/#a'],
		['a page at a host of their own', 'https://mail.acme.example/app/settings'],
		['another version of the API there', 'https://mail.acme.example/api/2'],
		['a path that climbs there', 'https://mail.acme.example/x/../api/3'],
		['two slashes at the end', 'https://mail.acme.example//'],
		['a page with something like a token in its address', `https://acme.activehosted.com/app/${token}`],
		['a page with a query', 'https://acme.activehosted.com/app/contacts?page=2'],
		['a page below the host of the vendor itself', 'https://activehosted.com/app'],
		['a page below a longer host', 'https://x.acme.activehosted.com/app'],
		['a page at a host that only ends alike', 'https://acme.notactivehosted.com/app'],
		['no scheme but slashes', '//acme.api-us1.com'],
		['a backslash', 'https://acme.api-us1.com\\@evil.example'],
		['backslashes for slashes', 'https:\\\\acme.api-us1.com'],
		['a percent escape', 'acme%2eapi-us1.com'],
		['a percent escape in the path', 'https://acme.api-us1.com/api%2f3'],
		['port 0', 'localhost:0'],
		['a port over 65535', 'localhost:65536'],
		['a port with a leading zero', 'localhost:080'],
		['an empty port', 'localhost:'],
		['an IP address with http', 'http://10.0.0.1'],
		['a short loopback address', '127.1'],
		['a hexadecimal loopback address', '0x7f.1'],
		['an octal loopback address', '127.0.0.01'],
		['an address out of range', '127.0.0.256'],
		['a name that ends in a number', 'acme.5'],
		['another IPv6 address', '[::2]'],
		['loopback spelt out', '[0:0:0:0:0:0:0:1]'],
		['full-width letters', '\uff41cme'],
		['a full-width dot', 'acme\uff0eapi-us1\uff0ecom'],
		['an ideographic full stop', 'acme\u3002com'],
		['umlauts', 'caf\u00e9.example'],
		['the Kelvin sign', '\u212aelvin'],
		['a lone surrogate', 'acme\ud800'],
	])('%s is refused', (_what, typed) => {
		expect(refusal(typed).message).toMatch(/Settings > Developer/);
	});

	test('the message says what to paste, and what is wrong with what was typed', () => {
		expect(refusal('https://mail.acme.example/app/settings').message).toBe(
			"The API URL 'https://mail.acme.example/app/settings' is the address of a page in ActiveCampaign. Paste the API URL that ActiveCampaign shows under Settings > Developer, e.g. https://acme.api-us1.com, or just the account name, e.g. acme",
		);
		expect(refusal('ac me').message).toMatch(/^The API URL 'ac me' contains a space\. Paste /);
		expect(refusal('http://acme.example').message).toMatch(/http, where only https keeps the API key secret/);
	});

	test.each([
		[
			'me@acme.com',
			/^The API URL contains an '@', where neither an email address nor a user name belongs\. /,
		],
		['https://acme.com/?a=b', /^The API URL is the address of a page in ActiveCampaign\. /],
		['acme.com/#a', /^The API URL is the address of a page in ActiveCampaign\. /],
		['ftp://acme.com', /^The API URL 'ftp:\/\/acme\.com' is not a valid URL, host, or account name\. /],
		['ac_me', /^The API URL 'ac_me' is not a valid URL, host, or account name\. /],
		['https:acme', /^The API URL 'https:acme' is not a valid URL, host, or account name\. /],
		['http:\\\\acme.com', / is not a valid URL, host, or account name\. /],
		['localhost:65536', /^The API URL 'localhost:65536' is not a valid URL, host, or account name\. /],
		['acme:8080', /^The API URL 'acme:8080' is not a valid URL, host, or account name\. /],
		['ac\tme', /^The API URL 'ac\\u0009me' contains a space\. /],
		['a'.repeat(301), /^The API URL is too long to be one\. /],
		['a,'.repeat(150), / is not a valid URL, host, or account name\. /],
		['', /^The API URL is empty\. /],
		[42, /^The API URL is not text\. /],
		['caf\u00e9', / contains more than plain letters, digits and hyphens\. /],
	])('%j is refused with its own reason', (typed, message) => {
		expect(refusal(typed)).toMatchObject({
			kind: 'wrongAccount',
			message: expect.stringMatching(message) as unknown,
		});
	});

	test('a token pasted by mistake is neither shown nor looked up as a host', () => {
		for (const pasted of [token, token.slice(0, 40), ` ${token.toUpperCase()} `, `https://${token}.com`]) {
			expect(refusal(pasted).message).toMatch(/looks like the API key, which belongs in 'API Key'/);
			expect(refusal(pasted).message.toLowerCase()).not.toContain(token.slice(0, 8));
		}
	});

	test('what may hold a secret is not shown', () => {
		for (const typed of [
			'https://me:hunter2@acme.com',
			'https://acme.com/?key=hunter2',
			'acme.com/#hunter2',
			`https://acme.com/${token}`,
			`acme ${token}`,
		]) {
			expect(refusal(typed).message).not.toMatch(/hunter2|01234567/);
		}
	});

	test('messages are short, print on one line and are free of blame', () => {
		for (const typed of ['x '.repeat(140), '\u202eacme com', 'acme\r\nX: y', '\u2028 ac me', 'ac\ud800 me']) {
			const { message } = refusal(typed);
			expect(message.length).toBeLessThan(400);
			expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Cs}\u202e]/u);
			expect(message).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
		}
	});
});

describe('whether a URL belongs to the account', () => {
	const account = 'https://acme.api-us1.com/api/3';

	test.each(['https://acme.api-us1.com/api/3/users/me', 'HTTPS://ACME.api-us1.com:443/x?y#z', account])(
		'%s does',
		(url) => {
			expect(isWithinAccount(url, account)).toBe(true);
		},
	);

	test.each([
		'http://acme.api-us1.com/api/3',
		'https://acme.api-us1.com:8443/api/3',
		'https://other.api-us1.com/api/3',
		'https://acme.api-us1.com.evil.example/',
		'https://acme.api-us1.com@evil.example/',
		'https://me:secret@acme.api-us1.com/',
		'https://acme.api-us1.com./',
		'//acme.api-us1.com/',
		'/users/me',
		'null',
		'',
	])('%s does not', (url) => {
		expect(isWithinAccount(url, account)).toBe(false);
	});

	test.each([account, ''])('%j does not where the account has none', (url) => {
		expect(isWithinAccount(url, '')).toBe(false);
	});
});
