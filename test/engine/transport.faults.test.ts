import type { Fault } from '../sandbox';

import { customFields, lists } from './harness/parameters';
import { jsonOf } from './harness/results';
import { useAccount } from './harness/account';

const SECOND = 1_000;

const syncing = useAccount({ fields: 2, lists: ['News'] });

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const emails = (items: ReturnType<typeof people>) => items.map(({ email }) => email);

describe('an outage', () => {
	const items = people(6);

	it.each<[string, Fault, number]>([
		['a dead network', 'resetBeforeWrite', 60],
		['connections cut after the work is done', 'resetAfterWrite', 30],
		['502', 'html502', 90],
		['503 with Retry-After', 'unavailableRetryAfter', 90],
		['408', 'requestTimeout', 60],
		['425', 'tooEarly', 60],
		['responses without a body', 'noBody', 60],
		['half of the JSON', 'brokenJson', 60],
		['broken gzip', 'brokenGzip', 60],
		['JSON that is nested too deep', 'deepJson', 60],
		['headers that are too long', 'longHeaders', 60],
		['something that is not HTTP', 'notHttp', 60],
		['web pages', 'htmlOk', 60],
		['403', 'forbidden', 60],
		['redirects', { redirect: 'https://elsewhere.example/' }, 60],
	])('costs no contact, once the account has responded: %s', async (_name, fault, seconds) => {
		const { sandbox } = syncing;
		sandbox.startSpell({ match: { skip: 2 }, fault, forMs: seconds * SECOND });
		const run = await syncing.sync(items, {}, { onError: 'continueRegularOutput' });
		expect(jsonOf(run.items).map(({ email, action }) => [email, action])).toEqual(
			emails(items).map((email) => [email, 'created']),
		);
		expect(sandbox.account.contacts()).toHaveLength(items.length);
	});

	it('ends soon after the account is back', async () => {
		const { sandbox } = syncing;
		const startedAt = performance.now();
		sandbox.startSpell({ match: { skip: 2 }, fault: 'html502', forMs: 60 * SECOND });
		const run = await syncing.sync(items);
		expect(run.status).toBe('success');
		expect(performance.now() - startedAt).toBeLessThan(75 * SECOND);
	});

	it('costs no contact when connections are refused', async () => {
		const { sandbox } = syncing;
		const first = await syncing.sync(items.slice(0, 2));
		expect(first.status).toBe('success');
		await sandbox.takeOffline(60 * SECOND);
		const run = await syncing.sync(items.slice(2));
		expect(run.status).toBe('success');
		expect(sandbox.account.contacts()).toHaveLength(items.length);
	});
});

describe('one unreadable response', () => {
	const odd: Fault[] = [
		'noBody',
		'brokenJson',
		'requestTimeout',
		'tooEarly',
		'notHttp',
		'longHeaders',
		'deepJson',
		'brokenGzip',
		{ status: 200, body: {} },
	];

	it.each(
		['/fields', '/lists', '/contact/sync'].flatMap((path) =>
			odd.map((fault): [string, Fault] => [path, fault]),
		),
	)('fails no item, even as the first response from %s: %j', async (path, fault) => {
		syncing.sandbox.failNext({ path }, fault);
		const run = await syncing.sync(people(3), {
			...lists(['name', 'News', 'subscribe']),
			...customFields(['name', 'Field 1', 'x']),
		});
		expect(run.error).toBeUndefined();
		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
		expect(syncing.state.membershipWrites).toHaveLength(3);
	});
});
