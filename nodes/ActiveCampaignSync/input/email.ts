import { InputError } from '../shared/failure';
import { normalizeName, quoteValue, visibleText } from '../shared/text';

/** Longer addresses are refused everywhere (RFC 5321, 4.5.3.1). */
const MAX_ADDRESS_LENGTH = 254;

/**
 * An email address, without outer blanks, characters that are not seen and `mailto:`, and checked before anything is sent, by
 * the rules that the bulk import applies:
 * a local part, none of `" ( ) , : ; < > @ [ \ ]` or blanks in it, a domain with a dot and a top-level domain of two
 * letters or more.
 * @throws InputError naming what is wrong
 */
export function readEmail(value: unknown): string {
	const address = typeof value === 'string' ? visibleText(value).replace(/^mailto:/i, '') : value;
	if (address === undefined || address === null || address === '') {
		throw new InputError(
			"'Email' is empty",
			"Map the email address into 'Email', e.g. by dragging it from the input. Remove items without one with a Filter node",
		);
	}
	const reason = typeof address === 'string' ? reasonAgainst(address) : 'it is not text';
	if (typeof address !== 'string' || reason !== undefined) {
		throw new InputError(
			`'Email' is not a valid email address: ${quoteValue(value)} (${reason})`,
			'Use one address such as jane@example.com, with no name or anything else around it',
		);
	}
	return address;
}

/** What to compare addresses by: ActiveCampaign matches them without regard to case. */
export function emailKey(email: string): string {
	return normalizeName(email);
}

/** Whether two addresses are one to ActiveCampaign. */
export function isSameEmail(one: string, other: string): boolean {
	return emailKey(one) === emailKey(other);
}

function reasonAgainst(address: string): string | undefined {
	const at = address.lastIndexOf('@');
	if (at === -1) return 'the @ is missing';
	const local = address.slice(0, at);
	const domain = address.slice(at + 1);
	if (local === '') return 'the part before the @ is missing';
	if (address.length > MAX_ADDRESS_LENGTH) return `it is longer than ${MAX_ADDRESS_LENGTH} characters`;
	if (/[\s"(),:;<>@[\\\]\p{Cc}\p{Zs}\u200b\ufeff]/u.test(address.slice(0, at)))
		return 'a character before the @ is not allowed';
	if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain) || /^[.-]|\.\.|\.$/.test(domain))
		return 'the part after the @ is not a valid domain';
	if (!domain.includes('.')) return 'the part after the @ has no dot';
	if (!/\.(\p{L}{2,}|xn--[a-z0-9-]+)$/iu.test(domain)) return 'it has no valid top-level domain';
	return undefined;
}
