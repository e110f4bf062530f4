/** Why a call to the account did not work, by what has to be done about it. */
export type FailureKind =
	/** The API token is wrong, or its user lacks the permission. */
	| 'forbidden'
	/** Nothing under this account name speaks the ActiveCampaign API. */
	| 'wrongAccount'
	/** No connection to the account's host. */
	| 'unreachable'
	/** Over the rate limit for longer than we wait. */
	| 'rateLimited'
	/** The account exists but could not do it now: 5xx, a cut connection, a time-out, a 403 from a token that works. */
	| 'unavailable'
	/** What was sent was not accepted. */
	| 'rejected'
	/** The record does not exist. */
	| 'notFound'
	/** A response that is not what the API documents, such as a 2xx without data. */
	| 'noData'
	/** The account needs attention from its owner, e.g. an unpaid bill. */
	| 'accountBlocked'
	/** What the request was decided on was too old by the time it could be sent: nothing was sent. */
	| 'stale'
	/** What the user typed or mapped cannot be used; see `InputError`. */
	| 'invalidInput'
	/** The execution was stopped. */
	| 'stopped';

export interface FailureDetails {
	/** The HTTP status code as digits, if there was a response. */
	readonly httpCode?: string;
	/** The call may have been carried out even so, e.g. its response was lost. */
	readonly outcomeUnknown?: boolean;
	/** Another call in this run would end the same way. */
	readonly isFinal?: boolean;
	/** The wait the account asked for, in milliseconds. */
	readonly retryAfterMs?: number;
	/** The ID of another contact, which has the email address that this one was to get. */
	readonly addressHolderId?: string;
	/** The reasons for single contacts of a rejected bulk import, by index from 0. */
	readonly contactReasons?: ReadonlyMap<number, string>;
}

/**
 * A call to the account that did not succeed.
 * `message` says what happened, `description` what to do next; neither ever contains the API token.
 */
export class AccountFailure extends Error {
	override readonly name = 'AccountFailure';

	constructor(
		readonly kind: FailureKind,
		message: string,
		readonly description: string,
		readonly details: FailureDetails = {},
	) {
		super(message);
	}
}

/** Where users find what the credential asks for. */
export const WHERE_TO_FIND_CREDENTIAL = 'ActiveCampaign shows it under Settings > Developer';

/** What to do about a credential that cannot be used. */
export const CORRECT_CREDENTIAL = 'Correct the credential of this node';

/** The kinds that other items are likely to meet too, and that stay until a person does something about them. */
export const LASTING: ReadonlySet<FailureKind> = new Set(['forbidden', 'wrongAccount', 'accountBlocked']);

/** The kinds that other items are likely to meet too, and that pass by themselves. */
export const PASSING: ReadonlySet<FailureKind> = new Set(['unreachable', 'rateLimited', 'unavailable']);
