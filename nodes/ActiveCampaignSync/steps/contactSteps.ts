import type { Account } from '../account/account';
import type { Lookups } from '../account/lookups';
import type { RequestScope } from '../account/requestScope';
import { settle } from '../shared/result';
import { isObject, type JsonObject } from '../shared/json';
import { hasContact } from '../operations/syncContact/contactOutput';
import { hasPhone, noPhoneError } from './phone';
import { decideTag, membershipOn } from './contactLinks';
import { decideMembership, type MembershipDecision } from './membership';
import type { StepResult, StepResults } from './stepResults';
import type { AutomationChange, ListChange, TagChange } from './requestedSteps';
import type { SyncedContact } from '../operations/syncContact/contactSync';
import { CompanyStep } from './companyStep';
import { enroll, leave } from './enrollment';
import { addNote } from './noteStep';
import type { ContactParts, PartReading } from '../operations/syncContact/partsOfContact';
import { hasSubscribed, mayStart, noteNotStarted } from './listTriggers';
import { isSmsList } from './smsLists';
import { writeIfFresh } from '../account/cachedRead';
import { rowId } from '../account/contactRows';
import {
	allSettled,
	settleSteps,
	type ResolvedStep,
	type ResolvedSteps,
	type StepOutcome,
} from './resolveSteps';

/** The steps of one contact after its sync: each does what is missing, even if others fail. */
export class ContactSteps {
	constructor(
		private readonly account: Account,
		private readonly catalogs: Lookups,
		/** What all of its calls are part of. */
		private readonly scope: RequestScope,
		private readonly contact: SyncedContact,
		/** What the contact has. */
		private readonly parts: ContactParts,
	) {}

	/** Carries the steps out, those that do not depend on each other side by side. @throws only when stopped */
	async carryOut(steps: ResolvedSteps): Promise<StepResults> {
		const { scope, contact, parts } = this;
		const { lists, resubscribe } = steps;
		const memberships = parts.of('contactLists');
		const tagLinks = parts.of('contactTags');
		const entries = parts.of('contactAutomations');
		const company = new CompanyStep(
			this.account,
			this.catalogs,
			scope,
			contact.id,
			parts.of('accountContacts'),
		);
		const listSteps = settleSteps(
			lists,
			async (step) => await this.setMembership(step, memberships, resubscribe),
		);
		return await allSettled({
			lists: listSteps,
			tags: settleSteps(steps.tags, async (step) => await this.changeTag(step, tagLinks)),
			automations: settleSteps(
				steps.automations,
				async (step) => await this.changeEnrollment(step, entries, lists, listSteps),
			),
			company: settleSteps(steps.company, async (step) => await company.carryOut(step)),
			notes: settleSteps(steps.notes, async ({ name }) => await addNote(scope, contact.id, name)),
		});
	}

	private async setMembership(
		step: ResolvedStep<ListChange>,
		memberships: PartReading,
		resubscribe: boolean,
	): Promise<StepOutcome> {
		const { id = '', requested, name } = step;
		let unclear: MembershipDecision | undefined;
		return await writeIfFresh(
			async () => await memberships.get(),
			async (rows, notAfter) => {
				const membership = membershipOn(rows, id, this.contact.hasBounced);
				const decision = decideMembership(membership, requested.action, resubscribe);
				const { outcome, status, write } = decision;
				// What is there by now may be what an earlier round has written.
				if (!write) return outcome.startsWith('already') && unclear ? unclear : { outcome, status };
				if (write.status === 1) await this.checkPhone(step);
				const written = this.scope.call({
					method: 'POST',
					path: '/contactLists',
					body: { contactList: { list: id, contact: this.contact.id, ...write } },
					purpose: {
						action: `change the subscription to list '${name}'`,
						permission: 'edit contacts and lists',
					},
					notAfter,
				});
				const { failure } = await settle(written);
				if (!failure) return { outcome };
				if (failure.details.outcomeUnknown) unclear = { outcome };
				throw failure;
			},
		);
	}

	/** @throws InputError for a contact without a phone number and a list for text messages */
	private async checkPhone(step: ResolvedStep<ListChange>): Promise<void> {
		const { plan, contact, isNew, id } = this.contact;
		const isThere = hasPhone(plan, contact, !isNew);
		if (isThere || !(await isSmsList(this.catalogs, step))) return;
		if (isThere === false) throw noPhoneError();
		// An update, too, may return a sparse contact.
		const purpose = { action: 'read the contact', permission: 'see contacts' };
		const hasData = (response: JsonObject) => hasContact(response, id);
		const request = { method: 'GET', path: `/contacts/${id}`, purpose, hasData } as const;
		const { body } = await this.scope.call(request);
		const row = isObject(body['contact']) ? body['contact'] : {};
		if (!hasPhone(plan, row, false)) throw noPhoneError();
	}

	private async changeTag(
		{ id, name, requested }: ResolvedStep<TagChange>,
		tagLinks: PartReading,
	): Promise<StepOutcome> {
		const { value: links } = await tagLinks.get();
		return {
			outcome:
				requested.action === 'add' ? await this.addTag(name, links) : await this.removeTag(name, id, links),
		};
	}

	/** "201, then 200 on a repeat": a tag is added once however often this is sent, so that no reading is too old. */
	private async addTag(name: string, links: readonly JsonObject[]): Promise<string> {
		const find = async () => await this.catalogs.tagToAdd(name, links.length > 0);
		const link = async (tag: string) => {
			const body = { contactTag: { contact: this.contact.id, tag } };
			const purpose = { action: `add the tag '${name}'`, permission: 'edit contacts and tags' };
			await this.scope.call({ method: 'POST', path: '/contactTags', body, purpose });
		};
		const tag = await find();
		const { outcome } = decideTag('add', tag, links);
		if (outcome === 'alreadyAdded') return outcome;
		const { failure } = await settle(link(tag.id));
		if (!failure) return outcome;
		if (failure.kind !== 'notFound' && failure.kind !== 'rejected') throw failure;
		// The id may be remembered from before, and the tag deleted or created again since.
		this.catalogs.forgetTag(name, tag.id);
		const current = await find();
		await link(current.id);
		return decideTag('add', current, []).outcome;
	}

	/** A link has an id of its own, so that a deletion that is repeated or late removes nothing else. */
	private async removeTag(
		name: string,
		tagId: string | undefined,
		links: readonly JsonObject[],
	): Promise<string> {
		const { outcome, own } = decideTag('remove', { id: tagId }, links);
		const purpose = { action: `remove the tag '${name}'`, permission: 'edit contacts and tags' };
		const remove = async (row: JsonObject) => await this.scope.remove(`/contactTags/${rowId(row)}`, purpose);
		await Promise.all(own.map(remove));
		return outcome;
	}

	/**
	 * A subscription may start the automation by itself. Unless that is known not to happen, the contact enters or leaves
	 * it after its subscriptions, as far as that is still to be done by then.
	 */
	private async changeEnrollment(
		{ id = '', name, requested: { action } }: ResolvedStep<AutomationChange>,
		automations: PartReading,
		lists: ReadonlyArray<ResolvedStep<ListChange>>,
		listSteps: Promise<readonly StepResult[]>,
	): Promise<StepOutcome> {
		const listIds = lists
			.filter(({ requested }) => requested.action === 'subscribe')
			.flatMap(({ id: listId }) => listId ?? [])
			.filter((listId) => mayStart(this.account, listId, id));
		const listResults = listIds.length > 0 ? await listSteps : [];
		const readAfter = hasSubscribed(listResults) ? performance.now() : undefined;
		const enrollment = { contactId: this.contact.id, automationId: id, automationName: name, automations };
		const change = action === 'enroll' ? enroll : leave;
		const outcome = await change(this.scope, { ...enrollment, readAfter });
		// One that has been through before is perhaps not taken on again, and says nothing about others.
		const isEvidence = this.contact.isNew && listResults.every((result) => result.outcome !== 'failed');
		if (outcome === 'enrolled' && isEvidence) {
			for (const listId of listIds) noteNotStarted(this.account, listId, id);
		}
		return { outcome };
	}
}
