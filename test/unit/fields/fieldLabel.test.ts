import { fieldLabels, titleOfLabel } from '../../../nodes/ActiveCampaignSync/fields/fieldLabel';

const field = (id: string, title: string, type: string, personalizationTag = '') => ({
	id,
	title,
	type,
	personalizationTag,
	options: [],
});

const FIELDS = [
	field('1', 'Industry', 'dropdown', 'INDUSTRY'),
	field('2', 'Twin', 'date', 'TWIN'),
	field('3', 'twin', 'checkbox'),
	field('4', 'Start (date)', 'text', 'START'),
	field('5', '', 'datetime', 'SECRET'),
	field('6', '', 'unheard of'),
];

describe('labels of fields', () => {
	it('name the type, and the tag or ID only where titles repeat', () => {
		expect(fieldLabels(FIELDS)).toEqual([
			'Industry (dropdown)',
			'Twin (date, %TWIN%)',
			'twin (several, ID 3)',
			'Start (date) (text)',
			'%SECRET% (date and time)',
			'Custom field 6 (text)',
		]);
	});

	it('contain the title unchanged', () => {
		expect(fieldLabels(FIELDS).map(titleOfLabel)).toEqual([
			'Industry',
			'Twin',
			'twin',
			'Start (date)',
			'%SECRET%',
			'Custom field 6',
		]);
		expect(titleOfLabel('Size (cm)')).toBe('Size (cm)');
	});
});
