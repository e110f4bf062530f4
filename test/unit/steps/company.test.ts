import { company, CompanyStep, decideCompany } from '../../../nodes/ActiveCampaignSync/steps/company';
import { NoteStep } from '../../../nodes/ActiveCampaignSync/steps/note';

import { inputErrorOf } from '../input/inputErrorOf';
import { failureOf, inputOf, openWork, responseOf } from './stepWork';

const acme = { id: '1', account: '7', contact: 1, jobTitle: 'CEO' };
const untitled = { ...acme, jobTitle: '' };
const known = { id: '7', isCreated: false };
const other = { id: '8', isCreated: false };
const missing = { id: undefined, isCreated: true };
const created = { id: '9', isCreated: true };
const unasked = { id: undefined, isCreated: false };

const change = (name: string, jobTitle = '', onlyIfBlank = false) => ({ name, jobTitle, onlyIfBlank });

describe('decideCompany', () => {
	it.each([
		['no company', change('Acme'), known, [], 'linked'],
		['no company, a new one', change('Acme'), missing, [], 'createdAndLinked'],
		['no company, one just created', change('Acme'), created, [], 'createdAndLinked'],
		['the company', change('Acme'), known, [acme], 'alreadyLinked'],
		['the company and title', change('Acme', 'CEO'), known, [acme], 'alreadyLinked'],
		['the company and another title', change('Acme', 'CTO'), known, [acme], 'titleChanged'],
		['another company', change('Apex'), other, [acme], 'moved'],
		['another company, a new one', change('Apex'), missing, [acme], 'createdAndMoved'],
		['another company, one just created', change('Apex'), created, [acme], 'createdAndMoved'],
		[
			'two companies, the second',
			change('Acme'),
			known,
			[{ ...acme, id: '2', account: '3' }, acme],
			'alreadyLinked',
		],
		['any company and the title', change('', 'CEO'), unasked, [acme], 'unchanged'],
		['any company and another title', change('', 'CTO'), unasked, [acme], 'titleChanged'],
	])('decides for a contact with %s', (_with, asked, wanted, links, outcome) => {
		expect(decideCompany(asked, wanted, links).outcome).toBe(outcome);
	});

	it.each([
		[change('Acme', 'CTO', true), known, [], 'linked'],
		[change('Acme', 'CTO', true), known, [untitled], 'titleChanged'],
		[change('Acme', 'CEO', true), known, [acme], 'alreadyLinked'],
		[change('Acme', 'CTO', true), known, [acme], 'kept'],
		[change('Apex', '', true), other, [acme], 'kept'],
		[change('Apex', 'CTO', true), missing, [untitled], 'kept'],
		[change('', 'CTO', true), unasked, [acme], 'kept'],
		[change('', 'CTO', true), unasked, [untitled], 'titleChanged'],
	])('fills blanks only with %j', (asked, wanted, links, outcome) => {
		const decision = decideCompany(asked, wanted, links);

		expect(decision.outcome).toBe(outcome);
		expect(decision.write !== undefined).toBe(['linked', 'titleChanged'].includes(outcome));
	});

	it('writes what differs, and keeps a title that is not given', () => {
		const write = (name: string, jobTitle: string, wanted = known, links = [acme]) =>
			decideCompany(change(name, jobTitle), wanted, links).write;

		expect(write('Acme', '', known, [])).toEqual({ isOtherCompany: true, jobTitle: undefined });
		expect(write('Acme', 'CTO', known, [])).toEqual({ isOtherCompany: true, jobTitle: 'CTO' });
		expect(write('Apex', '', other)).toEqual({ isOtherCompany: true, jobTitle: undefined });
		expect(write('Apex', 'CTO', other)).toEqual({ isOtherCompany: true, jobTitle: 'CTO' });
		expect(write('Apex', 'CEO', other)).toEqual({ isOtherCompany: true, jobTitle: undefined });
		expect(write('Acme', 'CTO', known)).toEqual({ isOtherCompany: false, jobTitle: 'CTO' });
		expect(write('Acme', 'CEO', known)).toBeUndefined();
	});

	it("gives the contact's link, that to the company before any other", () => {
		const second = { ...acme, id: '2', account: 8 };
		const linkOf = (wanted: typeof known, links: Array<typeof acme | typeof second>) =>
			decideCompany(change('Acme', 'CTO'), wanted, links).link;

		expect(linkOf(other, [acme, second])).toBe(second);
		expect(linkOf({ ...known, id: '99' }, [acme, second])).toBe(acme);
		expect(linkOf(known, [])).toBeUndefined();
	});

	it('rejects a job title without a company', () => {
		const error = inputErrorOf(() => decideCompany(change('', 'CEO'), unasked, []));

		expect(error.message).toBe(
			'the contact has no company, and ActiveCampaign keeps the job title with the company',
		);
		expect(error.description).toBe("Fill in 'Company' as well");
	});
});

describe('the kind company', () => {
	it('needs the companies of the contact, and is called by what it changes', () => {
		expect(company).toMatchObject({
			...{ key: 'company', noun: 'company', plural: 'companies', needs: 'accountContacts' },
		});
	});

	it('has for each outcome whether it is previewed and whether a company is new', () => {
		expect(Object.fromEntries(company.outcomes)).toEqual({
			linked: { preview: 'wouldLink' },
			createdAndLinked: { preview: 'wouldCreateAndLink', isNewRecord: true },
			moved: { preview: 'wouldMove' },
			createdAndMoved: { preview: 'wouldCreateAndMove', isNewRecord: true },
			alreadyLinked: {},
			titleChanged: { preview: 'wouldChangeTitle' },
			unchanged: {},
			kept: {},
		});
	});

	it('reads the company and the job title in one line each, if one of them is given', () => {
		const read = (fields: object, fillsBlanksOnly = false) =>
			company.read(inputOf({ additionalFields: fields }, {}, fillsBlanksOnly));

		expect(read({ company: ' Acme \n Inc. ', jobTitle: 'Head\tof  it' })).toEqual([
			new CompanyStep(change('Acme Inc.', 'Head of it')),
		]);
		expect(read({ company: 'Acme' }, true)).toEqual([new CompanyStep(change('Acme', '', true))]);
		expect(read({ jobTitle: 'CTO' })).toEqual([new CompanyStep(change('', 'CTO'))]);
		expect([...read({ company: ' ', jobTitle: null }), ...read({})]).toEqual([]);
	});

	it('names the field that cannot be used', () => {
		const messageOf = (fields: object) =>
			inputErrorOf(() => company.read(inputOf({ additionalFields: fields }))).message;

		expect(messageOf({ company: true, jobTitle: true })).toBe("'Company' cannot contain 'true'");
		expect(messageOf({ jobTitle: true })).toBe("'Job Title' cannot contain 'true'");
	});

	it('is shown as one object', () => {
		const step = new CompanyStep(change('Acme'));

		expect(company.toOutput?.([{ step, outcome: 'linked', meaning: {} }])).toStrictEqual({
			name: 'Acme',
			outcome: 'linked',
		});
		expect(company.toOutput?.([])).toEqual({});
	});
});

describe('a company step', () => {
	it('is about the one company of the contact, or about its job title', () => {
		expect(new CompanyStep(change('Acme', 'CTO'))).toMatchObject({
			...{ kind: company, name: 'Acme', subject: '', action: '', verb: 'linked' },
		});
		expect(new CompanyStep(change('', 'CTO'))).toMatchObject({ name: '', verb: 'set' });
	});

	it.each([
		[change('Acme', 'CEO'), change('Apex', 'CTO'), change('Apex', 'CTO')],
		[change('Acme', 'CEO'), change('', 'CTO'), change('Acme', 'CTO')],
		[change('Acme', 'CEO'), change('Apex'), change('Apex', 'CEO')],
		[change('Acme', '', true), change('Apex', 'CTO', true), change('Acme', 'CTO', true)],
		[change('', 'CEO', true), change('Apex', 'CTO', true), change('Apex', 'CEO', true)],
	])('combines %j with the later %j', (earlier, later, combined) => {
		expect(new CompanyStep(later).after(new CompanyStep(earlier))).toEqual(new CompanyStep(combined));
	});

	it('is combined with no other kind of step', () => {
		const step = new CompanyStep(change('Acme'));
		expect(step.after(new NoteStep('One'))).toBe(step);
	});

	it('is looked up by its name, if it has one', async () => {
		const { lookups } = await openWork();
		const find = jest.spyOn(lookups.companies, 'find').mockResolvedValue('7');
		const titleOnly = new CompanyStep(change('', 'CTO'));

		expect(await titleOnly.resolve(lookups)).toBe(titleOnly);
		expect(await new CompanyStep(change('Acme', 'CTO')).resolve(lookups)).toEqual(
			new CompanyStep(change('Acme', 'CTO'), '7'),
		);
		expect(find.mock.calls).toEqual([['Acme']]);
	});
});

describe('carrying out a company step', () => {
	const apex = new CompanyStep(change('Apex', 'CTO'), '8');
	const permission = 'edit accounts';
	const link = (account: number, jobTitle?: string) => ({
		method: 'POST',
		path: '/accountContacts',
		repeatable: 'always',
		body: { accountContact: { account, contact: 7, ...(jobTitle ? { jobTitle } : {}) } },
		purpose: { action: 'link the contact to the company', permission },
	});
	const put = (accountContact: object, action = 'move the contact to another company') => ({
		method: 'PUT',
		path: '/accountContacts/1',
		body: { accountContact },
		purpose: { action, permission },
	});
	const isMoved = responseOf({ accountContact: { account: '8' } });

	/** A contact with these links to companies, and an account that responds like this, one response after the other. */
	async function openWith(
		readings: ReadonlyArray<ReadonlyArray<typeof acme>>,
		responses: ReadonlyArray<ReturnType<typeof responseOf> | Error> = [],
		isDryRun = false,
	) {
		const opened = await openWork({
			readings: readings.map((accountContacts) => ({ accountContacts })),
			isDryRun,
		});
		for (const one of responses) {
			if (one instanceof Error) opened.call.mockRejectedValueOnce(one);
			else opened.call.mockResolvedValueOnce(one);
		}
		const { companies } = opened.lookups;
		return {
			...opened,
			requests: () => opened.call.mock.calls.map(([request]) => ({ ...request, notAfter: undefined })),
			find: jest.spyOn(companies, 'find'),
			findOrCreate: jest.spyOn(companies, 'findOrCreate'),
			forget: jest.spyOn(companies, 'forget'),
		};
	}

	it('links a contact without a company, with the job title if there is one', async () => {
		const { work, requests, findOrCreate } = await openWith([[]], [responseOf(), responseOf()]);

		expect(await apex.carryOut(work)).toEqual({ outcome: 'linked' });
		expect(await new CompanyStep(change('Acme'), '7').carryOut(work)).toEqual({ outcome: 'linked' });
		expect(requests()).toEqual([link(8, 'CTO'), link(7)]);
		expect(findOrCreate).not.toHaveBeenCalled();
	});

	it('creates a company that the account does not have, if the contact is to get it', async () => {
		const unknown = new CompanyStep(change('Apex'));
		const { work, requests, findOrCreate } = await openWith([[]], [responseOf()]);
		findOrCreate.mockResolvedValue({ id: '8', isCreated: true });

		expect(await unknown.carryOut(work)).toEqual({ outcome: 'createdAndLinked' });
		expect(findOrCreate.mock.calls).toEqual([['Apex']]);
		expect(requests()).toEqual([link(8)]);

		const kept = await openWith([[acme]]);
		expect(await new CompanyStep(change('Apex', '', true)).carryOut(kept.work)).toEqual({ outcome: 'kept' });
		expect(kept.findOrCreate).not.toHaveBeenCalled();
	});

	it('moves a contact, and changes its job title, by the link that it has', async () => {
		const { work, requests } = await openWith([[acme]], [isMoved, isMoved, responseOf()]);

		expect(await apex.carryOut(work)).toEqual({ outcome: 'moved' });
		expect(await new CompanyStep(change('Apex', 'CEO'), '8').carryOut(work)).toEqual({ outcome: 'moved' });
		expect(await new CompanyStep(change('', 'CTO')).carryOut(work)).toEqual({ outcome: 'titleChanged' });
		expect(requests()).toEqual([
			put({ account: 8, jobTitle: 'CTO' }),
			put({ account: 8 }),
			put({ jobTitle: 'CTO' }, "change the contact's job title"),
		]);
	});

	it('writes nothing where there is nothing to do, and nothing in a dry run', async () => {
		const { work, call } = await openWith([[acme]]);
		expect(await new CompanyStep(change('Acme', 'CEO'), '7').carryOut(work)).toEqual({
			outcome: 'alreadyLinked',
		});

		const dry = await openWith([[acme]], [], true);
		dry.findOrCreate.mockResolvedValue(missing);
		expect(await new CompanyStep(change('Apex')).carryOut(dry.work)).toEqual({ outcome: 'createdAndMoved' });
		expect([call, dry.call].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
	});

	it.each([
		['says nothing', responseOf()],
		['left the contact where it was', responseOf({ accountContact: { account: '7' } })],
		['refuses to', failureOf('rejected')],
	])('replaces the link where the account, asked to move the contact, %s', async (_what, response) => {
		const { work, requests, remove } = await openWith([[acme]], [response, responseOf()]);
		remove.mockResolvedValue();

		expect(await new CompanyStep(change('Apex'), '8').carryOut(work)).toEqual({ outcome: 'moved' });
		expect(remove.mock.calls).toEqual([
			['/accountContacts/1', { action: 'unlink the contact from its company', permission }],
		]);
		// The job title comes with it.
		expect(requests()).toEqual([put({ account: 8 }), link(8, 'CEO')]);
	});

	it('replaces no link when it could not be asked to move the contact', async () => {
		const { work, remove } = await openWith([[acme]], [failureOf('forbidden')]);

		await expect(apex.carryOut(work)).rejects.toMatchObject({ kind: 'forbidden' });
		expect(remove).not.toHaveBeenCalled();
	});

	it('makes the old link again when the new one cannot be made', async () => {
		const { work, requests, remove } = await openWith(
			[[acme]],
			[responseOf(), failureOf('forbidden'), responseOf()],
		);
		remove.mockResolvedValue();

		await expect(apex.carryOut(work)).rejects.toMatchObject({
			message: 'It was forbidden',
			description: 'Do this',
		});
		expect(requests()).toEqual([put({ account: 8, jobTitle: 'CTO' }), link(8, 'CTO'), link(7, 'CEO')]);
	});

	it.each([
		['forbidden', 'unavailable'],
		['rejected', 'rejected'],
	] as const)(
		'says that the contact has lost its company when both links fail: %s, %s',
		async (kind, ofOld) => {
			const { work, call, remove } = await openWith(
				[[acme], []],
				[responseOf(), failureOf(kind, { httpCode: '403' }), failureOf(ofOld)],
			);
			remove.mockResolvedValue();

			await expect(apex.carryOut(work)).rejects.toMatchObject({
				kind: 'unavailable',
				message: `It was ${kind}. The contact has lost its link to the company with the ID 7`,
				description: 'Run the item again, or link the contact in ActiveCampaign',
				details: { httpCode: '403' },
			});
			expect(call).toHaveBeenCalledTimes(3);
		},
	);

	it.each([
		[{ outcomeUnknown: true }, true],
		[{}, false],
	])('takes a refused old link, after %j about the new one, for a success: %s', async (details, isDone) => {
		const { work, remove } = await openWith(
			[[acme]],
			[responseOf(), failureOf('unavailable', details), failureOf('rejected')],
		);
		remove.mockResolvedValue();
		const done = apex.carryOut(work);

		if (isDone) expect(await done).toEqual({ outcome: 'moved' });
		else await expect(done).rejects.toThrow('The contact has lost its link');
	});

	it.each(['rejected', 'notFound'] as const)(
		'looks the company up and reads the contact again when the link is %s',
		async (kind) => {
			const { work, requests, find, forget, part } = await openWith([[]], [failureOf(kind), responseOf()]);
			find.mockResolvedValue('80');
			const begun = performance.now();

			expect(await apex.carryOut(work)).toEqual({ outcome: 'linked' });
			expect(forget.mock.calls).toEqual([['Apex', '8']]);
			expect(requests()).toEqual([link(8, 'CTO'), link(80, 'CTO')]);
			expect(part.mock.calls[0]).toEqual(['accountContacts', -Infinity]);
			expect(part.mock.calls[1]?.[1]).toBeGreaterThanOrEqual(begun);
		},
	);

	it('looks no company up again for a job title alone', async () => {
		const { work, requests, find, forget } = await openWith([[acme]], [failureOf('notFound'), responseOf()]);
		const title = put({ jobTitle: 'CTO' }, "change the contact's job title");

		expect(await new CompanyStep(change('', 'CTO')).carryOut(work)).toEqual({ outcome: 'titleChanged' });
		expect(requests()).toEqual([title, title]);
		for (const spy of [find, forget]) expect(spy).not.toHaveBeenCalled();
	});

	it('gives up after the third try', async () => {
		const { work, call, find } = await openWith([[]]);
		call.mockRejectedValue(failureOf('rejected'));
		find.mockResolvedValue('8');

		await expect(apex.carryOut(work)).rejects.toMatchObject({ kind: 'rejected' });
		expect(call).toHaveBeenCalledTimes(3);
	});

	it('fails at once for another reason, and in a dry run', async () => {
		const { work, call, find } = await openWith([[]]);
		call.mockRejectedValue(failureOf('forbidden'));
		await expect(apex.carryOut(work)).rejects.toMatchObject({ kind: 'forbidden' });
		expect(call).toHaveBeenCalledTimes(1);

		const dry = await openWith([[]], [], true);
		dry.part.mockRejectedValue(failureOf('notFound'));
		await expect(apex.carryOut(dry.work)).rejects.toMatchObject({ kind: 'notFound' });
		expect(dry.part).toHaveBeenCalledTimes(1);
		for (const spy of [find, dry.find]) expect(spy).not.toHaveBeenCalled();
	});

	it('links the contact again to a company that it has just created, without looking it up', async () => {
		const { work, requests, find, findOrCreate, forget } = await openWith(
			[[]],
			[failureOf('notFound'), responseOf()],
		);
		findOrCreate.mockResolvedValue({ id: '9', isCreated: true });

		expect(await new CompanyStep(change('Apex')).carryOut(work)).toEqual({ outcome: 'createdAndLinked' });
		expect(requests()).toEqual([link(9), link(9)]);
		expect(findOrCreate).toHaveBeenCalledTimes(1);
		for (const spy of [find, forget]) expect(spy).not.toHaveBeenCalled();
	});

	it('creates a company that is gone, once more', async () => {
		const { work, requests, find, findOrCreate } = await openWith(
			[[]],
			[failureOf('notFound'), responseOf()],
		);
		find.mockResolvedValue(undefined);
		findOrCreate.mockResolvedValue({ id: '9', isCreated: true });

		expect(await apex.carryOut(work)).toEqual({ outcome: 'createdAndLinked' });
		expect(requests()).toEqual([link(8, 'CTO'), link(9, 'CTO')]);
	});

	it('takes what exists after a write that was refused for what that write, or a try of it, did', async () => {
		const linked = { ...acme, account: '8', jobTitle: 'CTO' };
		const { work, find } = await openWith([[], [linked]], [failureOf('rejected')]);
		find.mockResolvedValue('8');

		expect(await apex.carryOut(work)).toEqual({ outcome: 'linked' });
	});

	it('says that a company is kept that somebody else gave to the contact meanwhile', async () => {
		const { work, find } = await openWith([[], [acme]], [failureOf('rejected')]);
		find.mockResolvedValue('8');

		expect(await new CompanyStep(change('Apex', '', true), '8').carryOut(work)).toEqual({ outcome: 'kept' });
	});
});
