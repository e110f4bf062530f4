import type { IDataObject } from 'n8n-workflow';

import type { FoundContact } from '../../account/contactParts';
import type { ContactPlan, ExistingContact } from '../../input/contactPlan';
import { targetKey, type ContactTarget } from '../../input/contactTarget';
import { emailKey, isSameEmail } from '../../input/contactReference';
import type { FoundTarget, Wanted } from './findContact';
import type { FieldCatalog } from '../../fields/fieldCatalog';
import { isSameStoredValue, showStoredValue } from '../../fields/fieldValue';
import type { ShownValue } from '../../fields/kinds/kind';
import { STANDARD_COLUMNS, STANDARD_FIELDS } from '../../fields/field';

/** A field as people see it: its name and its values; '' or [] where there is nothing. */
interface FieldChange {
	readonly field: string;
	readonly from: ShownValue;
	readonly to: ShownValue;
}

/**
 * What a dry run shows of a contact.
 * @param existing what the account has, undefined for nobody
 * @param extra its ID, and what would be sent, for users who want it
 */
export function dryRunOutput(
	plan: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
	{ id = '', request }: { readonly id?: string; readonly request?: IDataObject } = {},
): IDataObject {
	const changes = plannedChanges(plan, catalog, existing);
	const known = changes.length > 0 ? 'wouldUpdate' : 'unchanged';
	return {
		action: existing ? known : 'wouldCreate',
		...(id === '' ? {} : { id }),
		email: plan.email || (existing?.email ?? ''),
		changes: changes.map((change) => ({ ...change })),
		...(request ? { request } : {}),
	};
}

/** The fields that a plan would change, with what they contain now. */
export function plannedChanges(
	plan: ContactPlan,
	catalog: FieldCatalog,
	existing: ExistingContact | undefined,
): FieldChange[] {
	// Standard fields first, in their order.
	const ids = new Set([...STANDARD_FIELDS, ...plan.fields.keys()]);
	const changes = [...ids].flatMap((id) => {
		const planned = plan.fields.get(id);
		const stored = existing?.fields.get(id) ?? '';
		const field = catalog.ofValue(id);
		if (planned === undefined || isSameStoredValue(field, stored, planned)) return [];
		const name = STANDARD_COLUMNS.get(id) ?? field.name;
		return [{ field: name, from: showStoredValue(field, stored), to: showStoredValue(field, planned) }];
	});
	return [...emailChange(plan, existing), ...changes];
}

function emailChange({ email }: ContactPlan, existing: ExistingContact | undefined): FieldChange[] {
	if (!existing || email === '' || email === existing.email) return [];
	return [{ field: 'Email', from: existing.email, to: email }];
}

/** A contact that items of a dry run would have written. */
interface PlannedContact {
	/** '' for one that they would have created. */
	readonly id: string;
	readonly target: ContactTarget;
	/** As the account has it. */
	readonly contact?: FoundContact;
	/** What they would have written, in order. */
	readonly plans: readonly ContactPlan[];
}

const NOTHING: ExistingContact = { email: '', fields: new Map() };

/**
 * What the items of a dry run would have done so far, so that the items after them meet it, as they would in the real run:
 * a contact that exists by then, or an address that is taken or free. Their lists, tags and automations are not in here.
 */
export class PlannedContacts {
	private readonly byTarget = new Map<string, PlannedContact>();
	private readonly byId = new Map<string, PlannedContact>();
	private readonly byEmail = new Map<string, PlannedContact>();

	/** What there would be for a target by now. @param found what the account has for it */
	find({ target, plan }: Wanted, found: FoundTarget): FoundTarget {
		const own = this.byTarget.get(targetKey(target));
		if (own) return { id: own.id, contact: found.contact?.id === own.id ? found.contact : own.contact };
		if (target.by !== 'key' || found.id !== undefined || plan.email === '') return found;
		const owner = this.ownerOf(plan.email);
		if (owner) {
			const { id, contact, target: other } = owner;
			const key = other.by === 'key' && other.field.id === target.field.id ? other.value : '';
			return { emailOwner: { id, key }, contact };
		}
		return this.hasLeft(found.emailOwner?.id, plan.email) ? {} : found;
	}

	/** What the contact would have by now. @param existing what it has in the account, undefined for nobody */
	existing(
		target: ContactTarget,
		id: string | undefined,
		existing: ExistingContact | undefined,
	): ExistingContact | undefined {
		const planned = this.byTarget.get(targetKey(target)) ?? this.byId.get(id ?? '');
		return planned ? planned.plans.reduce(afterPlan, existing ?? NOTHING) : existing;
	}

	/** The ID of the other contact that would have an address by now, '' for a new one; undefined if there is none. */
	otherOwner(email: string, target: ContactTarget, id: string): string | undefined {
		const owner = this.ownerOf(email);
		const isSame = owner && (targetKey(owner.target) === targetKey(target) || (id !== '' && owner.id === id));
		return isSame ? undefined : owner?.id;
	}

	/** Whether a contact of the account would have left an address by now. */
	hasLeft(id: string | undefined, email: string): boolean {
		const planned = this.byId.get(id ?? '');
		return planned !== undefined && this.ownerOf(email) !== planned;
	}

	/** Records what an item would write. @param existing what the contact has before that */
	record(
		target: ContactTarget,
		contact: FoundContact | undefined,
		written: ContactPlan,
		existing: ExistingContact | undefined,
	): void {
		const id = contact?.id ?? '';
		const before = this.byTarget.get(targetKey(target)) ?? this.byId.get(id);
		const planned = { id, target, contact, plans: [...(before?.plans ?? []), written] };
		this.byTarget.set(targetKey(target), planned);
		if (id !== '') this.byId.set(id, planned);
		const old = emailKey(existing?.email ?? '');
		if (before && this.byEmail.get(old) === before) this.byEmail.delete(old);
		const { email } = afterPlan(existing ?? NOTHING, written);
		if (email !== '') this.byEmail.set(emailKey(email), planned);
	}

	private ownerOf(email: string): PlannedContact | undefined {
		return this.byEmail.get(emailKey(email));
	}
}

function afterPlan(existing: ExistingContact, { email, fields }: ContactPlan): ExistingContact {
	const keepsEmail = email === '' || isSameEmail(email, existing.email);
	return {
		email: keepsEmail ? existing.email : email,
		fields: new Map([...existing.fields, ...fields]),
	};
}
