import type { Rows } from '../account/contactParts';
import { rowId } from '../account/contactReads';
import type { Lookups } from '../account/lookups';
import type { WantedRecord } from '../account/nameSearch';
import type { RequestScope } from '../account/requestScope';
import { failureOf, ignoreFailure, InputError } from '../shared/failure';
import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import { linksTo } from './reference';
import {
	additionalText,
	changePart,
	type OutcomeMeaning,
	type Step,
	type StepKind,
	type StepOutcome,
	type StepWork,
} from './step';

const OUTCOMES = {
	linked: { preview: 'wouldLink' },
	createdAndLinked: { preview: 'wouldCreateAndLink', isNewRecord: true },
	moved: { preview: 'wouldMove' },
	createdAndMoved: { preview: 'wouldCreateAndMove', isNewRecord: true },
	alreadyLinked: {},
	/** The contact is with the company that was asked for, or with any where none was, and got another job title. */
	titleChanged: { preview: 'wouldChangeTitle' },
	/** No company was asked for, and the contact has the job title already. */
	unchanged: {},
	/** The contact has another company or job title, and only blanks are to be filled. */
	kept: {},
} as const satisfies Record<string, OutcomeMeaning>;
type CompanyOutcome = keyof typeof OUTCOMES;

/** Others may link the contact, or delete the company, between a reading and a write; rarely twice. */
const MAX_TRIES = 3;

export const company: StepKind = {
	key: 'company',
	noun: 'company',
	plural: 'companies',
	needs: 'accountContacts',
	outcomes: new Map(Object.entries(OUTCOMES)),
	read: (input) => {
		const oneLine = (key: string, title: string) => additionalText(input, key, title).replace(/\s+/g, ' ');
		const name = oneLine('company', 'Company');
		const jobTitle = oneLine('jobTitle', 'Job Title');
		if (name === '' && jobTitle === '') return [];
		return [new CompanyStep({ name, jobTitle, onlyIfBlank: input.fillsBlanksOnly })];
	},
	toOutput: ([result]) =>
		result ? { ...(result.step.name === '' ? {} : { name: result.step.name }), outcome: result.outcome } : {},
};

interface CompanyChange {
	/** '' to change the job title only. */
	readonly name: string;
	/** '' to keep the one that the contact has. */
	readonly jobTitle: string;
	/** Whether to change only what the contact does not have yet. */
	readonly onlyIfBlank: boolean;
}

/** Links the contact to a company, and sets its job title there. */
export class CompanyStep implements Step {
	readonly kind = company;
	/** A contact has one company. */
	readonly subject = '';
	readonly action = '';

	/** @param companyId as far as the account has the company */
	constructor(
		readonly change: CompanyChange,
		private readonly companyId?: string,
	) {}

	get name(): string {
		return this.change.name;
	}

	get verb(): string {
		return this.name === '' ? 'set' : 'linked';
	}

	get isImportable(): boolean {
		return this.change.jobTitle === '';
	}

	/** Where only blanks are filled, the first one counts, as if the items had been sent one after the other. */
	after(earlier: Step): Step {
		if (!(earlier instanceof CompanyStep)) return this;
		const { change: first } = earlier;
		const [preferred, other] = first.onlyIfBlank ? [first, this.change] : [this.change, first];
		return new CompanyStep({
			...first,
			name: preferred.name || other.name,
			jobTitle: preferred.jobTitle || other.jobTitle,
		});
	}

	async resolve({ companies }: Lookups): Promise<CompanyStep> {
		return this.name === '' ? this : new CompanyStep(this.change, await companies.find(this.name));
	}

	async carryOut(work: StepWork): Promise<StepOutcome<CompanyOutcome>> {
		const { companies } = work.lookups;
		let wanted: WantedRecord = { id: this.companyId, isCreated: false };
		let intended: CompanyOutcome | undefined;
		let since = -Infinity;
		for (let tries = 1; ; tries += 1) {
			try {
				const { outcome, write } = await changePart(work, {
					part: 'accountContacts',
					since,
					decide: async (links) => {
						const decision = decideCompany(this.change, wanted, links);
						if (!decision.write?.isOtherCompany || wanted.id !== undefined) return decision;
						wanted = await companies.findOrCreate(this.name);
						return decideCompany(this.change, wanted, links);
					},
					write: async (change, decision, notAfter) => {
						intended = decision.outcome;
						await this.write(work, { ...change, companyId: wanted.id ?? '', link: decision.link, notAfter });
					},
				});
				// An earlier try may have done it, although its response was lost; what is kept is not what it wrote.
				return { outcome: write || outcome === 'kept' ? outcome : (intended ?? outcome) };
			} catch (thrown) {
				const failure = failureOf(thrown);
				const mayBeOutdated = failure.kind === 'rejected' || failure.kind === 'notFound';
				if (work.isDryRun || !mayBeOutdated || tries >= MAX_TRIES) throw failure;
				since = performance.now();
				// One that was created just now exists, even if the account does not see it everywhere yet.
				if (wanted.isCreated) continue;
				// The ID may be remembered from before, and the company deleted since.
				if (wanted.id !== undefined) companies.forget(this.name, wanted.id);
				wanted = { id: this.name === '' ? undefined : await companies.find(this.name), isCreated: false };
			}
		}
	}

	private async write(work: StepWork, write: LinkWrite): Promise<void> {
		const { contact, scope } = work;
		const { link, companyId, isOtherCompany, jobTitle, notAfter } = write;
		if (!link) {
			await createLink(scope, contact.id, write);
			return;
		}
		const action = isOtherCompany ? 'move the contact to another company' : "change the contact's job title";
		const changes = {
			...(isOtherCompany ? { account: Number(companyId) } : {}),
			...(jobTitle === undefined ? {} : { jobTitle }),
		};
		let changed: unknown;
		try {
			const { body } = await scope.call({
				method: 'PUT',
				path: `/accountContacts/${rowId(link)}`,
				body: { accountContact: changes },
				purpose: { action, permission: 'edit accounts' },
				notAfter,
			});
			changed = body['accountContact'];
		} catch (thrown) {
			if (!isOtherCompany || failureOf(thrown).kind !== 'rejected') throw failureOf(thrown);
		}
		const isMoved = isObject(changed) && idOf(changed['account']) === companyId;
		if (isOtherCompany && !isMoved) await replaceLink(work, { ...write, link });
	}
}

interface LinkWrite {
	/** The link that the contact has now. */
	readonly link: JsonObject | undefined;
	readonly companyId: string;
	readonly isOtherCompany: boolean;
	/** Undefined to keep the title. */
	readonly jobTitle: string | undefined;
	readonly notAfter?: number;
}

/** A second link is refused, so that a repeat makes none. */
async function createLink(
	scope: RequestScope,
	contactId: string,
	{ companyId, jobTitle, notAfter }: Pick<LinkWrite, 'companyId' | 'jobTitle' | 'notAfter'>,
): Promise<void> {
	const link = { account: Number(companyId), contact: Number(contactId) };
	await scope.call({
		method: 'POST',
		path: '/accountContacts',
		repeatable: 'always',
		body: { accountContact: { ...link, ...(jobTitle ? { jobTitle } : {}) } },
		purpose: { action: 'link the contact to the company', permission: 'edit accounts' },
		notAfter,
	});
}

/** For accounts that do not change the company of a link. If the new link cannot be made, the old one is made again. */
async function replaceLink(
	{ contact, scope }: StepWork,
	{ link, companyId, jobTitle = titleOf(link) }: LinkWrite & { readonly link: JsonObject },
): Promise<void> {
	const purpose = { action: 'unlink the contact from its company', permission: 'edit accounts' };
	await scope.remove(`/accountContacts/${rowId(link)}`, purpose);
	try {
		await createLink(scope, contact.id, { companyId, jobTitle });
	} catch (thrown) {
		const failure = failureOf(thrown);
		const oldId = idOf(link['account']);
		const old = { companyId: oldId, jobTitle: titleOf(link) };
		const lost = await createLink(scope, contact.id, old).then(() => undefined, failureOf);
		// Who has a company now has the new one.
		if (lost?.kind === 'rejected' && failure.details.outcomeUnknown) return;
		if (!lost) throw failure;
		const mayBeLinked = lost.kind === 'rejected' && failure.kind === 'rejected';
		const links = mayBeLinked
			? await contact.part('accountContacts', performance.now()).catch(ignoreFailure)
			: undefined;
		// By others, at the same moment: what is to be done now is decided again.
		if (links && links.value.length > 0) throw failure;
		throw failure.with({
			// Of another kind, it would be tried again, and what was lost forgotten.
			kind: 'unavailable',
			message: `${failure.message}. The contact has lost its link to the company with the ID ${oldId}`,
			description: 'Run the item again, or link the contact in ActiveCampaign',
		});
	}
}

interface CompanyDecision {
	readonly outcome: CompanyOutcome;
	/** The contact's own link, where it has one. */
	readonly link?: JsonObject;
	readonly write?: Pick<LinkWrite, 'isOtherCompany' | 'jobTitle'>;
}

/**
 * What is to be done about a contact's company: a contact has one at most.
 * @param links the contact's rows of `accountContacts`
 * @throws InputError for a job title without a company
 */
export function decideCompany(
	{ name, jobTitle, onlyIfBlank }: CompanyChange,
	{ id, isCreated }: WantedRecord,
	links: Rows,
): CompanyDecision {
	const [sameLink] = linksTo(links, 'account', id);
	const link = sameLink ?? links[0];
	if (!link) {
		if (name === '') throw noCompany();
		const write = { isOtherCompany: true, jobTitle: jobTitle || undefined };
		return { outcome: isCreated ? 'createdAndLinked' : 'linked', write };
	}
	const isOtherCompany = name !== '' && !sameLink;
	const title = titleOf(link);
	const isOtherTitle = jobTitle !== '' && jobTitle !== title;
	if (onlyIfBlank && (isOtherCompany || (isOtherTitle && title !== ''))) return { outcome: 'kept', link };
	const write = { isOtherCompany, jobTitle: isOtherTitle ? jobTitle : undefined };
	if (isOtherCompany) return { outcome: isCreated ? 'createdAndMoved' : 'moved', link, write };
	if (isOtherTitle) return { outcome: 'titleChanged', link, write };
	return { outcome: name === '' ? 'unchanged' : 'alreadyLinked', link };
}

/** The job title in a row of `accountContacts`. */
function titleOf(link: JsonObject): string {
	return textOf(link['jobTitle']);
}

function noCompany(): InputError {
	return new InputError(
		'the contact has no company, and ActiveCampaign keeps the job title with the company',
		"Fill in 'Company' as well",
	);
}
