import type { IDataObject } from 'n8n-workflow';

import type { Account } from '../../account/account';
import type { Lookups } from '../../account/lookups';
import { AccountFailure } from '../../shared/failure';
import { textOf } from '../../shared/json';
import { simpleOutput } from './contactOutput';
import { skippedOutput } from '../../input/contactTarget';
import { failedSteps, partialFailureMessage, stepOutput, type StepResults } from '../../steps/stepResults';
import type { ContactFinder } from './contactFinder';
import type { ContactGroup } from '../../run/contactGroups';
import { toFailure, type ItemOutcome } from '../../run/items';
import { resolveSteps } from '../../steps/resolveSteps';
import { ContactParts } from './partsOfContact';
import type { ContactReader } from '../../account/contactReader';
import { ContactSteps } from '../../steps/contactSteps';
import { ContactSync, type SyncedContact } from './contactSync';
import { fieldProblems } from './fieldProblems';
import { verifyCustomFields, type FieldsNotSet } from './fieldValues';

/**
 * Does what the items of a group ask for, and reports what became of it. Never throws.
 * @param isKnown whether this run has saved the contact before
 */
export async function syncGroup(
	account: Account,
	catalogs: Lookups,
	finder: ContactFinder,
	reader: ContactReader,
	request: ContactGroup,
	isKnown: boolean,
): Promise<ItemOutcome> {
	const scope = account.scope(request.itemIndexes);
	const contact = new ContactSync(account, finder, scope, request, isKnown);
	let saved: ItemOutcome = {};
	try {
		const [synced, steps] = await Promise.all([
			contact.sync(),
			resolveSteps(catalogs, request.requestedSteps),
		]);
		if ('write' in synced) {
			return { action: 'skipped', json: skippedOutput('skipped', request.plan, synced) };
		}
		// This much stays true when the rest is stopped.
		saved = { action: synced.action, json: contactOutput(request, synced, { has: () => true }) };
		const parts = new ContactParts(scope, reader, synced, steps);
		const [stepResults, notSet] = await Promise.all([
			new ContactSteps(account, catalogs, scope, synced, parts).carryOut(steps),
			verifyCustomFields(scope, synced, parts),
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
