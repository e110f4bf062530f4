import { AccountFailure } from '../shared/failure';
import type { AccountRequest } from './request';
import { LATER } from './response';
import type { FailedTry } from './retry';

/** Names and ids: an id in a response that is not a number could lead anywhere, e.g. `1/../../other`. */
const SAFE_PATH = /^(?:\/[a-z_]+|\/\d+)+$/i;

/** @throws AccountFailure for a request whose path is more than names and ids: it must not be sent */
export function assertSafePath({ path, purpose: { action } }: AccountRequest): void {
	if (SAFE_PATH.test(path)) return;
	throw new AccountFailure(
		'noData',
		`ActiveCampaign could not ${action}: it returned an unexpected response, with an ID that is not a number`,
		LATER,
	);
}

/** A read that was perhaps carried out has changed nothing. */
export function withoutDoubt(fault: FailedTry, { method }: AccountRequest): FailedTry {
	const { kind, message, description, details } = fault.failure;
	if (method !== 'GET' || !details.outcomeUnknown) return fault;
	const known = { ...details, outcomeUnknown: false };
	return { ...fault, failure: new AccountFailure(kind, message, description, known) };
}

/** Why a request is not sent: what it was decided on is too old by now. */
export function staleFailure(
	{ notAfter, purpose }: AccountRequest,
	outcomeUnknown: boolean,
): AccountFailure | undefined {
	if (notAfter === undefined || performance.now() <= notAfter) return undefined;
	return new AccountFailure(
		'stale',
		`ActiveCampaign was not asked to ${purpose.action}: what was known of the contact was too old by then`,
		'Run the item again',
		{ outcomeUnknown },
	);
}
