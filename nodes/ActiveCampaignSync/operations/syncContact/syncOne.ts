import type { IDataObject } from 'n8n-workflow';

import type { Account } from '../../account/account';
import { ContactReads } from '../../account/contactReads';
import { Lookups } from '../../account/lookups';
import { unusableReason, unusableWarning, type ContactPlan } from '../../input/contactPlan';
import { skippedOutput } from '../../input/contactWrite';
import type { ContactGroup } from '../../run/contactGroups';
import { toFailure, type ItemOutcome } from '../../run/items';
import { AccountFailure, explain } from '../../shared/failure';
import { textOf } from '../../shared/json';
import { foundSteps, resolveSteps, runSteps } from '../../steps/runSteps';
import type { StepResult } from '../../steps/step';
import {
	failedSteps,
	partialFailureMessage,
	plannedFailureMessage,
	problemsOutput,
	stepOutput,
	type FailedPart,
} from '../../steps/stepReport';
import { fieldProblems, simpleOutput } from './contactOutput';
import { ContactState, previewedState } from './contactState';
import { ContactFinder } from './findContact';
import { PlannedContacts } from './dryRun';
import { ContactSave, type PreviewedContact, type SavedContact } from './saveContact';
import { verifyCustomFields, type FieldNotSet } from './verifyFields';

/** What became of a contact and its steps. */
export interface SyncOutcome extends ItemOutcome {
	readonly steps?: readonly StepResult[];
	/** The fields that did not get what was given, by their names. */
	readonly unusableFields?: readonly string[];
	/** The ID of the contact that was saved, or in a dry run would have been, as far as it exists. */
	readonly contactId?: string;
}

/** What the contacts of one run share. */
export class SyncRun {
	readonly reads: ContactReads;
	readonly finder: ContactFinder;
	readonly lookups: Lookups;
	/** For items of a dry run: they create nothing. */
	readonly dryLookups: Lookups;
	readonly planned = new PlannedContacts();

	/** @param isImport whether the run imports: that sends a row to a list for text messages also without a phone number */
	constructor(
		readonly account: Account,
		readonly isImport = false,
	) {
		this.reads = new ContactReads(account);
		this.finder = new ContactFinder(this.reads);
		this.lookups = new Lookups(account);
		this.dryLookups = new Lookups(account, true);
	}
}

/**
 * Does what the items of a group ask for, or in a dry run finds out what that would be, and reports what became of it.
 * Never throws.
 * @param isKnown whether this run has saved the contact before
 */
export async function syncOne(sync: SyncRun, group: ContactGroup, isKnown = false): Promise<SyncOutcome> {
	const isDryRun = group.options.dryRun;
	const scope = isDryRun
		? sync.account.readingScope(group.itemIndexes)
		: sync.account.scope(group.itemIndexes);
	const lookups = isDryRun ? sync.dryLookups : sync.lookups;
	let saved: SyncOutcome = {};
	try {
		const [contact, resolved] = await Promise.all([
			new ContactSave(sync.finder, sync.planned, scope, group, isKnown).save(),
			resolveSteps(group.steps, lookups),
		]);
		// Left alone, because of the sync mode.
		if ('write' in contact) {
			const action = isDryRun ? 'dryRun' : 'skipped';
			return { action, json: skippedOutput(isDryRun ? 'wouldSkip' : 'skipped', group.plan, contact) };
		}
		const work = { scope, lookups, isDryRun, resubscribe: group.options.resubscribe };
		if (contact.action === 'dryRun') {
			const state = previewedState(sync.reads, scope, contact);
			const stepContact = sync.isImport ? { ...state, hasPhone: true } : state;
			const results = await runSteps(resolved, { ...work, contact: stepContact });
			return previewed(group, contact, results);
		}
		// This much stays true when the rest is stopped.
		saved = {
			action: contact.action,
			contactId: contact.id,
			json: contactOutput(group, contact, { has: () => true }),
		};
		const state = new ContactState(sync.reads, scope, contact, foundSteps(resolved));
		const [results, notSet] = await Promise.all([
			runSteps(resolved, { ...work, contact: state }),
			verifyCustomFields(scope, contact, state),
		]);
		return report(group, contact, results, notSet);
	} catch (thrown) {
		return { ...saved, failure: toFailure(thrown) };
	}
}

/** A dry run's outcome: failures show as they would in the real run, beside everything else. */
function previewed(
	group: ContactGroup,
	{ json, found, plan, warnings: own }: PreviewedContact,
	steps: readonly StepResult[],
): SyncOutcome {
	const { failedParts, warnings, unusableFields } = unusableParts(group, plan);
	failedParts.push(...failedSteps(steps));
	const isChanged = steps.some(({ meaning }) => meaning.preview !== undefined);
	const allWarnings = [...own, ...warnings, ...steps.flatMap(({ warning }) => warning ?? [])];
	const shown = {
		...json,
		action: json['action'] === 'unchanged' && isChanged ? 'wouldUpdate' : json['action'],
		...stepOutput(steps),
		...problemsOutput(failedParts),
		...(allWarnings.length > 0 ? { warnings: allWarnings } : {}),
	};
	const outcome = { action: 'dryRun', json: shown, steps, contactId: found?.id, unusableFields } as const;
	if (failedParts.length === 0) return outcome;
	const { message, description } = plannedFailureMessage(failedParts);
	const failure = new AccountFailure('rejected', message, description);
	return { ...outcome, json: { ...shown, error: explain(failure) }, isReported: true, failure };
}

/** What to say of values that cannot be used: they fail the item, or are only mentioned. */
function unusableParts({ options }: ContactGroup, { unusable, fields }: ContactPlan) {
	const skips = options.unusableValues === 'skip';
	const verbFor = ({ id = '', failure }: ContactPlan['unusable'][number]) => {
		if (failure.details.usable) return 'set completely';
		// From an earlier item of the same contact.
		return fields.get(id) ? 'set to a later value' : 'set';
	};
	return {
		failedParts: (skips ? [] : unusable).map((value): FailedPart => ({
			what: 'field',
			name: value.field,
			verb: verbFor(value),
			reason: value.failure.description,
			cause: unusableReason(value),
			// The part that was set keeps the field from being filled once more.
			...(value.failure.details.usable && value.isForBlank ? { again: 'nothing' } : {}),
		})),
		warnings: skips ? unusable.map(unusableWarning) : [],
		unusableFields: unusable.map(({ field }) => field),
	};
}

/** @param notSet IDs of the custom fields that do not, or not yet, have the value that was asked for */
function contactOutput(
	{ catalog, options }: ContactGroup,
	saved: SavedContact,
	notSet: Pick<ReadonlySet<string>, 'has'>,
	steps: IDataObject = {},
): IDataObject {
	return options.simplify ? simpleOutput(saved, catalog, notSet, steps) : { ...saved.response, ...steps };
}

function report(
	group: ContactGroup,
	saved: SavedContact,
	steps: readonly StepResult[],
	notSet: readonly FieldNotSet[],
): SyncOutcome {
	const { action, id, plan } = saved;
	const unusable = unusableParts(group, plan);
	const problems = fieldProblems(notSet, group.catalog, group.options.unusableValues);
	const failedParts = [...unusable.failedParts, ...problems.failedParts, ...failedSteps(steps)];
	const warnings = [
		...unusable.warnings,
		...problems.warnings,
		...(saved.warnings ?? []),
		...steps.flatMap(({ warning }) => warning ?? []),
	];
	const json = {
		...contactOutput(group, saved, problems.ids, stepOutput(steps)),
		...problemsOutput(failedParts),
		...(warnings.length > 0 ? { warnings } : {}),
	};
	const outcome = { action, json, steps, contactId: id, unusableFields: unusable.unusableFields };
	if (failedParts.length === 0) return outcome;
	const email = textOf(saved.contact['email']) || plan.email;
	const isSkippedAgain = group.options.syncMode === 'createOnly';
	const { message, description } = partialFailureMessage({ email, id }, failedParts, steps, isSkippedAgain);
	return { ...outcome, failure: new AccountFailure('rejected', message, description) };
}
