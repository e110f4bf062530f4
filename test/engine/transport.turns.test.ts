import { sleep } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { lists } from './harness/parameters';

const SECOND = 1_000;

// What contacts have is read one by one, so that the path of each read names its contact.
const syncing = useAccount({ lists: ['News'], sideLoading: { ignoresInclude: true } });

const people = (name: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `${name}${index}@example.com` }));

describe('executions on one account', () => {
	it('finish started contacts before they start new ones, so that no read grows old', async () => {
		const { sandbox } = syncing;
		const runs = ['old', 'new', 'newer'].map((name) => people(name, 40));
		for (const { email } of runs.flat()) sandbox.account.addContact({ email });
		await Promise.all(
			runs.map(async (items, index) => {
				await sleep(index * 3 * SECOND);
				await syncing.sync(items, {
					...lists(['id', sandbox.account.listBy('News').id, 'subscribe']),
					options: { requestsPerSecond: 5 },
				});
			}),
		);
		const ages = runs.flat().map(({ email }) => {
			const { id } = sandbox.account.contactBy(email);
			const entries = sandbox.journal.entries;
			const read = entries.find(({ path }) => path === `/contacts/${id}/contactLists`);
			const written = entries.find(
				({ path, body }) => path === '/contactLists' && JSON.stringify(body).includes(`"contact":"${id}"`),
			);
			return (written?.at ?? Number.NaN) - (read?.at ?? Number.NaN);
		});
		expect(ages).toHaveLength(120);
		expect(Math.max(...ages)).toBeLessThan(10 * SECOND);
		expect(sandbox.account.membershipWrites).toHaveLength(120);
	});

	it('share the limit fairly: a single item does not wait for hundreds', async () => {
		const { sandbox } = syncing;
		const order: string[] = [];
		const options = { requestsPerSecond: 5 };
		await Promise.all([
			syncing.sync(people('many', 200), { options }).then(() => order.push('many')),
			sleep(2 * SECOND)
				.then(async () => await syncing.sync(people('one', 1), { options }))
				.then(() => order.push('one')),
		]);
		expect(order).toEqual(['one', 'many']);
		const emails = sandbox.account.contacts().map(({ email }) => email);
		expect(emails.indexOf('one0@example.com')).toBeLessThan(30);
	});
});
