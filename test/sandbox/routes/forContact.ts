import { noResult, type ApiResponse } from '../apiResponse';
import type { SandboxContact } from '../model';
import type { Call, Route } from '../router';
import type { Permission } from '../settings';

/** A route below `/contacts/{id}`; 404 for a contact that is not there. */
export function forContact(
	method: string,
	path: string,
	handle: (contact: SandboxContact, call: Call) => ApiResponse,
	permission: Permission = 'contacts',
): Route {
	return {
		method,
		path,
		permission,
		handle: (call, id) => {
			const contact = call.account.contactById(id);
			return contact ? handle(contact, call) : noResult('Subscriber', id);
		},
	};
}
