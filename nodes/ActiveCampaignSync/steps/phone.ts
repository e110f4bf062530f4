import { InputError } from '../shared/failure';
import { textOf, type JsonObject } from '../shared/json';
import type { ContactPlan } from '../input/contactPlan';

/**
 * Whether a contact has a phone number once a plan is written; undefined where that is not known.
 * @param row of the contact: the one that it had, or that the write returned
 * @param isSparse whether the row may lack what the contact has: "the created body is sparse"
 */
export function hasPhone(
	{ standardFields: { set, clear } }: Pick<ContactPlan, 'standardFields'>,
	row: JsonObject | undefined,
	isSparse: boolean,
): boolean | undefined {
	if (set.has('phone')) return true;
	if (clear.has('phone')) return false;
	return isSparse && row?.['phone'] === undefined ? undefined : textOf(row?.['phone']) !== '';
}

/** Why a contact without a phone number is not subscribed to a list for text messages. */
export function noPhoneError(): InputError {
	return new InputError(
		'the contact has no phone number, and the list is for text messages (SMS)',
		"Fill in 'Phone', or choose an email list",
	);
}
