import { note, noteSince, NoteStep } from '../../../nodes/ActiveCampaignSync/steps/note';
import type { StepResult } from '../../../nodes/ActiveCampaignSync/steps/step';

import { pass, useFakeClock } from '../account/fakeAccount';
import { inputErrorOf } from '../input/inputErrorOf';
import { failureOf, inputOf, openWork, responseOf } from './stepWork';

const since = Date.parse('2026-05-04T12:00:00Z');
const at = (cdate: string, text = 'Call back') => [
	{ note: 'Other', cdate },
	{ note: text, cdate },
];

describe('noteSince', () => {
	it.each([
		['a moment later', '2026-05-04T07:00:01-05:00', true],
		['by a clock that is slow', '2026-05-04T11:55:00Z', true],
		['just as long ago as clocks may differ', '2026-05-04T11:50:00Z', true],
		['a second longer ago', '2026-05-04T11:49:59Z', false],
		['an hour before', '2026-05-04T06:00:00-05:00', false],
		['at a time that cannot be read', 'yesterday', true],
	])('finds a note added %s: %s, %s', (_when, cdate, isFound) => {
		const found = noteSince(at(cdate), 'Call back', since);

		expect(found).toEqual(isFound ? { note: 'Call back', cdate } : undefined);
	});

	it.each([
		['Line one\nLine two', 'Line one<br />Line two'],
		['Tom & "Ann"', 'Tom &amp; &quot;Ann&quot;'],
		['Tom & Ann', 'Tom &#38; Ann'],
		[' Ünï  ', 'Ünï'],
		['👍', '👍'],
		['👍 👎', '👍  👎'],
	])('recognizes %j when it is stored as %j', (text, stored) => {
		expect(noteSince(at('2026-05-04T12:00:00Z', stored), text, since)?.['note']).toBe(stored);
	});

	it.each(['Call', 'Call back!1', '👎', '👍 👎'])('treats %j as another text', (text) => {
		const rows = [...at('2026-05-04T12:00:00Z'), ...at('2026-05-04T12:00:00Z', '👍')];

		expect(noteSince(rows, text, since)).toBeUndefined();
	});
});

describe('the kind note', () => {
	const added = (text: string): StepResult => ({ step: new NoteStep(text), outcome: 'added', meaning: {} });
	const failed = (text: string): StepResult => ({
		step: new NoteStep(text),
		outcome: 'failed',
		meaning: {},
		failure: failureOf('rejected'),
	});

	it('needs nothing of the contact, and its only outcome changes something', () => {
		expect(note).toMatchObject({ key: 'note', noun: 'note', plural: 'notes' });
		expect(note.needs).toBeUndefined();
		expect([...note.outcomes]).toEqual([['added', { preview: 'wouldAdd' }]]);
	});

	it('reads the text without outer blanks, if there is any', () => {
		const read = (value: unknown) => note.read(inputOf({ additionalFields: { note: value } }));

		expect(read(' Call \n back ')).toEqual([new NoteStep('Call \n back')]);
		expect(read(7)).toEqual([new NoteStep('7')]);
		expect([...read(' '), ...read(null), ...note.read(inputOf({}))]).toEqual([]);
		const { message, description } = inputErrorOf(() => read({ a: 1 }));
		expect([message, description]).toEqual([`'Note' cannot contain '{"a":1}'`, 'Use text']);
	});

	it('says which notes another run would add again', () => {
		expect(note.repeats?.([added('Call \n back'), failed('Later'), added("It's")])).toBe(
			"adds note 'Call back' and note 'It's' again",
		);
		expect(note.repeats?.([failed('Later')])).toBe('');
		expect(note.repeats?.([])).toBe('');
	});

	it('shows one note, with the number of several, and as failed if one of them failed', () => {
		expect(note.toOutput?.([added('One')])).toStrictEqual({ outcome: 'added' });
		expect(note.toOutput?.([added('One'), added('Two')])).toStrictEqual({ outcome: 'added', count: 2 });
		expect(note.toOutput?.([added('One'), failed('Two')])).toStrictEqual({
			outcome: 'failed',
			count: 2,
		});
		expect(note.toOutput?.([])).toEqual({});
	});
});

describe('a note step', () => {
	it('is about its text, and called by it in one line', () => {
		expect(new NoteStep('Call \n\t back')).toMatchObject({
			kind: note,
			subject: 'Call \n\t back',
			name: 'Call back',
			action: 'add',
			verb: 'added',
		});
	});

	it('keeps the place of the earlier one of the same text', () => {
		const [earlier, later] = [new NoteStep('One'), new NoteStep('One')];
		expect(later.after(earlier)).toBe(earlier);
	});
});

describe('carrying out a note step', () => {
	useFakeClock();

	const step = new NoteStep('Call back');
	const lost = failureOf('unavailable', { outcomeUnknown: true });

	it('adds the note to the contact', async () => {
		const { work, call } = await openWork();
		call.mockResolvedValue(responseOf({ note: { id: '1' } }));

		expect(await step.carryOut(work)).toEqual({ outcome: 'added' });
		const [request] = call.mock.calls.map(([one]) => one);
		expect(request).toMatchObject({
			method: 'POST',
			path: '/notes',
			body: { note: { note: 'Call back', reltype: 'Subscriber', relid: 7 } },
			purpose: { action: 'add the note', permission: 'edit contacts' },
			repeatable: 'ifNotDone',
		});
		expect([{ note: {} }, { note: 'x' }, {}].map((body) => request?.hasData?.(body))).toEqual([
			...[true, false, false],
		]);
	});

	it('adds nothing in a dry run', async () => {
		const { work, call } = await openWork({ isDryRun: true });

		expect(await step.carryOut(work)).toEqual({ outcome: 'added' });
		expect(call).not.toHaveBeenCalled();
	});

	it('adds two notes of a contact one after the other', async () => {
		const { work, call } = await openWork();
		const bodies: unknown[] = [];
		call.mockImplementation(async ({ body }) => {
			bodies.push(body?.['note']);
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			return responseOf();
		});
		const done = Promise.all([step.carryOut(work), new NoteStep('Write').carryOut(work)]);

		await pass(500);
		expect(bodies).toMatchObject([{ note: 'Call back' }]);
		await pass(2_000);
		expect(bodies).toMatchObject([{ note: 'Call back' }, { note: 'Write' }]);
		expect(await done).toEqual([{ outcome: 'added' }, { outcome: 'added' }]);
	});

	it('looks for a note whose response was lost before it adds it again', async () => {
		for (const isFound of [true, false]) {
			const { work, call } = await openWork();
			const rows = jest.spyOn(work.scope, 'readRows');
			const notes = at(new Date().toISOString(), isFound ? 'Call back' : 'Something else');
			rows.mockResolvedValue({ value: notes, readAt: 0 });
			call.mockRejectedValueOnce(lost).mockResolvedValueOnce(responseOf());
			const done = step.carryOut(work);

			await pass(101_000);
			expect(await done).toEqual({ outcome: 'added' });
			expect(call).toHaveBeenCalledTimes(isFound ? 1 : 2);
			expect(rows).toHaveBeenCalledTimes(isFound ? 1 : 7);
			expect(rows.mock.calls[0]).toEqual([
				{
					path: '/contacts/7/notes',
					purpose: { action: "read the contact's notes", permission: 'see contacts' },
				},
				'notes',
			]);
		}
	});

	it('says what is unclear where the notes cannot be read', async () => {
		const { work, call } = await openWork();
		jest.spyOn(work.scope, 'readRows').mockRejectedValue(failureOf('forbidden'));
		call.mockRejectedValueOnce(lost);
		const failed = expect(step.carryOut(work)).rejects.toMatchObject({
			message: 'It was unavailable. It is unclear whether the note was added',
			description: "Look at the contact's notes in ActiveCampaign before running the item again",
		});

		await pass(1_000);
		await failed;
	});
});
