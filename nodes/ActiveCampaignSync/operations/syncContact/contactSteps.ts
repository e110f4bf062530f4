import type { Account, AccountRequest } from '../../transport/account';
import type { Catalogs } from '../../lookups/catalogs';
import type { RetryBudget } from '../../transport/retryState';
import { settle } from '../../shared/result';
import { idOf, textOf, type JsonObject } from '../../shared/json';
import { decideMembership } from '../../contact/steps/membership';
import type { StepResult, StepResults } from '../../contact/steps/stepResults';
import type { ListChange, TagChange } from '../../contact/steps/requestedSteps';
import { enroll } from './enrollment';
import { distinct, notDone } from '../shared/stepLookup';
import type { FoundStep, PreparedSteps } from '../shared/stepLookup';

/** The contact that a sync just wrote. */
export interface SyncedContact {
	readonly id: string;
	/** Created just now, so it has no lists, tags and automations yet: nothing is read. */
	readonly isNew: boolean;
}

/** The lists, tags or automations that a contact has, as the API lists them. */
type LinkRows = readonly JsonObject[];

/** The steps of one contact after its sync: each does what is missing, and none keeps another from being done. */
export class ContactSteps {
	constructor(
		private readonly account: Account,
		private readonly catalogs: Catalogs,
		/** What all of its calls are part of. */
		private readonly budget: RetryBudget,
	) {}

	/** Carries the steps out, those that do not depend on each other side by side. @throws only when stopped */
	async carryOut(steps: PreparedSteps, contact: SyncedContact): Promise<StepResults> {
		const [lists, tags, automations] = await Promise.all([
			this.ofKind(steps.lists, contact, 'contactLists', 'see lists', async (step, rows) => {
				return await this.setMembership(step, contact, rows, steps.resubscribe);
			}),
			this.ofKind(steps.tags, contact, 'contactTags', 'see tags', async (step, rows) => {
				return step.requested.action === 'add'
					? await this.addTag(step, contact, rows)
					: await this.removeTag(step, rows);
			}),
			this.ofKind(
				steps.automations,
				contact,
				'contactAutomations',
				'see automations',
				async (step, before) => {
					const { id: automationId = '', name: automationName } = step;
					const enrollment = { contactId: contact.id, automationId, automationName, before };
					return await enroll(this.account, this.budget, enrollment);
				},
			),
		]);
		return { lists, tags, automations };
	}

	/** All steps of one kind: what the contact has is read once for them, and not at all for a new contact. */
	private async ofKind<Requested>(
		found: ReadonlyArray<FoundStep<Requested>>,
		contact: SyncedContact,
		link: 'contactLists' | 'contactTags' | 'contactAutomations',
		permission: string,
		act: (step: FoundStep<Requested>, rows: LinkRows) => Promise<string>,
	): Promise<StepResult[]> {
		const steps = distinct(found);
		const isNeeded = !contact.isNew && steps.some(({ failure }) => !failure);
		const rows = isNeeded ? this.readLinks(contact, link, permission) : Promise.resolve([]);
		const outcomes = steps.map(async (step): Promise<StepResult> => {
			if (step.failure) return notDone(step.name, step.failure);
			const { value: outcome, failure } = await settle(rows.then(async (known) => await act(step, known)));
			return failure ? notDone(step.name, failure) : { name: step.name, outcome };
		});
		return await Promise.all(outcomes);
	}

	private async readLinks({ id }: SyncedContact, link: string, permission: string): Promise<LinkRows> {
		const purpose = { action: `read the contact's ${link.replace('contact', '').toLowerCase()}`, permission };
		const request = { path: `/contacts/${id}/${link}`, purpose };
		return await this.account.readRows(request, link, this.budget);
	}

	private async setMembership(
		{ id, requested, name }: FoundStep<ListChange>,
		contact: SyncedContact,
		rows: LinkRows,
		resubscribe: boolean,
	): Promise<string> {
		const row = rows.find((one) => idOf(one['list']) === id);
		const decision = decideMembership(row && textOf(row['status']), requested.action, resubscribe);
		if (decision.write) {
			await this.write({
				method: 'POST',
				path: '/contactLists',
				body: { contactList: { list: id, contact: contact.id, ...decision.write } },
				purpose: {
					action: `change the subscription to list '${name}'`,
					permission: 'edit contacts and lists',
				},
			});
		}
		return decision.outcome;
	}

	private async addTag(
		{ name }: FoundStep<TagChange>,
		contact: SyncedContact,
		rows: LinkRows,
	): Promise<string> {
		const find = async () => await this.catalogs.tagToAdd(name, rows.length > 0);
		const link = async (tag: string) =>
			await this.write({
				method: 'POST',
				path: '/contactTags',
				body: { contactTag: { contact: contact.id, tag } },
				purpose: { action: `add the tag '${name}'`, permission: 'edit contacts and tags' },
			});
		const { id } = await find();
		if (rows.some((row) => idOf(row['tag']) === id)) return 'alreadyAdded';
		const { failure } = await settle(link(id));
		if (!failure) return 'added';
		if (failure.kind !== 'notFound' && failure.kind !== 'rejected') throw failure;
		// The id may be remembered from before, and the tag deleted or made anew since.
		this.catalogs.forgetTag(name, id);
		await link((await find()).id);
		return 'added';
	}

	private async removeTag({ id, name }: FoundStep<TagChange>, rows: LinkRows): Promise<string> {
		const links = rows.filter((row) => id !== undefined && idOf(row['tag']) === id);
		if (links.length === 0) return 'notThere';
		const purpose = { action: `remove the tag '${name}'`, permission: 'edit contacts and tags' };
		await Promise.all(
			links.map(
				async (row) => await this.account.remove(`/contactTags/${idOf(row['id'])}`, purpose, this.budget),
			),
		);
		return 'removed';
	}

	private async write(request: AccountRequest): Promise<void> {
		await this.account.call(request, this.budget);
	}
}
