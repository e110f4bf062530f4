import type { FieldSeed } from '../../sandbox';
import { customFields } from '../harness/parameters';
import { jsonOf, textWith } from '../harness/results';
import { useAccount } from '../harness/account';

const FIELDS: FieldSeed[] = [
	{ title: 'Birthday', type: 'date' },
	{ title: 'Appointment', type: 'datetime' },
];
const parameters = customFields(
	['name', 'Birthday', '={{ $json.date }}'],
	['name', 'Appointment', '={{ $json.date }}'],
);

describe('timestamps', () => {
	const account = useAccount({ fields: FIELDS, timeZone: 'UTC' });
	const storedDates = (count: number) =>
		Array.from({ length: count }, (_, index) => [
			account.stored(`p${index}@example.com`, 'Birthday'),
			account.stored(`p${index}@example.com`, 'Appointment'),
		]);
	const sync = async (dates: unknown[], timezone: string) =>
		await account.sync(
			dates.map((date, index) => ({ email: `p${index}@example.com`, date: date as string })),
			parameters,
			{ timezone, onError: 'continueRegularOutput' },
		);

	it('are read without separators where only one meaning is possible', async () => {
		await sync(
			['20261231', 20261231, '20261231120000', '20261231T120000Z', '20261231T1200'],
			'Europe/Berlin',
		);

		expect(storedDates(5)).toEqual([
			['2026-12-31', '2026-12-30T23:00:00+00:00'],
			['2026-12-31', '2026-12-30T23:00:00+00:00'],
			['2026-12-31', '2026-12-31T11:00:00+00:00'],
			['2026-12-31', '2026-12-31T12:00:00+00:00'],
			['2026-12-31', '2026-12-31T11:00:00+00:00'],
		]);
	});

	it('fail their item where they could also be milliseconds, or no time at all', async () => {
		const { items } = await sync(['202612311200', 202612311200, '20261331120000', 99_999_999_999_999], 'UTC');

		expect(jsonOf(items).map(({ error }) => error)).toEqual([
			textWith('is ambiguous (2026-12-31T12:00:00 or 1976-06-03T01:11:51.200Z)'),
			textWith('is ambiguous (2026-12-31T12:00:00 or 1976-06-03T01:11:51.200Z)'),
			textWith("'Birthday': '20261331120000' is not a date"),
			textWith("'Birthday': '99999999999999' is not a date"),
		]);
		expect(account.state.contacts()).toEqual([]);
	});

	it.each(['America/Los_Angeles', 'Europe/Berlin', 'Pacific/Kiritimati'])(
		'are stored in a Date field as the UTC day at exactly midnight UTC, with the workflow in %s',
		async (timezone) => {
			await sync(
				[
					'1990-05-17T00:00:00.000Z',
					'1990-05-17T00:00:00+00:00',
					new Date('1990-05-17T00:00:00.000Z'),
					Date.UTC(1990, 4, 17),
				],
				timezone,
			);

			const day = ['1990-05-17', '1990-05-17T00:00:00+00:00'];
			expect(storedDates(4)).toEqual([day, day, day, day]);
		},
	);
});
