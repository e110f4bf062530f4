import type { IDataObject } from 'n8n-workflow';

import { bouncedForGood } from '../../contact/contactOutput';
import { fillsBlanks, onlyBlanks, syncBody, type ContactPlan } from '../../contact/contactPlan';
import { dryRunOutput } from '../../contact/dryRunOutput';
import { existingContact } from '../../contact/existingContact';
import { CONTACT_PARTS, type ContactPart } from '../../contact/sideLoaded';
import { companyKey, decideCompany } from '../../contact/steps/companyLink';
import { decideEnrollment, decideTag, membershipOn } from '../../contact/steps/contactLinks';
import { hasPhone, noPhoneError } from '../../contact/steps/phone';
import { decideMembership } from '../../contact/steps/membership';
import type { CompanyChange, RequestedSteps, TagChange } from '../../contact/steps/requestedSteps';
import { stepOutput, type StepResults } from '../../contact/steps/stepResults';
import { tagKey } from '../../contact/steps/tagNames';
import { wouldDo } from '../../contact/steps/wouldDo';
import type { Catalogs } from '../../lookups/catalogs';
import type { JsonObject } from '../../shared/json';
import type { Account } from '../../transport/account';
import { RetryBudget } from '../../transport/retryState';
import type { ContactGroup } from './contactGroups';
import { toFailure, type ItemOutcome } from './items';
import { allSettled, prepareSteps, settleSteps, type FoundStep, type PreparedSteps } from './stepLookup';
import { readByEmail, type FoundContact } from './contactByEmail';
import { isSmsList } from './smsLists';
import { readPart } from './contactRows';

type ShownGroup = Pick<ContactGroup, 'plan' | 'catalog' | 'requestedSteps'>;
type RowsOf = (part: ContactPart) => Promise<readonly JsonObject[]>;

/** What a run would do, decided by the functions that decide it in earnest; only reads the account. */
export class DryRun {
	/** Tags that the run would have created by now. */
	private readonly newTags = new Set<string>();
	/** Companies that it would have created. */
	private readonly newCompanies = new Set<string>();

	constructor(
		private readonly account: Account,
		private readonly catalogs: Catalogs,
	) {}

	/**
	 * What would be done for a contact, as the account has it now.
	 * @param showRequest whether to include the body of the request
	 * @throws AccountFailure
	 */
	async show({ plan, catalog, requestedSteps }: ShownGroup, showRequest: boolean): Promise<IDataObject> {
		const budget = new RetryBudget();
		const [{ value: found }, steps] = await Promise.all([
			readByEmail(this.account, budget, plan.email, neededParts(plan, requestedSteps)),
			prepareSteps(this.catalogs, requestedSteps, true),
		]);
		const rowsOf: RowsOf = async (part) =>
			found ? (found.parts.get(part) ?? (await readPart(this.account, budget, found.id, part)).value) : [];
		const { set, clear } = plan.customFields;
		const existing =
			found && existingContact(found.row, set.size + clear.size > 0 ? await rowsOf('fieldValues') : []);
		const written = fillsBlanks(plan) && existing ? onlyBlanks(plan, catalog, existing) : plan;
		const request = showRequest ? { path: '/contact/sync', body: syncBody(written) } : undefined;
		return {
			...dryRunOutput(written, catalog, existing, request),
			...stepOutput(await this.decide(steps, written, found, rowsOf)),
		};
	}

	private async decide(
		{ lists, tags, automations, company, notes, resubscribe }: PreparedSteps,
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
				const lacksPhone = write?.status === 1 && !hasPhone(plan, found?.row, false);
				if (lacksPhone && (await isSmsList(this.catalogs, step))) throw noPhoneError();
				return { outcome: wouldDo(outcome), status };
			}),
			tags: settleSteps(tags, async (step) => ({
				outcome: wouldDo(this.tagOutcome(step, await rowsOf('contactTags'))),
			})),
			automations: settleSteps(automations, async ({ id = '', requested: { action } }) => ({
				outcome: wouldDo(decideEnrollment(action, await rowsOf('contactAutomations'), id).outcome),
			})),
			company: settleSteps(company, async (step) => ({
				outcome: wouldDo(this.companyOutcome(step, await rowsOf('accountContacts'))),
			})),
			notes: settleSteps(notes, async () => await Promise.resolve({ outcome: wouldDo('added') })),
		});
	}

	/** A tag that the run creates is there for the contacts after that. */
	private tagOutcome({ id, name, requested }: FoundStep<TagChange>, links: readonly JsonObject[]): string {
		const { outcome } = decideTag(requested.action, { id }, links);
		if (outcome !== 'created') return outcome;
		const isThere = this.newTags.has(tagKey(name));
		this.newTags.add(tagKey(name));
		return isThere ? 'added' : outcome;
	}

	/** The same goes for companies. */
	private companyOutcome({ id, requested }: FoundStep<CompanyChange>, links: readonly JsonObject[]): string {
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
export async function showGroup(dryRun: DryRun, group: ContactGroup): Promise<ItemOutcome> {
	try {
		return { action: 'dryRun', json: await dryRun.show(group, !group.options.simplify) };
	} catch (thrown) {
		return { failure: toFailure(thrown) };
	}
}

function neededParts(
	{ customFields: { set, clear } }: ContactPlan,
	{ lists, tags, automations, company }: RequestedSteps,
): ContactPart[] {
	const counts: Readonly<Record<ContactPart, number>> = {
		contactLists: lists.length,
		contactTags: tags.length,
		contactAutomations: automations.length,
		fieldValues: set.size + clear.size,
		accountContacts: company ? 1 : 0,
	};
	return CONTACT_PARTS.filter((part) => counts[part] > 0);
}
