import { anyOf, shared, type FactGroup } from '../fact';
import { at, complaint, known, madeId, outcome, rowsOf, text } from '../read';
import type { Run } from '../run';

async function postCompany(run: Run, name: string) {
	return await run.write('POST', '/accounts', { account: { name } });
}

/** A contact that is linked to a company, then to a second one, gets another title, and is unlinked. */
const linked = shared(async (run) => {
	const names = [run.newName(), run.newName()];
	const companies = [];
	for (const name of names) companies.push(madeId(await postCompany(run, name), 'account'));
	const contact = await run.newContact();
	const link = async (account: string | undefined) =>
		await run.write('POST', '/accountContacts', {
			accountContact: { account: Number(account), contact: Number(contact), jobTitle: 'Engineer' },
		});
	const first = await link(companies[0]);
	const read = await linksOf(run, contact);
	const second = await link(companies[1]);
	const path = `/accountContacts/${madeId(first, 'accountContact')}`;
	const titled = await run.write('PUT', path, { accountContact: { jobTitle: 'Director' } });
	const afterTitle = await linksOf(run, contact);
	const moved = await run.write('PUT', path, { accountContact: { account: Number(companies[1]) } });
	const afterMove = await linksOf(run, contact);
	const removal = await run.write('DELETE', path);
	const afterRemoval = await linksOf(run, contact);
	return { companies, first, read, second, titled, afterTitle, moved, afterMove, removal, afterRemoval };
});

async function linksOf(run: Run, contact: string): Promise<Array<{ account: string; jobTitle: unknown }>> {
	const reply = await run.get(`/contacts/${contact}/accountContacts`);
	return rowsOf(reply, 'accountContacts').map(({ account, jobTitle }) => ({
		account: text(account),
		jobTitle,
	}));
}

const USED_FOR = 'the company of a contact';
const LINKS = 'API reference, Associations; public recordings';

export const companyFacts: FactGroup = {
	title: 'Companies (accounts in the API)',
	facts: [
		{
			name: 'A company is made with 201; its name again is refused with 422 and the code duplicate',
			certainty: 'documented',
			source: 'API reference, Create an account; public recordings',
			usedFor: USED_FOR,
			code: 'companies',
			expected: [201, 422, 'duplicate'],
			observe: async (run) => {
				const name = run.newName();
				const [first, again] = [await postCompany(run, name), await postCompany(run, name)];
				return [outcome(first), outcome(again), complaint(again)];
			},
		},
		{
			name: 'A company whose name differs by an accent is another one, or the same to search and creation alike',
			certainty: 'believed',
			source: "no recording shows the account's collation: MySQL's usual ones take é for e",
			usedFor: 'a company that is refused as a duplicate is looked up',
			code: 'companies',
			expected: anyOf({ made: [201], found: 1 }, { made: [422, 'duplicate'], found: 1 }),
			observe: async (run) => {
				const name = run.newName();
				await postCompany(run, `${name}é`);
				const again = await postCompany(run, `${name}e`);
				const reply = await run.get(`/accounts?search=${name}e&limit=100`);
				const made = outcome(again) === 201 ? [201] : [outcome(again), complaint(again)];
				return { made, found: rowsOf(reply, 'accounts').length };
			},
		},
		{
			name: 'GET /accounts?search= finds companies by a part of their name',
			certainty: 'documented',
			source: 'API reference, List all accounts',
			usedFor: 'a company is looked up before it is made',
			code: 'companies',
			expected: true,
			observe: async (run) => {
				const name = run.newName();
				await postCompany(run, name);
				const reply = await run.get(`/accounts?search=${name.slice(2)}&limit=100`);
				return rowsOf(reply, 'accounts').some((row) => row.name === name);
			},
		},
		{
			name: 'A contact is linked to a company with 201, and names company and title',
			certainty: 'documented',
			source: LINKS,
			usedFor: USED_FOR,
			code: 'company',
			expected: [201, 'Engineer', 'the company'],
			observe: async (run) => {
				const { companies, first, read } = await linked(run);
				const isLinked = read.length === 1 && read[0]?.account === companies[0];
				return [
					outcome(first),
					known(read[0]?.jobTitle, 'Engineer'),
					isLinked ? 'the company' : `${read.length} links`,
				];
			},
		},
		{
			name: 'A second company for a contact is refused with 422',
			certainty: 'documented',
			source: LINKS,
			usedFor: "the outcome 'moved'",
			code: 'company',
			expected: 422,
			observe: async (run) => outcome((await linked(run)).second),
		},
		{
			name: "PUT changes the title of a contact's link",
			certainty: 'documented',
			source: LINKS,
			usedFor: 'a changed title',
			code: 'company',
			expected: [200, 'Director'],
			observe: async (run) => {
				const { titled, afterTitle } = await linked(run);
				return [outcome(titled), known(afterTitle[0]?.jobTitle, 'Director')];
			},
		},
		{
			name: "PUT moves a contact's link to another company",
			certainty: 'believed',
			source: 'a title is changed so; deleting the link and making another works either way',
			expected: [200, 'the other company'],
			observe: async (run) => {
				const { companies, moved, afterMove } = await linked(run);
				const isMoved = afterMove.length === 1 && afterMove[0]?.account === companies[1];
				return [outcome(moved), isMoved ? 'the other company' : `${afterMove.length} links`];
			},
		},
		{
			name: 'DELETE removes the link of a contact to its company',
			certainty: 'documented',
			source: LINKS,
			usedFor: "the outcome 'moved'",
			code: 'company',
			expected: [200, 0],
			observe: async (run) => {
				const { removal, afterRemoval } = await linked(run);
				return [outcome(removal), afterRemoval.length];
			},
		},
		{
			name: 'POST /accounts gives the id and the name of the company',
			certainty: 'documented',
			source: 'API reference, Create an account',
			usedFor: USED_FOR,
			code: 'companies',
			expected: ['id', 'name'],
			observe: async (run) => {
				const name = run.newName();
				const { body } = await postCompany(run, name);
				const isIdThere = text(at(body, 'account', 'id')) !== '';
				return [isIdThere ? 'id' : 'none', at(body, 'account', 'name') === name ? 'name' : 'none'];
			},
		},
	],
};
