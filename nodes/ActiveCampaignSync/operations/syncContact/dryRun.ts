import type { IDataObject } from 'n8n-workflow';

import { bouncedForGood } from './contactOutput';
import { syncBody, type ContactPlan, type ExistingContact } from '../../input/contactPlan';
import { decideWrite, planToWrite, skippedOutput, type WriteDecision } from '../../input/contactTarget';
import { dryRunOutput } from './dryRunOutput';
import { emailKey } from '../../input/email';
import { type ContactPart } from '../../account/contactParts';
import { companyKey, decideCompany } from '../../steps/companyLink';
import { decideEnrollment, decideTag, membershipOn } from '../../steps/contactLinks';
import { hasPhone, noPhoneError } from '../../steps/phone';
import { decideMembership } from '../../steps/membership';
import type { CompanyChange, TagChange } from '../../steps/requestedSteps';
import { stepOutput, type StepResults } from '../../steps/stepResults';
import { tagKey } from '../../steps/tagNames';
import { toPreviewOutcome } from '../../steps/toPreviewOutcome';
import type { Lookups } from '../../account/lookups';
import type { JsonObject } from '../../shared/json';
import type { Account } from '../../account/account';
import type { RequestScope } from '../../account/requestScope';
import type { ContactGroup } from '../../run/contactGroups';
import { toFailure, type ItemOutcome } from '../../run/items';
import {
	allSettled,
	resolveSteps,
	settleSteps,
	type ResolvedStep,
	type ResolvedSteps,
} from '../../steps/resolveSteps';
import type { FoundContact } from '../../account/foundContact';
import { ContactFinder, neededParts } from './contactFinder';
import { isSmsList } from '../../steps/smsLists';
import { readPart } from '../../account/contactRows';
import { findDuplicate } from './updateFailures';

type ShownGroup = Pick<
	ContactGroup,
	'itemIndexes' | 'target' | 'plan' | 'catalog' | 'requestedSteps' | 'options'
>;
type RowsOf = (part: ContactPart) => Promise<readonly JsonObject[]>;

/** What a run would do, decided by the functions that decide it in earnest; only reads the account. */
export class DryRun {
	/** Tags that the run would have created by now. */
	private readonly newTags = new Set<string>();
	private readonly finder: ContactFinder;
	/** Companies that it would have created. */
	private readonly newCompanies = new Set<string>();

	/** @param isImport whether the run imports: that sends a row to a list for text messages also without a phone number */
	constructor(
		private readonly account: Account,
		private readonly catalogs: Lookups,
		private readonly isImport = false,
	) {
		this.finder = new ContactFinder();
	}

	/**
	 * What would be done for a contact, as the account has it now.
	 * @throws AccountFailure and InputError, for what would fail the item in earnest
	 */
	async show(group: ShownGroup): Promise<IDataObject> {
		const scope = this.account.scope(group.itemIndexes);
		const { target, plan, catalog, requestedSteps, options } = group;
		const [{ value: found }, steps] = await Promise.all([
			this.finder.find(scope, group, neededParts(plan, requestedSteps), true),
			resolveSteps(this.catalogs, requestedSteps, true),
		]);
		const decision = decideWrite(target, plan.email, options.syncMode, found);
		if (decision.write === 'nothing') return skippedOutput('wouldSkip', plan, decision);
		const { contact } = found;
		const { set, clear } = plan.customFields;
		const existing = await this.finder.existing(scope, found, set.size + clear.size > 0);
		const written = planToWrite(plan, catalog, target, decision, existing);
		await this.checkEmail(scope, written.email, decision, existing);
		const rowsOf: RowsOf = async (part) =>
			contact ? (contact.parts.get(part) ?? (await readPart(scope, contact.id, part)).value) : [];
		// Syncing finds an address without regard to case, and leaves it as it is.
		const shown = target.by === 'email' && existing ? { ...written, email: '' } : written;
		return {
			...dryRunOutput(shown, catalog, existing, options.simplify ? undefined : requestOf(written, decision)),
			...stepOutput(await this.decide(steps, written, contact, rowsOf)),
		};
	}

	/** @throws AccountFailure when another contact has the address that the contact is to get */
	private async checkEmail(
		scope: RequestScope,
		email: string,
		decision: WriteDecision,
		existing: ExistingContact | undefined,
	): Promise<void> {
		if (decision.write !== 'update' || email === '' || !existing) return;
		if (emailKey(email) === emailKey(existing.email)) return;
		const duplicate = await findDuplicate(scope, email, decision.id);
		if (duplicate) throw duplicate;
	}

	private async decide(
		{ lists, tags, automations, company, notes, resubscribe }: ResolvedSteps,
		plan: ContactPlan,
		found: FoundContact | undefined,
		rowsOf: RowsOf,
	): Promise<StepResults> {
		const hasBounced = found !== undefined && bouncedForGood(found.row);
		return await allSettled({
			lists: settleSteps(lists, async (step) => {
				const { id = '', requested } = step;
				const membership = membershipOn(await rowsOf('contactLists'), id, hasBounced);
				const { outcome, status, write } = decideMembership(membership, requested.action, resubscribe);
				const needsPhone = write?.status === 1 && !this.isImport;
				const lacksPhone = needsPhone && !hasPhone(plan, found?.row, false);
				if (lacksPhone && (await isSmsList(this.catalogs, step))) throw noPhoneError();
				return { outcome: toPreviewOutcome(outcome), status };
			}),
			tags: settleSteps(tags, async (step) => ({
				outcome: toPreviewOutcome(this.tagOutcome(step, await rowsOf('contactTags'))),
			})),
			automations: settleSteps(automations, async ({ id = '', requested: { action } }) => ({
				outcome: toPreviewOutcome(decideEnrollment(action, await rowsOf('contactAutomations'), id).outcome),
			})),
			company: settleSteps(company, async (step) => ({
				outcome: toPreviewOutcome(this.companyOutcome(step, await rowsOf('accountContacts'))),
			})),
			notes: settleSteps(notes, async () => await Promise.resolve({ outcome: toPreviewOutcome('added') })),
		});
	}

	/** A tag that the run creates is there for the contacts after that. */
	private tagOutcome({ id, name, requested }: ResolvedStep<TagChange>, links: readonly JsonObject[]): string {
		const { outcome } = decideTag(requested.action, { id }, links);
		if (outcome !== 'created') return outcome;
		const isThere = this.newTags.has(tagKey(name));
		this.newTags.add(tagKey(name));
		return isThere ? 'added' : outcome;
	}

	/** The same goes for companies. */
	private companyOutcome(
		{ id, requested }: ResolvedStep<CompanyChange>,
		links: readonly JsonObject[],
	): string {
		const key = companyKey(requested.name);
		const { outcome } = decideCompany(requested, { id }, links);
		if (!outcome.startsWith('created')) return outcome;
		const isThere = this.newCompanies.has(key);
		this.newCompanies.add(key);
		if (!isThere) return outcome;
		return outcome === 'createdAndLinked' ? 'linked' : 'moved';
	}
}

/** The outcome of a dry run for the items of a group. Never throws. */
export async function previewGroup(dryRun: DryRun, group: ContactGroup): Promise<ItemOutcome> {
	try {
		return { action: 'dryRun', json: await dryRun.show(group) };
	} catch (thrown) {
		return { failure: toFailure(thrown) };
	}
}

/** The request that would write the contact, for users who want to see it. */
function requestOf(plan: ContactPlan, decision: WriteDecision): IDataObject {
	return decision.write === 'update'
		? { method: 'PUT', path: `/contacts/${decision.id}`, body: syncBody(plan) }
		: { path: '/contact/sync', body: syncBody(plan) };
}
