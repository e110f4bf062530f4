import { shared, type FactGroup } from '../fact';
import { outcome, rowsOf } from '../read';

/** A contact that gets the same note twice. */
const noted = shared(async (run) => {
	const contact = await run.newContact();
	const note = run.newName();
	const replies = [];
	for (let count = 0; count < 2; count++) {
		const body = { note: { note, reltype: 'Subscriber', relid: Number(contact) } };
		replies.push(await run.write('POST', '/notes', body));
	}
	return { note, replies, read: rowsOf(await run.get(`/contacts/${contact}/notes`), 'notes') };
});

const SOURCE = 'API reference, Create a note; public recordings';

export const noteFacts: FactGroup = {
	title: 'Notes',
	facts: [
		{
			name: 'A note is made with 201, the same one again too',
			certainty: 'documented',
			source: SOURCE,
			usedFor: 'a note is not repeated before the notes of the contact were read',
			code: 'note',
			expected: [201, 201],
			observe: async (run) => (await noted(run)).replies.map(outcome),
		},
		{
			name: "GET /contacts/{id}/notes has a contact's notes with their text",
			certainty: 'documented',
			source: SOURCE,
			usedFor: 'after an unknown outcome, the notes of the contact are read',
			code: 'note',
			expected: 2,
			observe: async (run) => {
				const { note, read } = await noted(run);
				return read.filter((row) => row.note === note).length;
			},
		},
	],
};
