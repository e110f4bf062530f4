import { companyKey, decideCompany } from '../../../nodes/ActiveCampaignSync/steps/companyLink';

import { inputErrorOf } from '../input/inputErrorOf';

const acme = { id: '1', account: '7', contact: 1, jobTitle: 'CEO' };
const untitled = { ...acme, jobTitle: '' };
const known = { id: '7' };
const other = { id: '8' };
const missing = { id: undefined };
const created = { id: '9', isCreated: true };

/** The outcome for a name, a title and whether only blanks are filled. */
function outcomeOf(
	[name, jobTitle, onlyIfBlank = false]: readonly [string, string, boolean?],
	company: typeof missing | typeof known,
	links: Array<typeof acme>,
): string {
	return decideCompany({ name, jobTitle, onlyIfBlank }, company, links).outcome;
}

describe('decideCompany', () => {
	it.each([
		['no company', ['Acme', ''], known, [], 'linked'],
		['no company, a new one', ['Acme', ''], missing, [], 'createdAndLinked'],
		['no company, one just created', ['Acme', ''], created, [], 'createdAndLinked'],
		['the company', ['Acme', ''], known, [acme], 'alreadyLinked'],
		['the company and title', ['Acme', 'CEO'], known, [acme], 'alreadyLinked'],
		['the company and another title', ['Acme', 'CTO'], known, [acme], 'titleChanged'],
		['another company', ['Apex', ''], other, [acme], 'moved'],
		['another company, a new one', ['Apex', ''], missing, [acme], 'createdAndMoved'],
		['another company, one just created', ['Apex', ''], created, [acme], 'createdAndMoved'],
		[
			'two companies, the second',
			['Acme', ''],
			known,
			[{ ...acme, id: '2', account: '3' }, acme],
			'alreadyLinked',
		],
		['any company and the title', ['', 'CEO'], missing, [acme], 'unchanged'],
		['any company and another title', ['', 'CTO'], missing, [acme], 'titleChanged'],
	] as const)('decides for a contact with %s', (_with, change, company, links, outcome) => {
		expect(outcomeOf(change, company, [...links])).toBe(outcome);
	});

	it.each([
		[['Acme', 'CTO', true], known, [], 'linked'],
		[['Acme', 'CTO', true], known, [untitled], 'titleChanged'],
		[['Acme', 'CTO', true], known, [acme], 'kept'],
		[['Apex', '', true], other, [acme], 'kept'],
		[['Apex', 'CTO', true], missing, [untitled], 'kept'],
		[['', 'CTO', true], missing, [acme], 'kept'],
		[['', 'CTO', true], missing, [untitled], 'titleChanged'],
	] as const)('fills blanks only with %j', (change, company, links, outcome) => {
		expect(outcomeOf(change, company, [...links])).toBe(outcome);
	});

	it('writes what differs, and keeps a title that is not given', () => {
		const write = (name: string, jobTitle: string, company: { id: string }, links = [acme]) =>
			decideCompany({ name, jobTitle, onlyIfBlank: false }, company, links).write;

		expect(write('Acme', '', known, [])).toEqual({ isOtherCompany: true, jobTitle: undefined });
		expect(write('Acme', 'CTO', known, [])).toEqual({ isOtherCompany: true, jobTitle: 'CTO' });
		expect(write('Apex', '', other)).toEqual({ isOtherCompany: true, jobTitle: undefined });
		expect(write('Apex', 'CTO', other)).toEqual({ isOtherCompany: true, jobTitle: 'CTO' });
		expect(write('Acme', 'CTO', known)).toEqual({ isOtherCompany: false, jobTitle: 'CTO' });
		expect(write('Acme', 'CEO', known)).toBeUndefined();
	});

	it('rejects a job title without a company', () => {
		const error = inputErrorOf(() => outcomeOf(['', 'CEO'], missing, []));

		expect(error.message).toContain('the contact has no company');
		expect(error.description).toBe("Fill in 'Company' as well");
	});
});

describe('companyKey', () => {
	it('is the same for names that differ in case only', () => {
		expect(companyKey('ACME Ünïon')).toBe(companyKey('acme ünïon'));
		expect(companyKey('Acme')).not.toBe(companyKey('Acme Inc.'));
	});
});
