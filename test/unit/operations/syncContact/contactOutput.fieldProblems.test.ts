import { FieldCatalog } from '../../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { fieldProblems } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/contactOutput';
import type { FieldNotSet } from '../../../../nodes/ActiveCampaignSync/operations/syncContact/verifyFields';
import { AccountFailure } from '../../../../nodes/ActiveCampaignSync/shared/failure';
import { textField } from '../../fields/customFields';

const catalog = new FieldCatalog([
	textField('1', 'Size', 'SIZE'),
	textField('2', '', 'COLOR'),
	textField('3', '', ''),
]);
const failure = new AccountFailure('unavailable', 'It was not read', 'Run it again');
const fields: FieldNotSet[] = [
	{ id: '1', verb: 'set' },
	{ id: '99', verb: 'set' },
	{ id: '2', verb: 'checked', failure },
	{ id: '3', verb: 'cleared', failure },
];
const ignored = (id: string) =>
	`ActiveCampaign ignored it, which usually means that no custom field has the ID ${id}`;

describe('custom fields that do not have their values', () => {
	it('fail the item, each with what could not be done and why', () => {
		expect(fieldProblems(fields, catalog, 'saveRest')).toEqual({
			ids: new Set(['1', '99', '2', '3']),
			failedParts: [
				{ what: 'custom field', name: 'Size', verb: 'set', reason: ignored('1') },
				{ what: 'custom field', name: '99', verb: 'set', reason: ignored('99') },
				{ what: 'custom field', name: '%COLOR%', verb: 'checked', reason: 'It was not read. Run it again' },
				{
					what: 'custom field',
					name: 'Custom field 3',
					verb: 'cleared',
					reason: 'It was not read. Run it again',
				},
			],
			warnings: [],
		});
	});

	it('are only mentioned where unknown fields are skipped and the account ignored them', () => {
		const { ids, failedParts, warnings } = fieldProblems(fields, catalog, 'skip');

		expect([...ids]).toEqual(['1', '99', '2', '3']);
		expect(failedParts.map(({ verb }) => verb)).toEqual(['checked', 'cleared']);
		expect(warnings).toEqual([`custom field 'Size': ${ignored('1')}`, `custom field '99': ${ignored('99')}`]);
	});

	it('are none where all have theirs', () => {
		expect(fieldProblems([], catalog, 'saveRest')).toEqual({
			ids: new Set(),
			failedParts: [],
			warnings: [],
		});
	});
});
