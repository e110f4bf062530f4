import { faultName } from '../sandbox/faults';
import { useAccount } from './harness/account';
import { locator } from './harness/parameters';
import { jsonOf } from './harness/results';
import { TEMPORARY_FAULTS } from './harness/outages';

/** A 403 from requests that have not worked before is taken for a missing permission. */
const FAULTS = TEMPORARY_FAULTS.filter((fault) => fault !== 'forbidden');

const byKey = {
	matchBy: 'customField',
	matchField: locator('name', 'CRM ID'),
	matchValue: '={{ $json.key }}',
	tagsToAdd: 'VIP',
};

describe('Match By Custom Field, through an outage of some seconds', () => {
	const account = useAccount({ fields: [{ title: 'CRM ID' }] });

	it.each(FAULTS.map((fault) => [faultName(fault), fault] as const))(
		'updates and creates each contact once: %s',
		async (_name, fault) => {
			for (const key of ['A', 'B']) {
				account.state.addContact({ email: `${key}@old.example`, fieldValues: { 'CRM ID': key } });
			}
			const before = account.state.contacts().map(({ id }) => id);
			account.sandbox.startSpell({ fault, afterMs: 450, forMs: 6_000 });

			const { items } = await account.sync(
				['A', 'B', 'C', 'D'].map((key) => ({ key, email: `${key}@new.example` })),
				{ ...byKey, options: { requestsPerSecond: 5 } },
			);

			expect(jsonOf(items)).toMatchObject([
				{ action: 'updated', id: before[0], email: 'A@new.example' },
				{ action: 'updated', id: before[1], email: 'B@new.example' },
				{ action: 'created', email: 'C@new.example', tags: [{ name: 'VIP' }] },
				{ action: 'created', email: 'D@new.example', tags: [{ name: 'VIP' }] },
			]);
			const stored = account.state.contacts().map(({ email, tags }): [string, number] => [email, tags.size]);
			expect(stored.sort()).toEqual([
				['A@new.example', 1],
				['B@new.example', 1],
				['C@new.example', 1],
				['D@new.example', 1],
			]);
		},
	);
});
