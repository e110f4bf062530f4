import { writeOnce } from '../account/confirmWrite';
import { idOf, isObject, textOf, type JsonObject } from '../shared/json';
import { withLock } from '../shared/lock';
import { Memo } from '../shared/memo';
import { quote } from '../shared/text';
import {
	additionalText,
	type OutcomeMeaning,
	type Step,
	type StepKind,
	type StepOutcome,
	type StepWork,
} from './step';

/** How far the clocks of n8n and of the account may be apart (milliseconds). */
const MAX_CLOCK_DIFFERENCE_MS = 10 * 60_000;

/** Notes that this process has added, for as long as they could be taken for one that was added later. */
const ownNotes = new Memo<true>(2 * MAX_CLOCK_DIFFERENCE_MS, 10_000);

const READ_NOTES = { action: "read the contact's notes", permission: 'see contacts' };

const OUTCOMES = { added: { preview: 'wouldAdd' } } as const satisfies Record<string, OutcomeMeaning>;

export const note: StepKind = {
	key: 'note',
	noun: 'note',
	plural: 'notes',
	outcomes: new Map(Object.entries(OUTCOMES)),
	read: (input) => {
		const text = additionalText(input, 'note', 'Note');
		return text === '' ? [] : [new NoteStep(text)];
	},
	repeats: (results) => {
		const added = results.filter(({ failure }) => !failure).map(({ step }) => `note ${quote(step.name)}`);
		return added.length > 0 ? `adds ${added.join(' and ')} again` : '';
	},
	toOutput: (results) => {
		const shown = results.find(({ failure }) => failure) ?? results[0];
		if (!shown) return {};
		return { outcome: shown.outcome, ...(results.length > 1 ? { count: results.length } : {}) };
	},
};

/** Adds a note to the contact. */
export class NoteStep implements Step {
	readonly kind = note;
	readonly action = 'add';
	readonly verb = 'added';
	readonly name: string;

	/** @param subject the note's text: of several items, each text is added once */
	constructor(readonly subject: string) {
		this.name = subject.replace(/\s+/g, ' ');
	}

	/** Notes are added in the order of their items. */
	after(earlier: Step): Step {
		return earlier;
	}

	/** The API adds a note again at each request, so it is looked for before a repeat. */
	async carryOut({ contact, scope, isDryRun }: StepWork): Promise<StepOutcome<keyof typeof OUTCOMES>> {
		if (isDryRun) return { outcome: 'added' };
		// One after the other, in their order.
		return await withLock(`${scope.account.key} note ${contact.id}`, scope.signal, async () => {
			const since = Date.now();
			const keyOf = ({ id, cdate }: JsonObject) => scope.account.keyOf(`note ${idOf(id)} ${textOf(cdate)}`);
			const isAnother = (row: JsonObject) => ownNotes.peek(keyOf(row)) === undefined;
			const write = async () => {
				const { body } = await scope.call({
					method: 'POST',
					path: '/notes',
					body: { note: { note: this.subject, reltype: 'Subscriber', relid: Number(contact.id) } },
					purpose: { action: 'add the note', permission: 'edit contacts' },
					repeatable: 'ifNotDone',
					hasData: (response) => isObject(response['note']),
				});
				return body['note'];
			};
			const added = await writeOnce<unknown>(scope.signal, write, {
				question: 'whether the note was added',
				where: "the contact's notes",
				look: async () => {
					const request = { path: `/contacts/${contact.id}/notes`, purpose: READ_NOTES };
					const { value: notes } = await scope.readRows(request, 'notes');
					return noteSince(notes.filter(isAnother), this.subject, since);
				},
			});
			if (isObject(added)) ownNotes.set(keyOf(added), true);
			return { outcome: 'added' };
		});
	}
}

/**
 * A contact's note of this text that was added lately. A note whose date cannot be read counts as well: a note too few is
 * better than one that exists twice.
 * @param notes the contact's rows of `notes`
 * @param since by the clock of this machine, in milliseconds since 1970
 */
export function noteSince(notes: readonly JsonObject[], text: string, since: number): JsonObject | undefined {
	return notes.find((row) => {
		const addedAt = Date.parse(textOf(row['cdate']));
		const isEarlier = addedAt < since - MAX_CLOCK_DIFFERENCE_MS;
		return !isEarlier && noteKey(textOf(row['note'])) === noteKey(text);
	});
}

/** The letters and digits of a text: an account may write down the others in its own way, e.g. as `&amp;` or `<br>`. */
function noteKey(text: string): string {
	return text.replace(/<[^<>]*>|&#?\w+;|[^\p{L}\p{N}]/gu, '') || text.replace(/\s/g, '');
}
