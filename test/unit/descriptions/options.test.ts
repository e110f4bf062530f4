import { runInNewContext } from 'node:vm';

import { ActiveCampaignSync } from '../../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { options } from '../../../nodes/ActiveCampaignSync/descriptions/options';
import { OPTIONS } from '../../../nodes/ActiveCampaignSync/run/options';

describe('the option Dry Run', () => {
	it('is on when it is added', () => {
		const entries: readonly object[] = options.options ?? [];
		expect(entries.find((entry) => 'name' in entry && entry.name === 'dryRun')).toMatchObject({
			default: true,
		});
	});

	it.each([
		[{ dryRun: true }, 'Sync Contact (dry run)'],
		[{ dryRun: false }, 'Sync Contact'],
		[{}, 'Sync Contact'],
	])('stands under the node: options %j read "%s"', (given, subtitle) => {
		const subtitleOf = new ActiveCampaignSync().description.subtitle ?? '';
		const expression = /^=\{\{(.*)\}\}$/.exec(subtitleOf)?.[1] ?? '';
		const $parameter = { operation: 'syncContact', options: given };

		expect(runInNewContext(expression, { $parameter })).toBe(subtitle);
	});
});

describe('the options', () => {
	it.each(Object.entries(OPTIONS).filter(([name]) => name !== 'dryRun'))(
		'show the default that counts when %s is not added',
		(name, { byDefault }) => {
			const entries: readonly object[] = options.options ?? [];
			expect(entries.find((entry) => 'name' in entry && entry.name === name)).toMatchObject({
				default: byDefault,
			});
		},
	);
});
