import type { Lookups } from '../account/lookups';
import { listLabel } from '../account/smsMark';
import type { NamedRecord, RecordKind } from '../account/recordLookup';
import { explain, type Failure, InputError } from '../shared/failure';
import { settle } from '../shared/result';
import { didYouMean, searchableName } from '../fields/fieldNames';
import type { StepResult, StepResults } from './stepResults';
import {
	latest,
	type AutomationChange,
	type CompanyChange,
	type ListChange,
	type RecordReference,
	type RequestedSteps,
	type TagChange,
} from './requestedSteps';

/** Steps whose records have been looked up. */
export interface ResolvedSteps {
	readonly lists: ReadonlyArray<ResolvedStep<ListChange>>;
	readonly tags: ReadonlyArray<ResolvedStep<TagChange>>;
	readonly automations: ReadonlyArray<ResolvedStep<AutomationChange>>;
	/** One at most. */
	readonly company: ReadonlyArray<ResolvedStep<CompanyChange>>;
	readonly notes: ReadonlyArray<ResolvedStep<string>>;
	readonly resubscribe: boolean;
}

export interface ResolvedStep<Requested> {
	readonly requested: Requested;
	/** What to call the list, tag, automation or company; the text of a note. */
	readonly name: string;
	/** What is to be done, for the message if it cannot be, e.g. "added". */
	readonly attempt: string;
	/** Missing for a tag or company that the account does not have, or that is still to be looked up or created. */
	readonly id?: string;
	/** Whether it is a list for text messages; undefined where that is not known. */
	readonly isSms?: boolean;
	/** Why it could not be found. */
	readonly failure?: Failure;
}

/**
 * Looks up what is known by name only; may run while the contact is being synced. Tags to add are looked up or created
 * when it is known what tags the contact has, unless they are only to be shown.
 * @throws only when stopped
 */
export async function resolveSteps(
	catalogs: Lookups,
	requestedSteps: RequestedSteps,
	isDryRun = false,
): Promise<ResolvedSteps> {
	const findTag = async (requested: TagChange): Promise<ResolvedStep<TagChange>> => {
		const { name, action } = requested;
		const step = { requested, name, attempt: action === 'add' ? 'added' : 'removed' };
		return action === 'add' && !isDryRun ? step : await found(step, catalogs.tagId(name));
	};
	const findList = async (requested: ListChange): Promise<ResolvedStep<ListChange>> => {
		const attempt = requested.action === 'subscribe' ? 'subscribed to' : 'unsubscribed from';
		return await findRecord(catalogs, 'list', requested.list, { requested, attempt });
	};
	const findAutomation = async (requested: AutomationChange): Promise<ResolvedStep<AutomationChange>> => {
		const attempt = requested.action === 'enroll' ? 'entered' : 'left';
		return await findRecord(catalogs, 'automation', requested.automation, { requested, attempt });
	};
	const findCompany = async (requested: CompanyChange): Promise<ResolvedStep<CompanyChange>> => {
		const { name } = requested;
		if (name === '') return { requested, name, attempt: 'set' };
		return await found({ requested, name, attempt: 'linked' }, catalogs.companyId(name));
	};
	const { company: companyChange, notes, resubscribe } = requestedSteps;
	const [lists, tags, automations, company] = await Promise.all([
		Promise.all(requestedSteps.lists.map(findList)),
		Promise.all(requestedSteps.tags.map(findTag)),
		Promise.all(requestedSteps.automations.map(findAutomation)),
		Promise.all(companyChange ? [findCompany(companyChange)] : []),
	]);
	const noteSteps = notes.map((text) => ({ requested: text, name: text, attempt: 'added' }));
	return { lists, tags, automations, company, notes: noteSteps, resubscribe };
}

/** What a step came to: an outcome, with the status that it left where the outcome does not say that. */
export type StepOutcome = Pick<StepResult, 'outcome' | 'status'>;

/** Carries out all steps of one kind, or decides them, and takes what fails as their results. */
export async function settleSteps<Requested>(
	steps: ReadonlyArray<ResolvedStep<Requested>>,
	carryOut: (step: ResolvedStep<Requested>) => Promise<StepOutcome>,
): Promise<StepResult[]> {
	const results = distinct(steps).map(async (step): Promise<StepResult> => {
		if (step.failure) return failedStep(step, step.failure);
		const { value: end, failure } = await settle(carryOut(step));
		if (failure) return failedStep(step, failure);
		const { outcome, status } = end;
		return { name: step.name, outcome, ...(status === undefined ? {} : { status }) };
	});
	return await Promise.all(results);
}

/** The results of all kinds of steps. @throws when stopped */
export async function allSettled(pending: {
	readonly [Kind in keyof StepResults]: Promise<StepResults[Kind]>;
}): Promise<StepResults> {
	const [lists, tags, automations, company, notes] = await Promise.all([
		pending.lists,
		pending.tags,
		pending.automations,
		pending.company,
		pending.notes,
	]);
	return { lists, tags, automations, company, notes };
}

/** A list or automation may be asked for by its id and by its name: the last time counts, as for one name given twice. */
function distinct<Requested>(steps: ReadonlyArray<ResolvedStep<Requested>>): Array<ResolvedStep<Requested>> {
	return latest(steps, ({ id, name }) => (id === undefined ? `name ${name}` : `id ${id}`));
}

/** The result of a step that could not be done. */
function failedStep<Requested>({ name, attempt }: ResolvedStep<Requested>, failure: Failure): StepResult {
	return { name, outcome: 'failed', reason: explain(failure), attempt };
}

async function findRecord<Requested>(
	catalogs: Lookups,
	kind: RecordKind,
	{ mode, value, name }: RecordReference,
	step: Pick<ResolvedStep<Requested>, 'requested' | 'attempt'>,
): Promise<ResolvedStep<Requested>> {
	if (mode === 'id') return { ...step, name, id: value };
	const { value: record, failure } = await settle(onlyRecord(catalogs, kind, value));
	if (failure) return { ...step, name, failure };
	const { id, isSms = false } = record;
	return { ...step, name: listLabel(name, isSms), id, isSms };
}

async function onlyRecord(catalogs: Lookups, kind: RecordKind, name: string): Promise<NamedRecord> {
	const [first, ...others] = await catalogs.named(kind, name);
	if (!first) {
		const question = didYouMean(name, (await catalogs.names(kind)).map(searchableName));
		throw new InputError(
			`The account has no ${kind} called '${name}'`,
			`${question ? `${question} ` : ''}Check the name, or pick it from the list`,
		);
	}
	if (others.length === 0) return first;
	throw new InputError(
		`${others.length + 1} ${kind}s are called '${name}'`,
		`Use the ID instead: one of ${[first, ...others].map(({ id }) => id).join(', ')}`,
	);
}

async function found<Requested>(
	step: ResolvedStep<Requested>,
	finding: Promise<string | undefined>,
): Promise<ResolvedStep<Requested>> {
	const { value: id, failure } = await settle(finding);
	return { ...step, id, failure };
}
