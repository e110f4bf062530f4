import type { InputError } from '../shared/failure';
import { quote } from '../shared/text';

/** A value that a contact does not get, or only a part of it. */
export interface UnusableValue {
	/** The field's name on screen, or what the user called a field that the account does not have. */
	readonly field: string;
	/** The name of the standard field in the API, or the ID of the custom field; undefined for a field that the account does not have. */
	readonly id?: string;
	readonly given: unknown;
	readonly failure: InputError;
}

/** Why it is not set, to go on after the field's name and a colon: "'04/15' is not a date", "it has no option 'Pink'". */
export function unusableReason({ field, failure: { message } }: UnusableValue): string {
	const [name, rest] = [quote(field), message.slice(quote(field).length)];
	if (message.startsWith(`${name}: `)) return rest.slice(2);
	return message.startsWith(`${name} `)
		? `it${rest}`
		: `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** What to say where the item does not fail. */
export function unusableWarning({ failure }: UnusableValue): string {
	return `${failure.message}: skipped`;
}
