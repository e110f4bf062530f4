import type { ContactStore } from './contacts';
import type { SandboxContact } from './model';

/* Deleting what an account has besides contacts, with all that contacts have of it. Each returns whether it was there. */

export function deleteList(store: ContactStore, id: string): boolean {
	return forgotten(store, store.lists.delete(id), ({ lists }) => lists.delete(id));
}

export function deleteField(store: ContactStore, id: string): boolean {
	return forgotten(store, store.fields.delete(id), ({ fieldValueRows }) => fieldValueRows.delete(id));
}

export function deleteTag(store: ContactStore, id: string): boolean {
	return forgotten(store, store.tags.delete(id), ({ tags }) => tags.delete(id));
}

export function deleteCompany(store: ContactStore, id: string): boolean {
	return forgotten(store, store.companies.delete(id), (contact) => {
		if (contact.company?.companyId === id) contact.company = undefined;
	});
}

function forgotten(
	store: ContactStore,
	wasThere: boolean,
	forget: (contact: SandboxContact) => unknown,
): boolean {
	if (wasThere) store.contacts().forEach(forget);
	return wasThere;
}
