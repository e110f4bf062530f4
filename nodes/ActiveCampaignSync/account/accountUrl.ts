import { AccountFailure, CORRECT_CREDENTIAL } from '../shared/failure';
import { quote } from '../shared/text';

const WHAT_TO_PASTE =
	'Paste the API URL that ActiveCampaign shows under Settings > Developer, e.g. https://acme.api-us1.com, or just the account name, e.g. acme';

/** The credential's 'Account Name' cannot be read as an account: why, what to paste, and where to find it. */
function invalidAccountName(reason: string): AccountFailure {
	return new AccountFailure('wrongAccount', `${reason}. ${WHAT_TO_PASTE}`, CORRECT_CREDENTIAL);
}

/** "The full URL stands under Settings > Developer"; where only a name is given, this is the vendor's usual host. */
const USUAL_DOMAIN = 'api-us1.com';
const API_PATH = '/api/3';
/** The hosts at which the vendor has accounts: the same account may be at both. */
const VENDOR_HOST = /^[^.]+\.(?:api-us1|activehosted)\.com$/;
const VENDOR_ORIGIN = /^https:\/\/([^.]+)\.(?:api-us1|activehosted)\.com$/;

/** Longer than any host name with all that may stand around it. */
const MAX_INPUT_LENGTH = 300;
const MAX_HOST_LENGTH = 253;

/** Scheme, host, port and path of lower-case text. Nothing else, so neither user info, query, fragment nor escapes. */
const ADDRESS = /^(?:(https?):\/\/)?(\[::1\]|[a-z\d.-]+)(?::([1-9]\d{0,4}))?(\/[^?#@\\%]*)?$/;
const API_PATHS: ReadonlySet<string> = new Set(['', '/', API_PATH, `${API_PATH}/`]);
const DNS_LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
/** What URL parsers read as a part of an IPv4 address, and then rewrite: `0x7f.1` becomes `127.0.0.1`. */
const IP_NUMBER = /^(?:\d+|0x[\da-f]*)$/;
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3})$/;
/** A token is 72 hexadecimal digits; anything like it is neither shown in a message nor looked up as a host. */
const TOKEN_ALONE = /^[\da-f]{32,}$/;
const TOKEN_INSIDE = /[a-z\d_-]{24}/i;

/**
 * The base URL of the account's API, e.g. `https://acme.api-us1.com/api/3`: no trailing slash, lower-case host, the
 * port kept unless it is the usual one.
 *
 * Takes an account name, a host, a URL up to `/api/3/`, or the address of a page in ActiveCampaign. The host is always the one that was typed: whatever a URL
 * parser would rewrite is refused. Plain http is for loopback hosts only, and what they mean without a scheme.
 * @throws AccountFailure for anything else
 */
export function accountBaseUrl(accountName: unknown): string {
	const text = readText(accountName);
	const [, scheme, typedHost = '', port, path = ''] = ADDRESS.exec(text) ?? [];
	if (!typedHost) throw invalidAccountName(`${shown(text)} ${whyNoAddress(text)}`);
	// At the vendor's own hosts every page belongs to the account.
	if (!API_PATHS.has(path) && (!VENDOR_HOST.test(typedHost) || TOKEN_INSIDE.test(path)))
		throw invalidAccountName(`${shown(text)} is the address of a page in ActiveCampaign`);

	const loopback = LOOPBACK.test(typedHost);
	const bare = !loopback && !typedHost.includes('.');
	if (bare && text !== typedHost) throw invalidAccountName(`${shown(text)} is not a full host name`);
	if (bare && TOKEN_ALONE.test(text)) {
		throw invalidAccountName("What was entered looks like the API token, which belongs in 'API Token'");
	}
	if (scheme === 'http' && !loopback) {
		throw invalidAccountName(`${shown(text)} starts with http, where only https keeps the API token secret`);
	}

	const host = bare ? `${typedHost}.${USUAL_DOMAIN}` : typedHost;
	const origin = `${scheme ?? (loopback ? 'http' : 'https')}://${host}${port ? `:${port}` : ''}`;
	const url = loopback || isDnsName(host) ? parsedUrl(origin) : undefined;
	// The parser has the last word on names that only look plain, e.g. a port over 65535.
	if (url?.hostname !== host) throw invalidAccountName(`${shown(text)} is not a valid account name or host`);
	return `${url.origin}${API_PATH}`;
}

/**
 * What distinguishes an account from others: `acme.api-us1.com` and `acme.activehosted.com` are one account, with one rate limit.
 * @param baseUrl as `accountBaseUrl` returns it
 */
export function accountKey(baseUrl: string): string {
	const { origin } = new URL(baseUrl);
	return VENDOR_ORIGIN.exec(origin)?.[1] ?? origin;
}

/** Whether a URL belongs to the account: the same scheme, host and port as its base URL, and no user info. */
export function isWithinAccount(url: string, baseUrl: string): boolean {
	const { origin, username, password } = parsedUrl(url) ?? {};
	return origin !== undefined && origin === parsedUrl(baseUrl)?.origin && !username && !password;
}

/** The parsed URL, or undefined where it cannot be read: `URL.canParse` is missing in older runtimes' types. */
export function parsedUrl(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}

function readText(accountName: unknown): string {
	if (typeof accountName !== 'string') throw invalidAccountName('The account name is not text');
	const text = accountName.trim();
	if (text === '') throw invalidAccountName('The account name is empty');
	if (text.length > MAX_INPUT_LENGTH) throw invalidAccountName('The account name is too long to be one');
	if (/\p{Cc}/u.test(accountName)) throw invalidAccountName('The account name contains a line break or tab');
	if (/\s/.test(text)) throw invalidAccountName(`${shown(text)} contains a space`);
	// Before it is lower-cased, which turns some foreign letters into plain ones: the Kelvin sign becomes "k".
	if (!/^[!-~]+$/.test(text))
		throw invalidAccountName(`${shown(text)} contains more than plain letters, digits and hyphens`);
	return text.toLowerCase();
}

function whyNoAddress(text: string): string {
	if (text.includes('@')) return "contains an '@', where neither an email address nor a user name belongs";
	if (/[?#]/.test(text)) return 'is the address of a page in ActiveCampaign';
	if (/^[a-z][a-z\d+.-]*:\/\//.test(text) && !/^https?:/.test(text)) return 'does not start with https://';
	return 'is not a valid account name or host';
}

function isDnsName(host: string): boolean {
	const labels = host.split('.');
	return (
		host.length <= MAX_HOST_LENGTH &&
		labels.every((label) => DNS_LABEL.test(label)) &&
		!IP_NUMBER.test(labels[labels.length - 1] ?? '')
	);
}

/** What was typed, unless it may contain a secret: a password before "@", a query, or something as long as a token. */
function shown(text: string): string {
	const mayHoldSecret = /[@?#]/.test(text) || TOKEN_INSIDE.test(text);
	return mayHoldSecret ? 'The account name' : `The account name ${quote(text)}`;
}
