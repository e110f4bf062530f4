import type { IDataObject } from 'n8n-workflow';

import type { Account } from '../../transport/account';
import { RetryBudget } from '../../transport/retryState';
import type { Catalogs } from '../../lookups/catalogs';
import { AccountFailure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import { simpleOutput } from '../../contact/contactOutput';
import { skippedOutput } from '../../contact/contactTarget';
import {
	failedSteps,
	partialFailureMessage,
	stepOutput,
	type StepResults,
} from '../../contact/steps/stepResults';
import type { ContactFinder } from '../shared/contactFinder';
import type { ContactGroup } from '../shared/contactGroups';
import { toFailure, type ItemOutcome } from '../shared/items';
import { prepareSteps } from '../shared/stepLookup';
import { ContactParts } from './contactParts';
import type { ContactReader } from './contactReader';
import { ContactSteps } from './contactSteps';
import { ContactSync, type SyncedContact } from './contactSync';
import { fieldProblems } from './fieldProblems';
import { settleFields, type FieldsNotSet } from './fieldValues';

/**
 * Does what the items of a group ask for, and reports what became of it. Never throws.
 * @param isKnown whether this run has saved the contact before
 */
export async function syncGroup(
	account: Account,
	catalogs: Catalogs,
	finder: ContactFinder,
	reader: ContactReader,
	request: ContactGroup,
	isKnown: boolean,
): Promise<ItemOutcome> {
	const budget = new RetryBudget('item', request.itemIndexes);
	const contact = new ContactSync(account, finder, budget, request, isKnown);
	let saved: ItemOutcome = {};
	try {
		const [synced, steps] = await Promise.all([
			contact.sync(),
			prepareSteps(catalogs, request.requestedSteps),
		]);
		if ('write' in synced) {
			return { action: 'skipped', json: skippedOutput('skipped', request.plan, synced) };
		}
		// This much stays true when the rest is stopped.
		saved = { action: synced.action, json: contactOutput(request, synced, { has: () => true }) };
		const parts = new ContactParts(account, budget, reader, synced, steps);
		const [stepResults, notSet] = await Promise.all([
			new ContactSteps(account, catalogs, budget, synced, parts).carryOut(steps),
			settleFields(account, budget, synced, parts),
		]);
		return report(request, synced, stepResults, notSet);
	} catch (thrown) {
		return { ...saved, failure: toFailure(thrown) };
	}
}

/** @param notSet ids of the custom fields that do not, or not yet, hold what was asked for */
function contactOutput(
	{ catalog, options }: ContactGroup,
	synced: SyncedContact,
	notSet: Pick<ReadonlySet<string>, 'has'>,
	steps: IDataObject = {},
): IDataObject {
	return options.simplify
		? simpleOutput(synced, synced.plan, catalog, notSet, steps)
		: { ...synced.response, ...steps };
}

function report(
	request: ContactGroup,
	synced: SyncedContact,
	stepResults: StepResults,
	notSet: FieldsNotSet,
): ItemOutcome {
	const { failedParts, warnings, ids } = fieldProblems(
		notSet,
		request.catalog,
		request.options.unknownFields,
	);
	failedParts.push(...failedSteps(stepResults));
	const json = {
		...contactOutput(request, synced, ids, stepOutput(stepResults)),
		...(warnings.length > 0 ? { warnings } : {}),
	};
	const { action, id, plan } = synced;
	if (failedParts.length === 0) return { action, json };
	const email = textOf(synced.contact['email']) || plan.email;
	const { message, description } = partialFailureMessage({ email, id }, failedParts, stepResults);
	return { action, json, failure: new AccountFailure('rejected', message, description) };
}
