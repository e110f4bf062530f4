import { quote, quoteValue } from './text';

/** Why a call to the account did not work, by what has to be done about it. */
export type FailureKind =
	/** The API key is wrong, or its user lacks the permission. */
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
	/** The call may have been carried out anyway, e.g. its response was lost. */
	readonly outcomeUnknown?: boolean;
	/** Another call in this run would end the same way. */
	readonly isFinal?: boolean;
	/** The wait the account asked for, in milliseconds. */
	readonly retryAfterMs?: number;
	/** The ID of another contact, which has the email address that this one was to get. */
	readonly emailOwnerId?: string;
	/** The part of a value that a field can take, encoded. */
	readonly usable?: string;
	/** The reasons for single contacts of a rejected bulk import, by index from 0. */
	readonly contactReasons?: ReadonlyMap<number, string>;
}

/**
 * A call to the account that did not succeed.
 * `message` says what happened, `description` what to do next; neither ever contains the API key.
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

	/** The same failure with other words or more details. */
	with({ kind, message, description, details }: Partial<FailureParts>): AccountFailure {
		return new AccountFailure(kind ?? this.kind, message ?? this.message, description ?? this.description, {
			...this.details,
			...details,
		});
	}
}

type FailureParts = Pick<AccountFailure, 'kind' | 'message' | 'description' | 'details'>;

/**
 * Something the user typed or mapped cannot be used.
 *
 * `message` says what happened, with the field and the value in 'single quotes'; `description` says what to do next.
 */
export class InputError extends Error {
	readonly kind = 'invalidInput';

	constructor(
		message: string,
		readonly description: string,
		readonly details: FailureDetails = {},
	) {
		super(message);
		this.name = 'InputError';
	}

	/** The same failure with other words or more details. */
	with({ message, description, details }: Partial<Omit<FailureParts, 'kind'>>): InputError {
		return new InputError(message ?? this.message, description ?? this.description, {
			...this.details,
			...details,
		});
	}
}

/** Why something was not done: bad input, or a call to the account that failed. Both say what happened and what to do. */
export type Failure = InputError | AccountFailure;

export function isFailure(thrown: unknown): thrown is Failure {
	return thrown instanceof InputError || thrown instanceof AccountFailure;
}

/**
 * What was thrown, as a failure to handle.
 * @throws anything else, and the failure of a stopped execution: only the item handles these
 */
export function failureOf(thrown: unknown): Failure {
	if (isFailure(thrown) && thrown.kind !== 'stopped') return thrown;
	throw thrown;
}

/** For what is only good to know: nothing, in place of a failure. @throws what `failureOf` throws */
export function ignoreFailure(thrown: unknown): undefined {
	failureOf(thrown);
	return undefined;
}

/** What was thrown about a value or a parameter. @throws anything else */
export function inputErrorOf(thrown: unknown): InputError {
	if (thrown instanceof InputError) return thrown;
	throw thrown;
}

/** What happened and what to do next, in one line. */
export function explain({ message, description }: Pick<Failure, 'message' | 'description'>): string {
	return description ? `${message}. ${description}` : message;
}

/** A value that a field cannot take: `'Birthday': '2026-02-30' is not a day that exists`, with what to do about it. */
export function invalidValueError(name: string, value: unknown, reason: string, advice: string): InputError {
	return new InputError(`${quote(name)}: ${quoteValue(value)} ${reason}`, advice);
}

/**
 * What ends a call when the user stops the execution.
 * @param outcomeUnknown whether it was on its way already: n8n cuts the connection then, whatever the account has done
 */
export function stopped(outcomeUnknown = false): AccountFailure {
	return new AccountFailure(
		'stopped',
		'The execution was stopped before this item was processed',
		'Run the workflow again for the items that are left',
		{ outcomeUnknown },
	);
}

/** What to do about what passes. */
export const LATER = 'Run the item again in a few minutes. If this continues, see status.activecampaign.com';

/** Where users find what the credential asks for. */
export const WHERE_TO_FIND_CREDENTIAL = 'ActiveCampaign shows it under Settings > Developer';

/** What to do about a credential that cannot be used. */
export const CORRECT_CREDENTIAL = 'Correct the credential of this node';

/** The kinds that other items are likely to meet too, and that stay until a person does something about them. */
export const PERMANENT: ReadonlySet<FailureKind> = new Set(['forbidden', 'wrongAccount', 'accountBlocked']);

/** The kinds that other items are likely to meet too, and that pass by themselves. */
export const TRANSIENT: ReadonlySet<FailureKind> = new Set(['unreachable', 'rateLimited', 'unavailable']);
