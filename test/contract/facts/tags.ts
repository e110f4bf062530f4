import { newTag, postTag } from '../catalog';
import { CannotTry, shared, type FactGroup } from '../fact';
import { at, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

const UNKNOWN_ID = '2000000001';

/** A tag that is created three times: first, again, and in another case. */
const thrice = shared(async (run) => {
	const name = run.newName();
	const replies = [];
	for (const one of [name, name, name.toUpperCase()]) replies.push(await postTag(run, one));
	return { name, replies };
});

/** A contact that gets a tag, gets it again, and loses it. */
const tagged = shared(async (run) => {
	const contact = await run.newContact();
	const tag = await newTag(run);
	const link = async () => await run.write('POST', '/contactTags', { contactTag: { contact, tag: tag.id } });
	const first = await link();
	const second = await link();
	const linkId = madeId(first, 'contactTag');
	const before = await tagsOf(run, contact);
	const removal = await run.write('DELETE', `/contactTags/${linkId}`);
	const after = await tagsOf(run, contact);
	const secondRemoval = await run.write('DELETE', `/contactTags/${linkId}`);
	return { tag, first, second, before, removal, after, secondRemoval };
});

async function tagsOf(run: Run, contact: string): Promise<string[]> {
	const reply = await run.get(`/contacts/${contact}/contactTags`);
	return rowsOf(reply, 'contactTags').map((row) => text(row.tag));
}

async function namesFound(run: Run, query: string): Promise<string[]> {
	return rowsOf(await run.get(`/tags?${query}&limit=100`), 'tags')
		.map(({ tag }) => text(tag))
		.sort();
}

const REFERENCE = 'API reference, Create a new tag; public recordings';

export const tagFacts: FactGroup = {
	title: 'Tags',
	facts: [
		{
			name: 'A new tag is made with 201',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: "the outcome 'created' of a tag",
			code: 'catalogs',
			expected: 201,
			observe: async (run) => outcome((await thrice(run)).replies[0] ?? noReply()),
		},
		{
			name: 'A tag that is there is given with 200 and its id, whatever the case of its name',
			certainty: 'recorded',
			source: REFERENCE,
			usedFor: 'a tag is made without a second look, even by two runs at once',
			code: 'catalogs',
			expected: { again: [200, 'same'], upperCase: [200, 'same'] },
			observe: async (run) => {
				const [first, ...others] = (await thrice(run)).replies;
				const id = text(at(first?.body, 'tag', 'id'));
				const [again, upperCase] = others.map((reply) => [
					outcome(reply),
					text(at(reply.body, 'tag', 'id')) === id ? 'same' : 'another',
				]);
				return { again, upperCase };
			},
		},
		{
			name: 'The name of a tag may not contain a comma',
			certainty: 'recorded',
			source: 'reports of public integrations',
			usedFor: 'commas separate tags in the node, and are refused in bulk',
			code: 'catalogs',
			expected: 422,
			observe: async (run) => outcome(await postTag(run, `${run.newName()},b`)),
		},
		{
			name: 'filters[search][eq] finds a tag by its whole name',
			certainty: 'documented',
			source: 'API reference, List all tags',
			usedFor: 'a tag is looked up before it is made',
			code: 'catalogs',
			expected: 'that tag only',
			observe: async (run) => {
				const { name } = await newTag(run);
				await newTag(run, `${name}b`);
				const names = await namesFound(run, `filters[search][eq]=${name}`);
				return names.length === 1 && names[0] === name ? 'that tag only' : `${names.length} tags`;
			},
		},
		{
			name: 'search finds tags by a part of their name',
			certainty: 'documented',
			source: 'API reference, List all tags',
			usedFor: 'the list of tags in the editor',
			code: 'catalogs',
			expected: true,
			observe: async (run) => {
				const { name } = await newTag(run);
				return (await namesFound(run, `search=${name.slice(2)}`)).includes(name);
			},
		},
		{
			name: 'A tag without a type is not listed',
			certainty: 'recorded',
			source: 'reports of public integrations',
			expected: 'not listed',
			observe: () =>
				Promise.reject(new CannotTry('never tried: such a tag could not be found again to be removed')),
		},
		{
			name: 'A tag is added with 201, and again with 200 and the same id',
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: 'adding a tag is repeated whenever its outcome is unknown',
			code: 'steps',
			expected: [201, 200, 'same'],
			observe: async (run) => {
				const { first, second } = await tagged(run);
				const isSame = text(at(second.body, 'contactTag', 'id')) === text(at(first.body, 'contactTag', 'id'));
				return [outcome(first), outcome(second), isSame ? 'same' : 'another'];
			},
		},
		{
			name: "A contact's tags name each tag by its id, once",
			certainty: 'recorded',
			source: 'public recordings',
			usedFor: "the outcome 'alreadyAdded'",
			code: 'steps',
			expected: 1,
			observe: async (run) => {
				const { tag, before } = await tagged(run);
				return before.filter((id) => id === tag.id).length;
			},
		},
		{
			name: 'DELETE of the link removes a tag from a contact',
			certainty: 'recorded',
			source: 'API reference, Remove a tag from a contact; public recordings',
			usedFor: 'removing a tag',
			code: 'steps',
			expected: [200, 0],
			observe: async (run) => {
				const { removal, after } = await tagged(run);
				return [outcome(removal), after.length];
			},
		},
		{
			name: 'DELETE of a link that is gone gives 404',
			certainty: 'believed',
			source: 'contacts do so',
			usedFor: 'a removal that is repeated after an unknown outcome counts as done',
			code: 'steps',
			expected: 404,
			observe: async (run) => outcome((await tagged(run)).secondRemoval),
		},
		{
			name: 'Adding a tag that there is not gives 404',
			certainty: 'believed',
			source: 'public recordings of other missing records',
			expected: 404,
			observe: async (run) => {
				const contact = await run.newContact();
				return outcome(await run.write('POST', '/contactTags', { contactTag: { contact, tag: UNKNOWN_ID } }));
			},
		},
	],
};

function noReply(): never {
	throw new CannotTry('there was no reply');
}
