import { AccountFailure, CORRECT_CREDENTIAL } from '../shared/failure';
import { quote, visibleText } from '../shared/text';

const WHAT_TO_PASTE =
	'Paste the API URL that ActiveCampaign shows under Settings > Developer, e.g. https://acme.api-us1.com, or just the account name, e.g. acme';

/** The credential's 'API URL' cannot be read as an account: why, what to paste, and where to find it. */
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
/** Scheme, host, port and path of lower-case text. Nothing else, so neither user info, query, fragment nor escapes. */
const ADDRESS = /^(?:(https?):\/\/)?(\[::1\]|[a-z\d-]+(?:\.[a-z\d-]+)*)(?::([1-9]\d{0,4}))?(\/[^?#@\\%]*)?$/;
const API_PATHS: ReadonlySet<string> = new Set(['', '/', API_PATH, `${API_PATH}/`]);
/** Hosts on this machine, for which plain http is safe. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;
/** A token is 72 hexadecimal digits; anything like it is neither shown in a message nor looked up as a host. */
const TOKEN = /[\da-f]{32}/;
const MAY_BE_TOKEN = /[a-z\d_-]{24}/i;

/** Why a text cannot be an account name, the first one that fits. */
const REASONS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\s/, 'contains a space'],
	// Some foreign letters would become plain ones in lower case: the Kelvin sign "k".
	[/[^!-~]/, 'contains more than plain letters, digits and hyphens'],
	[/@/, "contains an '@', where neither an email address nor a user name belongs"],
	[/[?#]/, 'is the address of a page in ActiveCampaign'],
];

/**
 * The base URL of the account's API, e.g. `https://acme.api-us1.com/api/3`: no trailing slash, lower-case host, the
 * port kept unless it is the usual one.
 *
 * Takes an account name, a host, a URL up to `/api/3/`, or the address of a page in ActiveCampaign. The host is always
 * the one that was typed: whatever a URL parser would rewrite is refused. Plain http is for loopback hosts only, and what
 * they mean without a scheme.
 * @throws AccountFailure for anything else
 */
export function accountBaseUrl(accountName: unknown): string {
	if (typeof accountName !== 'string') throw invalidAccountName('The API URL is not text');
	const typed = visibleText(accountName);
	if (typed === '') throw invalidAccountName('The API URL is empty');
	if (typed.length > MAX_INPUT_LENGTH) throw invalidAccountName('The API URL is too long to be one');
	const reason = REASONS.find(([pattern]) => pattern.test(typed))?.[1];
	if (reason) throw invalidAccountName(`${shown(typed)} ${reason}`);

	const text = typed.toLowerCase();
	const [, scheme, typedHost = '', port, path = ''] = ADDRESS.exec(text) ?? [];
	if (TOKEN.test(typedHost)) {
		throw invalidAccountName("What was entered looks like the API key, which belongs in 'API Key'");
	}
	// At the vendor's own hosts every page belongs to the account.
	if (!API_PATHS.has(path) && (!VENDOR_HOST.test(typedHost) || MAY_BE_TOKEN.test(path)))
		throw invalidAccountName(`${shown(text)} is the address of a page in ActiveCampaign`);
	const isLoopback = LOOPBACK.test(typedHost);
	if (scheme === 'http' && !isLoopback) {
		throw invalidAccountName(`${shown(text)} starts with http, where only https keeps the API key secret`);
	}

	const host =
		text === typedHost && !isLoopback && !text.includes('.') ? `${text}.${USUAL_DOMAIN}` : typedHost;
	const url = parsedUrl(`${scheme ?? (isLoopback ? 'http' : 'https')}://${host}${port ? `:${port}` : ''}`);
	// A bare name alone means the usual domain. And the parser has the last word on what only looks plain, e.g. a port
	// over 65535, or `0x7f.1`, which it reads as 127.0.0.1.
	if (url?.hostname !== host || !(isLoopback || host.includes('.'))) {
		throw invalidAccountName(`${shown(text)} is not a valid URL, host, or account name`);
	}
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

/**
 * The address of a page of the account: people log in at activehosted.com.
 * @param baseUrl as `accountBaseUrl` returns it
 */
export function accountPage(baseUrl: string, path: string): string {
	const { origin } = new URL(baseUrl);
	const name = VENDOR_ORIGIN.exec(origin)?.[1];
	return `${name === undefined ? origin : `https://${name}.activehosted.com`}${path}`;
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

/** What was typed, unless it may contain a secret: a password before "@", a query, or something as long as a token. */
function shown(text: string): string {
	const mayHoldSecret = /[@?#]/.test(text) || MAY_BE_TOKEN.test(text);
	return mayHoldSecret ? 'The API URL' : `The API URL ${quote(text)}`;
}
