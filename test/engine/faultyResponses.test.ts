import { startServer } from '../localServer';

import type { Fault } from '../sandbox';

import { PERMANENT, TRANSIENT } from './faultyResponses';
import { jsonOf, textLike } from './harness/results';
import { type TestAccount, useAccount } from './harness/account';

const contactSync = { method: 'POST', path: '/contact/sync' };
const syncing = useAccount();
const sync: TestAccount['sync'] = async (...run) => await syncing.sync(...run);

/** All requests for an address meet the fault, the first one a little later than the others meet the account. */
function failAll(bodyIncludes: string, fault: Fault): void {
	const late = typeof fault === 'string' ? { name: fault, delayMs: 300 } : { ...fault, delayMs: 300 };
	const match = { ...contactSync, bodyIncludes };
	syncing.sandbox.failNext(match, late);
	syncing.sandbox.startSpell({ match, fault });
}

describe('a response that is not a success', () => {
	const items = ['ann@example.com', 'bad@example.com', 'bob@example.com'].map((email) => ({ email }));

	it.each(PERMANENT)('%s fails its item alone, with a message and advice', async (_name, fault, expected) => {
		const { sandbox } = syncing;
		failAll('bad@', fault);

		const stopped = await sync(items);
		expect(stopped.status).toBe('error');
		expect(stopped.error?.message).toMatch(expected.message);
		expect(stopped.error?.description).toMatch(expected.todo);
		expect(stopped.error).toMatchObject({ httpCode: expected.httpCode, description: textLike(/^Item 2 /) });
		expect(sandbox.account.contacts()).toHaveLength(2);
	});

	it.each(PERMANENT)('%s fails only its item with Continue On Fail', async (_name, fault, expected) => {
		failAll('bad@', fault);

		const { items: output, status } = await sync(items, {}, { onError: 'continueRegularOutput' });
		expect(status).toBe('success');
		expect(
			output.map(({ json, pairedItem }) => ['error' in json ? undefined : json['email'], pairedItem]),
		).toEqual([
			['ann@example.com', { item: 0 }],
			[undefined, { item: 1 }],
			['bob@example.com', { item: 2 }],
		]);
		const error = output[1]?.json['error'];
		expect(error).toMatch(new RegExp(expected.message.source.replace(/\$$/, '')));
		expect(error).toMatch(expected.todo);
	});

	it('leads to a message without the words that n8n avoids and without the token', async () => {
		for (const [index, [, fault]] of PERMANENT.entries()) {
			failAll(`p${index}@`, fault);
		}
		for (const index of PERMANENT.keys()) {
			const { items: output } = await sync(
				[{ email: `p${index}@example.com` }, { email: 'ann@example.com' }],
				{},
				{ onError: 'continueRegularOutput' },
			);
			expect(output).toHaveLength(2);
			expect(output[0]?.json['error']).not.toMatch(/error|problem|failure|mistake|sandbox-token|undefined/i);
		}
	});
});

describe('a token that the account returns in its response', () => {
	const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];

	it('is not in the error of an item', async () => {
		const { sandbox } = syncing;
		const body = { message: `The token ${sandbox.token} was not accepted` };
		sandbox.failNext({ ...contactSync, bodyIncludes: 'ann@', times: 2 }, { status: 422, body });
		const { items: output } = await sync(items, {}, { onError: 'continueRegularOutput' });
		expect(output[0]?.json['error']).toContain('The token [API token] was not accepted');
		const { error } = await sync([{ email: 'eve@example.com' }, ...items]);
		expect(JSON.stringify(error)).not.toContain(sandbox.token);
	});

	it('is not in the output, also with Simplify off', async () => {
		const { sandbox } = syncing;
		const body = {
			contact: { id: '7', email: 'ann@example.com', note: sandbox.token },
			debug: [sandbox.token],
		};
		for (const simplify of [true, false]) {
			sandbox.failNext({ ...contactSync, bodyIncludes: 'ann@' }, { status: 200, body });
			const run = await sync(items, { options: { simplify } });
			expect(run.items).toHaveLength(2);
			expect(JSON.stringify(run.items)).not.toContain(sandbox.token);
			expect(JSON.stringify(run.items)).toContain('ann@example.com');
		}
	});
});

describe('a redirect', () => {
	it('is not followed, and the message points to the account name', async () => {
		const { sandbox } = syncing;
		const other = await startServer((_request, response) =>
			response.writeHead(201).end('{"contact":{"id":"1"}}'),
		);
		try {
			for (const status of [301, 302, 303, 307, 308] as const) {
				sandbox.failNext({ times: 9 }, { redirect: `${other.origin}/api/3/contact/sync`, status });
				const { error } = await sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);
				expect(error?.message).toContain('The account name looks wrong');
				sandbox.reset();
			}
			expect(other.seen).toEqual([]);
		} finally {
			await other.close();
		}
	});
});

describe('a temporary failure', () => {
	it('costs nothing: every contact is stored once, and every item succeeds', async () => {
		const { sandbox } = syncing;
		const items = TRANSIENT.map((_fault, index) => ({ email: `p${index}@example.com` }));
		for (const [index, fault] of TRANSIENT.entries()) {
			sandbox.failNext({ ...contactSync, bodyIncludes: `p${index}@` }, fault);
		}
		const { items: output, error } = await sync(items);
		expect(error).toBeUndefined();
		expect(jsonOf(output).map(({ email, action }) => [email, action])).toEqual(
			items.map(({ email }) => [email, 'created']),
		);
		expect(sandbox.account.contacts()).toHaveLength(TRANSIENT.length);
		expect(sandbox.journal.count('POST', '/contact/sync')).toBe(2 * TRANSIENT.length);
	}, 60_000);

	it('is reported in the hint when the account asked to wait', async () => {
		syncing.sandbox.failNext({ ...contactSync, bodyIncludes: 'ann@' }, 'rateLimited');
		const { hints } = await sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);
		expect(hints.map(({ message }) => message)).toEqual([
			"2 items: 2 created. ActiveCampaign's rate limit was reached once, so the node waited.",
		]);
	});
});
