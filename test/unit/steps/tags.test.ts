import fc from 'fast-check';

import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { normalizeName } from '../../../nodes/ActiveCampaignSync/shared/text';
import { decideTag, tagNames, tags, TagStep } from '../../../nodes/ActiveCampaignSync/steps/tags';

import { anyValue } from '../input/anyValues';
import { inputErrorOf } from '../input/inputErrorOf';
import { failureOf, inputOf, openWork, responseOf } from './stepWork';

const links = [
	{ id: '1', tag: '7' },
	{ id: '2', tag: 8 },
];

describe('decideTag', () => {
	it.each([
		['add', { id: '7', isCreated: false }, 'alreadyAdded'],
		['add', { id: '8', isCreated: true }, 'alreadyAdded'],
		['add', { id: '9', isCreated: false }, 'added'],
		['add', { id: '9', isCreated: true }, 'created'],
		['add', { id: undefined, isCreated: true }, 'created'],
		['add', { id: undefined, isCreated: false }, 'added'],
		['remove', { id: '8', isCreated: false }, 'removed'],
		['remove', { id: '9', isCreated: false }, 'notThere'],
		['remove', { id: undefined, isCreated: false }, 'notThere'],
	] as const)('of %s with %j is %s', (action, tag, outcome) => {
		expect(decideTag(action, tag, links).outcome).toBe(outcome);
	});

	it("gives the contact's own links to the tag", () => {
		const own = (action: 'add' | 'remove', id: string) =>
			decideTag(action, { id, isCreated: false }, links).own;

		expect(own('remove', '8')).toEqual([links[1]]);
		expect(own('add', '7')).toEqual([links[0]]);
		expect(own('add', '9')).toEqual([]);
	});
});

describe('tagNames', () => {
	it.each<[unknown, string[]]>([
		['Lead', ['Lead']],
		[' Lead ,Webinar 2026 , ,', ['Lead', 'Webinar 2026']],
		[
			['Lead', 'Webinar'],
			['Lead', 'Webinar'],
		],
		[
			['Lead, Webinar', null, '', 'VIP'],
			['Lead', 'Webinar', 'VIP'],
		],
		['Lead,LEAD, lead', ['Lead']],
		[2026, ['2026']],
		[[7, '7'], ['7']],
		['', []],
		[null, []],
		[undefined, []],
		[[], []],
		['["Lead","VIP"]', ['Lead', 'VIP']],
		['\n[ "Lead, VIP", 7, null, "lead" ] ', ['Lead', 'VIP', '7']],
		['[]', []],
		['[VIP], Lead', ['[VIP]', 'Lead']],
		['["Lead", "VIP"', ['["Lead"', 'VIP']],
		['🎉,R&D + x', ['🎉', 'R&D + x']],
	])('reads %j as %j', (value, names) => {
		expect(tagNames(value, 'Tags to Add')).toEqual(names);
	});

	it.each<[unknown, string]>([
		[true, "'true'"],
		[{ name: 'Lead' }, `'{"name":"Lead"}'`],
		[[['Lead', { a: 1 }]], `'["Lead",{"a":1}]'`],
		[new Date(0), `'"1970-01-01T00:00:00.000Z"'`],
		['[{"name":"Lead"}]', `'{"name":"Lead"}'`],
		['[["Lead"]]', `'["Lead"]'`],
	])('refuses %j', (value, shown) => {
		const { message, description } = inputErrorOf(() => tagNames(value, 'Tags to Remove'));

		expect(message).toBe(`'Tags to Remove' cannot contain ${shown}`);
		expect(description).toBe('Use tag names as text with commas between them, or as an array of texts');
	});

	it('returns valid tag names, each once, for any value', () => {
		fc.assert(
			fc.property(anyValue, (value) => {
				try {
					const names = tagNames(value, 'Tags to Add');
					for (const name of names) expect(name).toMatch(/^[^,]+$/);
					expect(new Set(names.map(normalizeName)).size).toBe(names.length);
				} catch (thrown) {
					expect(thrown).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});

describe('the kind tags', () => {
	it('needs the tags of the contact, and is called by what it changes', () => {
		expect(tags).toMatchObject({ key: 'tags', noun: 'tag', plural: 'tags', needs: 'contactTags' });
	});

	it('has for each outcome whether it is previewed and whether a tag is new', () => {
		expect(Object.fromEntries(tags.outcomes)).toEqual({
			added: { preview: 'wouldAdd' },
			created: { preview: 'wouldCreateTag', isNewRecord: true },
			alreadyAdded: {},
			removed: { preview: 'wouldRemove' },
			notThere: {},
		});
	});

	it('says how tags contradict each other', () => {
		expect(tags.contradiction?.('Lead', ['add', 'remove'])).toEqual([
			"The tag 'Lead' is in both 'Tags to Add' and 'Tags to Remove'",
			'Keep it in one of the two',
		]);
	});

	it('reads those to add, then those to remove', () => {
		expect(tags.read(inputOf({ tagsToAdd: 'Lead, VIP', tagsToRemove: ['Old'] }))).toEqual([
			new TagStep('Lead', 'add'),
			new TagStep('VIP', 'add'),
			new TagStep('Old', 'remove'),
		]);
		expect(tags.read(inputOf({}))).toEqual([]);
	});

	it('names the parameter that cannot be used', () => {
		const messageOf = (parameters: object) => inputErrorOf(() => tags.read(inputOf(parameters))).message;

		expect(messageOf({ tagsToAdd: true })).toBe("'Tags to Add' cannot contain 'true'");
		expect(messageOf({ tagsToRemove: [true] })).toBe("'Tags to Remove' cannot contain 'true'");
	});
});

describe('a tag step', () => {
	it('is about a name, whatever its case', () => {
		expect(new TagStep(' Lead', 'add')).toMatchObject({
			kind: tags,
			name: ' Lead',
			subject: 'lead',
			verb: 'added',
		});
		expect(new TagStep('OLD', 'remove')).toMatchObject({ subject: 'old', verb: 'removed' });
	});

	it('to remove is looked up; one to add is not, before it is known what the contact has', async () => {
		const { lookups } = await openWork();
		const find = jest.spyOn(lookups.tags, 'find').mockResolvedValue('9');
		const add = new TagStep('Lead', 'add');

		expect(await add.resolve(lookups)).toBe(add);
		expect(await new TagStep('Old', 'remove').resolve(lookups)).toEqual(new TagStep('Old', 'remove', '9'));
		expect(find.mock.calls).toEqual([['Old']]);
	});
});

describe('carrying out a tag step', () => {
	const add = new TagStep('Lead', 'add');
	const readings = [{ contactTags: links }];

	it('finds or creates the tag, and adds it', async () => {
		for (const [has, isCertainlyLacking] of [
			[links, false],
			[[], true],
		] as const) {
			const { work, lookups, call, part } = await openWork({ readings: [{ contactTags: has }] });
			const find = jest.spyOn(lookups.tags, 'findOrCreate').mockResolvedValue({ id: '9', isCreated: false });
			call.mockResolvedValue(responseOf());

			expect(await add.carryOut(work)).toEqual({ outcome: 'added' });
			expect(part.mock.calls).toEqual([['contactTags']]);
			expect(find.mock.calls).toEqual([['Lead', isCertainlyLacking]]);
			expect(call.mock.calls).toEqual([
				[
					{
						method: 'POST',
						path: '/contactTags',
						repeatable: 'always',
						body: { contactTag: { contact: '7', tag: '9' } },
						purpose: { action: "add the tag 'Lead'", permission: 'edit contacts and tags' },
					},
				],
			]);
		}
	});

	it('adds nothing that the contact has already, and nothing in a dry run', async () => {
		for (const [id, isDryRun, outcome] of [
			['7', false, 'alreadyAdded'],
			['9', true, 'created'],
			[undefined, true, 'created'],
		] as const) {
			const { work, lookups, call } = await openWork({ readings, isDryRun });
			jest.spyOn(lookups.tags, 'findOrCreate').mockResolvedValue({ id, isCreated: true });

			expect(await add.carryOut(work)).toEqual({ outcome });
			expect(call).not.toHaveBeenCalled();
		}
	});

	it.each(['notFound', 'rejected'] as const)('looks the tag up again when adding it is %s', async (kind) => {
		const { work, lookups, call } = await openWork({ readings });
		jest
			.spyOn(lookups.tags, 'findOrCreate')
			.mockResolvedValueOnce({ id: '9', isCreated: false })
			.mockResolvedValueOnce({ id: '10', isCreated: true });
		const forget = jest.spyOn(lookups.tags, 'forget');
		call.mockRejectedValueOnce(failureOf(kind)).mockResolvedValueOnce(responseOf());

		expect(await add.carryOut(work)).toEqual({ outcome: 'created' });
		expect(forget.mock.calls).toEqual([['Lead', '9']]);
		expect(call.mock.calls.map(([{ body }]) => body)).toEqual([
			{ contactTag: { contact: '7', tag: '9' } },
			{ contactTag: { contact: '7', tag: '10' } },
		]);
	});

	it('fails when the tag cannot be added a second time, or for another reason', async () => {
		const { work, lookups, call } = await openWork({ readings });
		const find = jest.spyOn(lookups.tags, 'findOrCreate').mockResolvedValue({ id: '9', isCreated: false });
		call.mockRejectedValue(failureOf('rejected'));
		await expect(add.carryOut(work)).rejects.toMatchObject({ kind: 'rejected' });
		expect([find, call].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);

		call.mockRejectedValue(failureOf('forbidden'));
		await expect(add.carryOut(work)).rejects.toMatchObject({ kind: 'forbidden' });
		expect([find, call].map(({ mock }) => mock.calls.length)).toEqual([3, 3]);
	});

	it('removes each link to the tag, none of another tag, and nothing in a dry run', async () => {
		const twice = [...links, { id: '3', tag: '8' }];
		for (const isDryRun of [false, true]) {
			const { work, remove } = await openWork({ readings: [{ contactTags: twice }], isDryRun });
			remove.mockResolvedValue();

			expect(await new TagStep('Old', 'remove', '8').carryOut(work)).toEqual({ outcome: 'removed' });
			expect(await new TagStep('Gone', 'remove').carryOut(work)).toEqual({ outcome: 'notThere' });
			const purpose = { action: "remove the tag 'Old'", permission: 'edit contacts and tags' };
			expect(remove.mock.calls).toEqual(isDryRun ? [] : [2, 3].map((id) => [`/contactTags/${id}`, purpose]));
		}
	});
});
