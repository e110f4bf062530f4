import { TtlCache } from '../../lookups/ttlCache';
import type { Account } from '../../transport/account';
import type { ContactPart } from '../../contact/sideLoaded';

/** How long it is remembered what an account does not load beside contacts (milliseconds). */
const REMEMBER_MS = 10 * 60_000;

const notLoaded = new TtlCache<true>(REMEMBER_MS);

/** Those of the parts that are worth asking for beside contacts. */
export function loadableParts(account: Account, parts: readonly ContactPart[]): ContactPart[] {
	return parts.filter((part) => !notLoaded.get(keyOf(account, part)));
}

/** Remembers, for all executions of this process, that an account does not load parts beside contacts. */
export function rememberNotLoaded(account: Account, parts: readonly ContactPart[]): void {
	for (const part of parts) notLoaded.set(keyOf(account, part), true);
}

function keyOf(account: Account, part: ContactPart): string {
	return account.keyOf(`does not load ${part}`);
}
