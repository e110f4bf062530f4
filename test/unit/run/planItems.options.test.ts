import { getOptions } from '../../../nodes/ActiveCampaignSync/run/options';
import { getItemOptions } from '../../../nodes/ActiveCampaignSync/run/planItems';

import { inputErrorOf } from '../input/inputErrorOf';
import { parametersOf } from '../input/parametersOf';

const messageOf = (work: () => unknown) => {
	const { message, description } = inputErrorOf(work);
	return [message, description];
};

describe('the options of an item', () => {
	const read = (options: unknown) => getItemOptions(parametersOf({ options }), 0);

	it('have defaults', () => {
		const byDefault = {
			emptyValues: 'keep',
			unusableValues: 'saveRest',
			dateOrder: 'fail',
			resubscribe: false,
			simplify: true,
			syncMode: 'createOrUpdate',
			dryRun: false,
		};

		expect(read({})).toEqual(byDefault);
		expect(read(undefined)).toEqual(byDefault);
		expect(read('odd')).toEqual(byDefault);
	});

	it('are what the user chose', () => {
		const chosen = {
			emptyValues: 'fillOnly',
			unusableValues: 'skip',
			dateOrder: 'monthFirst',
			resubscribe: true,
			simplify: false,
			syncMode: 'updateOnly',
			dryRun: true,
		};

		expect(read(chosen)).toEqual(chosen);
		expect(read({ ...chosen, emptyValues: 'clear', syncMode: 'createOnly' })).toMatchObject({
			...{ emptyValues: 'clear', syncMode: 'createOnly' },
		});
	});

	it('may come from expressions, for each item', () => {
		const parameters = parametersOf(
			{ options: { dryRun: '={{ 1 }}', syncMode: '={{ 2 }}' } },
			{
				'options.dryRun': ' TRUE',
				'options.syncMode': '',
			},
		);

		expect(getItemOptions(parameters, 0)).toMatchObject({ dryRun: true, syncMode: 'createOrUpdate' });
		expect(getOptions(parameters, 0)).toEqual({ dryRun: ' TRUE', syncMode: '' });
	});

	it.each([
		['emptyValues', "'Empty Values' cannot be 'x'", 'Use one of: keep, clear, fillOnly'],
		['unusableValues', "'Unusable Values' cannot be 'x'", 'Use one of: saveRest, skip, fail'],
		['dateOrder', "'Date Order' cannot be 'x'", 'Use one of: fail, dayFirst, monthFirst'],
		['resubscribe', "'Resubscribe' cannot be 'x'", 'Use one of: true, false'],
		['simplify', "'Simplify' cannot be 'x'", 'Use one of: true, false'],
		['syncMode', "'Sync Mode' cannot be 'x'", 'Use one of: createOrUpdate, updateOnly, createOnly'],
		['dryRun', "'Dry Run' cannot be 'x'", 'Use one of: true, false'],
	])('are refused where %s has an unknown value', (name, message, description) => {
		expect(messageOf(() => read({ [name]: 'x' }))).toEqual([message, description]);
	});
});
