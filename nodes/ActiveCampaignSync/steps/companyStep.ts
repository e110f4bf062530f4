import { companyKey, decideCompany, titleOf, type CompanyDecision } from './companyLink';
import type { CompanyChange } from './requestedSteps';
import type { Lookups } from '../account/lookups';
import { AccountFailure } from '../shared/failure';
import { settle } from '../shared/result';
import { idOf, isObject, type JsonObject } from '../shared/json';
import type { Account } from '../account/account';
import type { RequestScope } from '../account/requestScope';
import { rowId } from '../account/contactRows';
import { writeIfFresh } from '../account/cachedRead';
import type { ResolvedStep } from './resolveSteps';
import type { PartReading } from '../operations/syncContact/partsOfContact';
import { withLock } from '../account/withLock';

/** Others may link the contact, or delete the company, between a reading and a write; rarely twice. */
const MAX_TRIES = 3;

type Write = NonNullable<CompanyDecision['write']>;

/** Sees to it that a contact is with its company and has its job title there. */
export class CompanyStep {
	constructor(
		private readonly account: Account,
		private readonly catalogs: Lookups,
		private readonly scope: RequestScope,
		private readonly contactId: string,
		/** The contact's links to companies: one at most. */
		private readonly links: PartReading,
	) {}

	/** @throws AccountFailure, InputError for a job title without a company */
	async carryOut({ requested, id }: ResolvedStep<CompanyChange>): Promise<{ outcome: string }> {
		let company: { id: string | undefined; isCreated?: boolean } = { id };
		let intended: string | undefined;
		let since = -Infinity;
		for (let tries = 1; ; tries += 1) {
			const linking = writeIfFresh(
				async () => await this.links.get(since),
				async (rows, notAfter) => {
					let decision = decideCompany(requested, company, rows);
					if (decision.write?.isOtherCompany && company.id === undefined) {
						company = await this.companyNamed(requested.name);
						decision = decideCompany(requested, company, rows);
					}
					const { outcome, link, write } = decision;
					// An earlier try may have done it, although its response was lost.
					if (!write) return intended ?? outcome;
					intended = outcome;
					await this.write(write, link, company.id, notAfter);
					return outcome;
				},
			);
			const { value: outcome, failure } = await settle(linking);
			if (!failure) return { outcome };
			const mayBeOutdated = failure.kind === 'rejected' || failure.kind === 'notFound';
			if (!mayBeOutdated || tries >= MAX_TRIES) throw failure;
			since = performance.now();
			// One that was created just now is there, even if the account does not see it everywhere yet.
			if (company.isCreated) continue;
			// The id may be remembered from before, and the company deleted since.
			if (company.id !== undefined) this.catalogs.forgetCompany(requested.name, company.id);
			company = { id: requested.name === '' ? undefined : await this.catalogs.companyId(requested.name) };
		}
	}

	/** Items and executions that wait for one new company create it once. */
	private async companyNamed(name: string) {
		const key = `${this.account.key} company ${companyKey(name)}`;
		return await withLock(key, this.account.signal, async () => await this.catalogs.companyToLink(name));
	}

	private async write(
		{ isOtherCompany, jobTitle }: Write,
		link: JsonObject | undefined,
		companyId = '',
		notAfter: number,
	): Promise<void> {
		if (!link) {
			await this.link(companyId, jobTitle, notAfter);
			return;
		}
		const changes = {
			...(isOtherCompany ? { account: Number(companyId) } : {}),
			...(jobTitle === undefined ? {} : { jobTitle }),
		};
		const path = `/accountContacts/${rowId(link)}`;
		const action = isOtherCompany ? 'move the contact to another company' : "change the contact's job title";
		const body = { accountContact: changes };
		const purpose = { action, permission: 'edit accounts' };
		const change = this.scope.call({ method: 'PUT', path, body, purpose, notAfter });
		const { value: response, failure } = await settle(change);
		if (failure && !(isOtherCompany && failure.kind === 'rejected')) throw failure;
		const changed = response?.body['accountContact'];
		const isChanged = !isOtherCompany || (isObject(changed) && idOf(changed['account']) === companyId);
		if (!isChanged) await this.replace(link, companyId, jobTitle ?? titleOf(link));
	}

	/** For accounts that do not change the company of a link. If the new link cannot be made, the old one is made again. */
	private async replace(link: JsonObject, companyId: string, jobTitle: string): Promise<void> {
		const purpose = { action: 'unlink the contact from its company', permission: 'edit accounts' };
		await this.scope.remove(`/accountContacts/${rowId(link)}`, purpose);
		const { failure } = await settle(this.link(companyId, jobTitle));
		if (!failure) return;
		const oldId = idOf(link['account']);
		const { failure: lost } = await settle(this.link(oldId, titleOf(link)));
		// Who has a company by now has the new one.
		if (lost?.kind === 'rejected' && failure.details.outcomeUnknown) return;
		if (!lost) throw failure;
		throw new AccountFailure(
			'unavailable',
			`${failure.message}. The contact has lost its link to the company with the ID ${oldId}`,
			'Run the item again, or link the contact in ActiveCampaign',
			failure.details,
		);
	}

	/** A second link is refused, so that a repeat makes none. */
	private async link(companyId: string, jobTitle: string | undefined, notAfter?: number): Promise<void> {
		const link = { account: Number(companyId), contact: Number(this.contactId) };
		await this.scope.call({
			method: 'POST',
			path: '/accountContacts',
			body: { accountContact: { ...link, ...(jobTitle ? { jobTitle } : {}) } },
			purpose: { action: 'link the contact to the company', permission: 'edit accounts' },
			notAfter,
		});
	}
}
