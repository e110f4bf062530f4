import { randomInt } from 'node:crypto';

/** No vowels, so that no name that a person gave a record looks like one of the contract's. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const RANDOM_LETTERS = 12;
const OWN_NAME = new RegExp(`^\\s*contract-[${LETTERS}]{${RANDOM_LETTERS}}(?![a-z])`, 'i');
/** Reserved by RFC 2606; its MX record says that it takes no mail. */
const DOMAIN = 'example.com';

/** What the names of all records of a run begin with, e.g. `contract-bqxkzrtlmnpw`. */
export function newRunName(): string {
	const letters = Array.from({ length: RANDOM_LETTERS }, () => LETTERS.charAt(randomInt(LETTERS.length)));
	return `contract-${letters.join('')}`;
}

export function addressFor(name: string): string {
	return `${name}@${DOMAIN}`;
}

/** Whether a record of that name or address was made by a run of the contract, this one or an earlier one. */
export function isOwnName(name: unknown): name is string {
	return typeof name === 'string' && OWN_NAME.test(name);
}
