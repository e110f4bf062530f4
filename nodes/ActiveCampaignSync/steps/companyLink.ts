import { InputError } from '../shared/failure';
import { normalizeName } from '../shared/text';
import { textOf, type JsonObject } from '../shared/json';
import { linksTo } from './contactLinks';
import type { CompanyChange } from './requestedSteps';

export type CompanyOutcome =
	| 'linked'
	| 'createdAndLinked'
	| 'moved'
	| 'createdAndMoved'
	| 'alreadyLinked'
	/** The contact is with the company that was asked for, or with any where none was, and got another job title. */
	| 'titleChanged'
	/** No company was asked for, and the contact has the job title already. */
	| 'unchanged'
	/** The contact has another company or job title, and only blanks are to be filled. */
	| 'kept';

/** The company that a contact is to get. */
export interface Company {
	/** Undefined where the account has no company of that name. */
	readonly id: string | undefined;
	/** Whether it was created just now. */
	readonly isCreated?: boolean;
}

export interface CompanyDecision {
	readonly outcome: CompanyOutcome;
	/** The contact's own link, where it has one. */
	readonly link?: JsonObject;
	/** What to change; absent when there is nothing to do. */
	readonly write?: {
		readonly isOtherCompany: boolean;
		/** Undefined to keep the title. */
		readonly jobTitle: string | undefined;
	};
}

/**
 * What is to be done about a contact's company: a contact has one at most.
 * @param links the contact's rows of `accountContacts`
 * @throws InputError for a job title without a company
 */
export function decideCompany(
	{ name, jobTitle, onlyIfBlank }: CompanyChange,
	{ id, isCreated = false }: Company,
	links: readonly JsonObject[],
): CompanyDecision {
	const [sameLink] = linksTo(links, 'account', id);
	const link = sameLink ?? links[0];
	const isNew = id === undefined || isCreated;
	if (!link) {
		if (name === '') throw noCompany();
		const write = { isOtherCompany: true, jobTitle: jobTitle || undefined };
		return { outcome: isNew ? 'createdAndLinked' : 'linked', write };
	}
	const isOtherCompany = name !== '' && !sameLink;
	const title = titleOf(link);
	const isOtherTitle = jobTitle !== '' && jobTitle !== title;
	if (onlyIfBlank && (isOtherCompany || (isOtherTitle && title !== ''))) return { outcome: 'kept', link };
	const write = { isOtherCompany, jobTitle: isOtherTitle ? jobTitle : undefined };
	if (isOtherCompany) return { outcome: isNew ? 'createdAndMoved' : 'moved', link, write };
	if (isOtherTitle) return { outcome: 'titleChanged', link, write };
	return { outcome: name === '' ? 'unchanged' : 'alreadyLinked', link };
}

/** The job title in a row of `accountContacts`. */
export function titleOf(link: JsonObject): string {
	return textOf(link['jobTitle']);
}

/** What distinguishes companies: an account has one of each name, whatever its case. */
export function companyKey(name: string): string {
	return normalizeName(name);
}

function noCompany(): InputError {
	return new InputError(
		'the contact has no company, and ActiveCampaign keeps the job title with the company',
		"Fill in 'Company' as well",
	);
}
