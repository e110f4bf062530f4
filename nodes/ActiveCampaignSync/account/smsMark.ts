import { textOf, type JsonObject } from '../shared/json';

/** What marks the names of lists for text messages in pickers and outcomes. */
const SMS_MARK = '(SMS)';

/** Whether a row of `lists` is a list for text messages: being on it is consent to SMS, and takes a phone number. */
export function isSmsList(row: JsonObject): boolean {
	return textOf(row['channel']).toLowerCase() === 'sms';
}

/** What a list is called in pickers and outcomes. */
export function listLabel(name: string, isSms = false): string {
	return isSms && !hasSmsMark(name) ? `${name} ${SMS_MARK}` : name;
}

/** Whether a name says that its list is for text messages, as pickers show it. */
export function hasSmsMark(name: string): boolean {
	return name.trimEnd().endsWith(SMS_MARK);
}
