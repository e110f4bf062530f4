import { newTag, postTag } from '../catalog';
import { anyOf, CannotTry, shared, type FactGroup } from '../fact';
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

/** The statuses that a refusal of a tag that exists may have. */
const REFUSALS = [400, 422, 500].map((status) => [status, 'refused']);
const REFERENCE = 'API reference, Create a new tag; public recordings';

export const tagFacts: FactGroup = {
	title: 'Tags',
	facts: [
		{
			name: 'A new tag is made with 201',
			certainty: 'documented',
			source: REFERENCE,
			usedFor: "the outcome 'created' of a tag",
			code: 'tags',
			expected: 201,
			observe: async (run) => outcome((await thrice(run)).replies[0] ?? noReply()),
		},
		{
			name: 'A tag that exists is given with 200 and its id, or refused; whatever the case of its name',
			certainty: 'recorded',
			source: `${REFERENCE}; three independent reports of a refusal, none with its status`,
			usedFor: 'a tag is made without a second look, even by two runs at once',
			code: 'tags',
			expected: anyOf(...[[200, 'same'], ...REFUSALS].map((way) => ({ again: way, upperCase: way }))),
			observe: async (run) => {
				const [first, ...others] = (await thrice(run)).replies;
				const id = text(at(first?.body, 'tag', 'id'));
				const [again, upperCase] = others.map((reply) => {
					const given = text(at(reply.body, 'tag', 'id'));
					if (given === '') return [outcome(reply), 'refused'];
					return [outcome(reply), given === id ? 'same' : 'another'];
				});
				return { again, upperCase };
			},
		},
		{
			name: 'The refusal of a tag that exists says "Duplicate entry"',
			certainty: 'recorded',
			source: 'three independent reports; the node looks the tag up whatever a refusal says',
			expected: true,
			observe: async (run) => {
				const [, again] = (await thrice(run)).replies;
				if (again === undefined || again.status < 400) throw new CannotTry('the account gives the tag');
				return /duplicate entry/i.test(text(at(again.body, 'error')));
			},
		},
		{
			name: 'A tag that exists is found by its whole name, right after it was made',
			certainty: 'believed',
			source: 'a tag that is refused as existing and that no search finds could not be added',
			usedFor: 'a tag whose creation was refused is looked up once',
			code: 'tags',
			expected: 1,
			observe: async (run) => {
				const { name } = await thrice(run);
				return (await namesFound(run, `filters[search][eq]=${name}`)).filter((one) => one === name).length;
			},
		},
		{
			name: 'A tag whose name differs by an accent is another tag, or the same to search and creation alike',
			certainty: 'believed',
			source: "no recording shows the account's collation: MySQL's usual ones take é for e",
			usedFor: 'a tag that the exact filter returns is the one that was asked for',
			code: 'tags',
			expected: anyOf(
				{ made: 'another', found: 1 },
				{ made: 'the same', found: 1 },
				{ made: 'refused', found: 1 },
			),
			observe: async (run) => {
				const accented = await newTag(run, `${run.newName()}é`);
				const plain = accented.name.replace('é', 'e');
				const reply = await postTag(run, plain);
				const id = text(at(reply.body, 'tag', 'id'));
				const otherwise = id === accented.id ? 'the same' : 'another';
				const found = await namesFound(run, `filters[search][eq]=${plain}`);
				if (found.some((name) => !/[eé]$/.test(name))) throw new CannotTry('the account ignores the search');
				return { made: id === '' ? 'refused' : otherwise, found: found.length };
			},
		},
		{
			name: 'The name of a tag may not contain a comma',
			certainty: 'recorded',
			source: 'reports of public integrations',
			usedFor: 'commas separate tags in the node, and are refused in bulk',
			code: 'tags',
			expected: 422,
			observe: async (run) => outcome(await postTag(run, `${run.newName()},b`)),
		},
		{
			name: 'filters[search][eq] finds a tag by its whole name, or is ignored',
			certainty: 'documented',
			source: 'API reference, List all tags; an account has been seen that ignores the search',
			usedFor: 'a tag is looked up before it is made, and what comes back is compared',
			code: 'tags',
			expected: anyOf('that tag only', 'others too'),
			observe: async (run) => {
				const { name } = await newTag(run);
				await newTag(run, `${name}b`);
				const names = await namesFound(run, `filters[search][eq]=${name}`);
				if (names.length > 1) return 'others too';
				return names[0] === name ? 'that tag only' : `${names.length} tags`;
			},
		},
		{
			name: 'search finds tags by a part of their name',
			certainty: 'documented',
			source: 'API reference, List all tags',
			usedFor: 'the list of tags in the editor',
			code: 'tags',
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
