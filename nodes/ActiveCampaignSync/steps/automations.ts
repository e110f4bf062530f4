import { writeOnce } from '../account/confirmWrite';
import { enrollmentStatus, type Rows } from '../account/contactParts';
import { rowId } from '../account/contactReads';
import type { Lookups } from '../account/lookups';
import { explain, failureOf, ignoreFailure, InputError } from '../shared/failure';
import { idOf, textOf, type JsonObject } from '../shared/json';
import { withLock } from '../shared/lock';
import { Memo } from '../shared/memo';
import { lists, ListStep } from './lists';
import { linksTo, recordNamed, referenceRows, referenceSubject, type RecordReference } from './reference';
import {
	changePart,
	type OutcomeMeaning,
	type Step,
	type StepContact,
	type StepKind,
	type StepOutcome,
	type StepResult,
	type StepWork,
} from './step';

const ACTIONS = ['enroll', 'enrollOnce', 'remove'] as const;
export type AutomationAction = (typeof ACTIONS)[number];

const OUTCOMES = {
	enrolled: { preview: 'wouldEnroll' },
	alreadyEnrolled: {},
	/** The contact is to be enrolled once in its life, and has been through. */
	enrolledBefore: {},
	removed: { preview: 'wouldRemove' },
	notEnrolled: {},
} as const satisfies Record<string, OutcomeMeaning>;
type EnrollmentOutcome = keyof typeof OUTCOMES;

/** An automation's first steps may run before the account responds (milliseconds). */
const ENROLL_TIMEOUT_MS = 100_000;

const CHECK_AUTOMATION =
	'Check in ActiveCampaign that the automation is active and that the contact may enter it, perhaps once more';

/** Entries that were made within so short a time were made for the same reason (milliseconds). */
const SAME_MOMENT_MS = 60_000;

/** How long it is remembered that a list does not start an automation (milliseconds). */
const REMEMBER_MS = 60_000;
/** Automations that subscribing a new contact to a list did not start, by account, list and automation. */
const notStarted = new Memo<true>(REMEMBER_MS, 10_000);

export const automations: StepKind = {
	key: 'automations',
	noun: 'automation',
	plural: 'automations',
	needs: 'contactAutomations',
	outcomes: new Map(Object.entries(OUTCOMES)),
	read: ({ parameters, itemIndex }) =>
		referenceRows(parameters, itemIndex, 'automation', ACTIONS).map(
			({ reference, action }) => new AutomationStep(reference, action),
		),
	contradiction: (name, actions) => [
		actions.includes('remove')
			? `'Automations' both enrolls in and removes from '${name}'`
			: `'Automations' has '${name}' with both Enroll and Enroll Once`,
		'Keep one of the two rows',
	],
	repeats: (results) => {
		const entered = results
			.filter(({ outcome, step }) => outcome === 'enrolled' && step.action === 'enroll')
			.map(({ step }) => `automation '${step.name}'`);
		return entered.length > 0 ? `enrolls the contact again if it has finished ${entered.join(' or ')}` : '';
	},
};

/** Enrolls the contact in an automation, again or once in its life, or removes it from there. */
export class AutomationStep implements Step {
	readonly kind = automations;
	readonly name: string;
	readonly subject: string;
	/** Of the automation; '' until it is looked up. */
	readonly id: string;

	constructor(
		private readonly reference: RecordReference,
		readonly action: AutomationAction,
	) {
		this.name = reference.name;
		this.subject = referenceSubject(reference);
		this.id = reference.mode === 'id' ? reference.value : '';
	}

	get verb(): string {
		return this.action === 'remove' ? 'removed from' : 'enrolled in';
	}

	async resolve(lookups: Lookups): Promise<AutomationStep> {
		if (this.reference.mode === 'id') return this;
		const { id } = await recordNamed(lookups, this.reference);
		return new AutomationStep({ ...this.reference, mode: 'id', value: id }, this.action);
	}

	/**
	 * A subscription may start the automation by itself. Unless that is known not to happen, the contact enters or leaves
	 * it after its subscriptions, as far as that is still to be done then.
	 */
	async carryOut(work: StepWork): Promise<StepOutcome<EnrollmentOutcome>> {
		const { contact, scope, isDryRun } = work;
		if (isDryRun) return await this.preview(work);
		const startingLists = this.listsThatMayStartIt(work);
		const listResults = startingLists.length > 0 ? await work.resultsOf(lists) : [];
		const readAfter = listResults.some(maySubscribe) ? performance.now() : -Infinity;
		const key = `${scope.account.key} enroll ${contact.id} ${this.id}`;
		// Enrolling a contact and removing it follow each other, in all executions of this process.
		const outcome = await withLock(key, scope.signal, async (previousEnd = -Infinity) => {
			const since = Math.max(previousEnd, readAfter);
			return await (this.action === 'remove' ? this.leave(work, since) : this.enroll(work, since));
		});
		// One that has been through before is perhaps not taken on again, and says nothing about others.
		const isEvidence = contact.isNew && listResults.every((result) => !result.failure);
		if (outcome === 'enrolled' && isEvidence) {
			for (const { id } of startingLists) notStarted.set(this.startKey(work, id), true);
		}
		return { outcome };
	}

	/** @throws InputError where the real run is known to fail */
	private async preview({ contact, lookups }: StepWork): Promise<EnrollmentDecision> {
		const { value: rows } = await contact.part('contactAutomations');
		const decision = await this.decide(contact, rows);
		if (decision.write) await this.assertActive(lookups);
		return decision;
	}

	/** Not every account may list entries that have ended, so that for Enroll Once they are counted, too. */
	private async decide(contact: StepContact, rows: Rows, since?: number): Promise<EnrollmentDecision> {
		const decision = decideEnrollment(this.action, rows, this.id);
		if (this.action !== 'enrollOnce' || !decision.write) return decision;
		const count = await contact.entryCount(this.id, since);
		return count > 0 ? { outcome: 'enrolledBefore', entries: [] } : decision;
	}

	/** @throws InputError for an automation that takes nobody on, as far as that can be found out */
	private async assertActive(lookups: Lookups): Promise<void> {
		const found = await lookups.withId('automation', this.id).then((record) => ({ record }), ignoreFailure);
		if (!found) return;
		if (!found.record) {
			throw new InputError(`The account has no automation with the ID ${this.id}`, 'Pick it from the list');
		}
		if (found.record.isInactive) throw new InputError('the automation is not active', CHECK_AUTOMATION);
	}

	/**
	 * Enrolls the contact, unless it is in the automation at the moment. The API enrolls again at each request, so none is
	 * repeated before it is certain that the one before did nothing.
	 */
	private async enroll(work: StepWork, since: number): Promise<EnrollmentOutcome> {
		const { contact, scope } = work;
		let idsBefore: ReadonlySet<string> = new Set();
		const idsIn = (rows: Rows) => linksTo(rows, 'automation', this.id).map((row) => textOf(row['id']));
		const write = async () => {
			const { outcome } = await changePart(work, {
				part: 'contactAutomations',
				since,
				decide: async (rows) => {
					idsBefore = new Set(idsIn(rows));
					return await this.decide(contact, rows, since);
				},
				write: async (_write, _decision, notAfter) => {
					await scope.call({
						method: 'POST',
						path: '/contactAutomations',
						body: { contactAutomation: { contact: contact.id, automation: this.id } },
						purpose: {
							action: `enroll the contact in automation '${this.name}'`,
							permission: 'edit contacts and automations',
							ifRefused: CHECK_AUTOMATION,
						},
						repeatable: 'ifNotDone',
						timeoutMs: ENROLL_TIMEOUT_MS,
						notAfter,
					});
				},
			});
			return outcome;
		};
		return await writeOnce(scope.signal, write, {
			question: 'whether the contact was enrolled',
			where: "the contact's automations",
			look: async () => {
				const { value: rows } = await contact.part('contactAutomations', performance.now());
				if (idsIn(rows).some((id) => !idsBefore.has(id))) return 'enrolled';
				// It may have ended already, where the account lists no such entries.
				const isCounted = this.action === 'enrollOnce';
				const count = isCounted ? await contact.entryCount(this.id, performance.now()) : 0;
				return count > 0 ? 'enrolled' : undefined;
			},
		});
	}

	/** Other n8n workers, and whatever else uses the account, may have enrolled the contact at the same moment. */
	async review(work: StepWork, outcome: string): Promise<string | undefined> {
		if (outcome !== 'enrolled') return undefined;
		// The contact stays enrolled, whether or not this can be checked.
		const rows = await work.contact.partAfterwards('contactAutomations').catch(ignoreFailure);
		const extra = rows ? extraEntries(rows, this.id) : [];
		if (extra.length === 0) return undefined;
		const what = `The contact was enrolled ${extra.length + 1} times at the same moment in automation '${this.name}', e.g. by another n8n worker`;
		try {
			await Promise.all(extra.map(async (entry) => await this.removeEntry(work, entry)));
			return `${what}. It is in it once now, but what the automation does at once may have been done more than once`;
		} catch (thrown) {
			return `${what}. ${explain(failureOf(thrown))}`;
		}
	}

	private async leave(work: StepWork, since: number): Promise<EnrollmentOutcome> {
		const { value: rows } = await work.contact.part('contactAutomations', since);
		const { outcome, entries } = decideEnrollment('remove', rows, this.id);
		await Promise.all(entries.map(async (entry) => await this.removeEntry(work, entry)));
		return outcome;
	}

	/** An entry has its own ID, so that a deletion that is repeated or late removes nothing else. */
	private async removeEntry({ contact, scope }: StepWork, entry: JsonObject): Promise<void> {
		const purpose = {
			action: `remove the contact from automation '${this.name}'`,
			permission: 'edit contacts and automations',
			ifRefused: "Look at the contact's automations in ActiveCampaign",
		};
		const isStillIn = async () => {
			const { value: current } = await contact.part('contactAutomations', performance.now());
			const left = decideEnrollment('remove', current, this.id).entries;
			return left.some((row) => idOf(row['id']) === idOf(entry['id']));
		};
		try {
			await scope.remove(`/contactAutomations/${rowId(entry)}`, purpose);
		} catch (thrown) {
			// Instead of 404 for an entry that is gone: 403 with words in the account's language.
			const failure = failureOf(thrown);
			if (failure.details.httpCode !== '403' || (await isStillIn())) throw failure;
		}
	}

	/** The lists to which the contact is subscribed and that may start the automation: the API does not say which do. */
	private listsThatMayStartIt(work: StepWork): ListStep[] {
		return work.steps
			.filter((step) => step instanceof ListStep)
			.filter(({ action, id }) => action === 'subscribe' && id !== '')
			.filter(({ id }) => !notStarted.peek(this.startKey(work, id)));
	}

	private startKey({ scope }: StepWork, listId: string): string {
		return `${scope.account.key} ${listId} ${this.id}`;
	}
}

/** Whether a list step has, or may have, made the contact a subscriber, so that automations start. */
function maySubscribe({ outcome }: StepResult): boolean {
	return ['subscribed', 'resubscribed', 'failed'].includes(outcome);
}

interface EnrollmentDecision {
	readonly outcome: EnrollmentOutcome;
	/** The contact's entries of the automation that are in progress. */
	readonly entries: Rows;
	/** Whether to enroll it. */
	readonly write?: true;
}

/** What is to be done about a contact and an automation: an entry that is completed counts for Enroll Once only. */
export function decideEnrollment(
	action: AutomationAction,
	rows: Rows,
	automationId: string,
): EnrollmentDecision {
	const all = linksTo(rows, 'automation', automationId);
	const entries = all.filter(isInProgress);
	const isIn = entries.length > 0;
	if (action === 'remove') return { outcome: isIn ? 'removed' : 'notEnrolled', entries };
	if (isIn) return { outcome: 'alreadyEnrolled', entries };
	if (action === 'enrollOnce' && all.length > 0) return { outcome: 'enrolledBefore', entries };
	return { outcome: 'enrolled', entries, write: true };
}

/**
 * The entries that are too many where a contact was enrolled more than once at the same moment: all but the one with the
 * lowest ID. Only the account's own data decide, so that all who look keep the same one.
 */
function extraEntries(rows: Rows, automationId: string): Rows {
	const entries = linksTo(rows, 'automation', automationId).filter(isInProgress);
	const latest = Math.max(...entries.map(addedAt));
	const recent = entries.filter((row) => latest - addedAt(row) < SAME_MOMENT_MS && idOf(row['id']) !== '');
	return recent.sort((one, other) => Number(idOf(one['id'])) - Number(idOf(other['id']))).slice(1);
}

/** By the account's clock, in milliseconds since 1970; before all others if the account does not say. */
function addedAt(row: JsonObject): number {
	const at = Date.parse(textOf(row['adddate']));
	return Number.isNaN(at) ? -Infinity : at;
}

function isInProgress(row: JsonObject): boolean {
	return enrollmentStatus(row) === 'active';
}
