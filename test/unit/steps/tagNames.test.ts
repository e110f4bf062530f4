import fc from 'fast-check';

import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';
import { readTagNames, tagKey } from '../../../nodes/ActiveCampaignSync/steps/tagNames';

import { anyValue } from '../input/anyValues';
import { inputErrorOf } from '../input/inputErrorOf';

describe('readTagNames', () => {
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
		['["Lead", "VIP"', ['["Lead"', '"VIP"']],
		['🎉,R&D + x', ['🎉', 'R&D + x']],
	])('reads %j as %j', (value, names) => {
		expect(readTagNames(value, 'Tags to Add')).toEqual(names);
	});

	it('is equal for names that differ only in case and outer blanks', () => {
		expect(tagKey(' Lead ')).toBe(tagKey('LEAD'));
		expect(tagKey('Lead')).not.toBe(tagKey('Le ad'));
	});

	it.each([true, { name: 'Lead' }, [['Lead', { a: 1 }]], new Date(0), '[{"name":"Lead"}]', '[["Lead"]]'])(
		'refuses %j',
		(value) => {
			const { message, description } = inputErrorOf(() => readTagNames(value, 'Tags to Remove'));

			expect(message).toMatch(/^'Tags to Remove' cannot contain /);
			expect(description).toBe('Use tag names as text with commas between them, or as an array of texts');
		},
	);

	it('returns valid tag names, each once, for any value', () => {
		fc.assert(
			fc.property(anyValue, (value) => {
				try {
					const names = readTagNames(value, 'Tags to Add');
					for (const name of names) expect(name).toMatch(/^[^,]+$/);
					expect(new Set(names.map(tagKey)).size).toBe(names.length);
				} catch (thrown) {
					expect(thrown).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});
