import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isRecord } from '../guards';
import { startServer } from '../localServer';
import { type Fault, type FaultMatch, withIds } from '../sandbox';
import { sampled, sized } from '../size';
import { PERMANENT, TRANSIENT } from './faultyResponses';
import { type TestAccount, useAccount } from './harness/account';
import { automations, lists, locator } from './harness/parameters';
import { jsonOf, textLike } from './harness/results';

const contactSync = { method: 'POST', path: '/contact/sync' };

describe('faulty responses', () => {
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

		it.each(sampled(PERMANENT))(
			'%s fails its item alone, with a message and advice',
			async (_name, fault, expected) => {
				const { sandbox } = syncing;
				failAll('bad@', fault);

				const stopped = await sync(items);
				expect(stopped.status).toBe('error');
				expect(stopped.error?.message).toMatch(expected.message);
				expect(stopped.error?.description).toMatch(expected.todo);
				expect(stopped.error).toMatchObject({
					httpCode: expected.httpCode,
					description: textLike(/^Item 2 /),
				});
				expect(sandbox.account.contacts()).toHaveLength(2);
			},
		);

		it.each(sampled(PERMANENT))(
			'%s fails only its item with Continue On Fail',
			async (_name, fault, expected) => {
				failAll('bad@', fault);

				const { items: output, status } = await sync(items, {}, { onError: 'continueRegularOutput' });
				expect(status).toBe('success');
				expect(
					output.map(({ json, pairedItem }) => [json['error'] ? undefined : json['email'], pairedItem]),
				).toEqual([
					['ann@example.com', { item: 0 }],
					[undefined, { item: 1 }],
					['bob@example.com', { item: 2 }],
				]);
				const error = output[1]?.json['error'];
				expect(error).toMatch(new RegExp(expected.message.source.replace(/\$$/, '')));
				expect(error).toMatch(expected.todo);
			},
		);

		it('leads to a message without the words that n8n avoids and without the token', async () => {
			const faults = sampled(PERMANENT);
			for (const [index, [, fault]] of faults.entries()) {
				failAll(`p${index}@`, fault);
			}
			for (const index of faults.keys()) {
				const { items: output } = await sync(
					[{ email: `p${index}@example.com` }, { email: 'ann@example.com' }],
					{},
					{ onError: 'continueRegularOutput' },
				);
				expect(output).toHaveLength(2);
				expect(output[0]?.json['error']).not.toMatch(
					/error|problem|failure|mistake|sandbox-token|undefined/i,
				);
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
			expect(output[0]?.json['error']).toContain('The token [API key] was not accepted');
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
					expect(error?.message).toContain('The API URL looks wrong');
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

		it('is reported in the hint when the account asked to wait, if it was long enough to notice', async () => {
			syncing.sandbox.failNext(
				{ ...contactSync, bodyIncludes: 'ann@', times: 2 },
				{ status: 429, headers: { 'Retry-After': '2' } },
			);
			const { hints } = await sync([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);
			expect(hints.map(({ message }) => message)).toEqual([
				"2 items: 2 created. ActiveCampaign's rate limit was reached 2 times, so the node waited.",
			]);
		});
	});
});

describe('oversized and endless responses', () => {
	const SECOND = 1_000;

	const syncing = useAccount({ fields: 2, lists: ['News'] });

	const people = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));

	describe('a response that trickles in', () => {
		it('is abandoned after twenty seconds, and the request is retried', async () => {
			const { sandbox } = syncing;
			sandbox.failNext({ ...contactSync, bodyIncludes: 'p1@' }, { trickleMs: 1_000 });
			const startedAt = performance.now();
			const run = await syncing.sync(people(3));
			expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
			expect(performance.now() - startedAt).toBeLessThan(25 * SECOND);
		});

		it('fails its item after two minutes when every response trickles, as possibly saved', async () => {
			const { sandbox } = syncing;
			sandbox.startSpell({ match: { ...contactSync, bodyIncludes: 'p1@' }, fault: { trickleMs: 1_000 } });
			const startedAt = performance.now();
			const run = await syncing.sync(people(3), {}, { onError: 'continueRegularOutput' });
			expect(jsonOf(run.items).map(({ error }) => error !== undefined)).toEqual([false, true, false]);
			expect(run.items[1]?.json['error']).toMatch(
				/did not respond in time \(tried 6 times in 1[23]\d seconds\)/,
			);
			expect(performance.now() - startedAt).toBeLessThan(145 * SECOND);
		});
	});

	describe('a response of hundreds of megabytes', () => {
		it('is abandoned after ten megabytes, called too large, and not asked for again', async () => {
			const { sandbox } = syncing;
			sandbox.failNext({ ...contactSync, bodyIncludes: 'p1@' }, { gzipBombBytes: 300_000_000 });
			const before = process.memoryUsage().rss;
			const run = await syncing.sync(people(3), {}, { onError: 'continueRegularOutput' });
			expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'failed', 'created']);
			expect(run.items[1]?.json['error']).toMatch(
				/returned more than 10 MB, which is too large to read\. Ask/,
			);
			expect(sandbox.journal.count('POST', '/contact/sync')).toBe(3);
			expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
		});

		it('costs no contact its steps where it is about many contacts at once', async () => {
			const { sandbox } = syncing;
			const items = people(3);
			for (const { email } of items) sandbox.account.addContact({ email });
			const match = { method: 'GET', path: '/contacts' };
			sandbox.startSpell({ match, fault: { paddedToBytes: 11_000_000 } });
			const run = await syncing.sync(items, lists(['name', 'News', 'subscribe']));
			expect(run.error).toBeUndefined();
			expect(sandbox.journal.count('GET', '/contacts')).toBe(1);
			for (const { email } of items) expect([...syncing.contact(email).lists.keys()]).toEqual(['401']);
		});
	});

	describe('a list that does not end', () => {
		it.each(['endless', 'totalTooHigh'] as const)(
			'fails the steps that need it, or is read to its end: %s',
			async (kind) => {
				const { sandbox } = syncing;
				sandbox.configure({ falsePages: { '/lists': kind } });
				const run = await syncing.sync(people(3), lists(['name', 'Offers', 'subscribe']), {
					onError: 'continueRegularOutput',
				});
				expect(sandbox.account.contacts()).toHaveLength(3);
				for (const { error } of jsonOf(run.items)) {
					expect(error).toMatch(
						kind === 'endless' ? /its list did not end after 20000 records/ : /no list called 'Offers'/,
					);
				}
				expect(sandbox.journal.count('GET', '/lists')).toBeLessThanOrEqual(200);
			},
		);
	});

	describe('an ID with path segments', () => {
		it('is never sent to the account', async () => {
			const { sandbox } = syncing;
			for (const path of ['/contact/sync', '/lists', '/tags', '/contactTags', '/fields']) {
				const end = sandbox.rewrite({ path }, (response) => ({
					...response,
					body: withIds(response.body, (id) => `${id}/../../../evil`),
				}));
				await syncing.sync(
					people(2),
					{ ...lists(['name', 'News', 'subscribe']), tagsToAdd: 'VIP', tagsToRemove: 'Old' },
					{ onError: 'continueRegularOutput' },
				);
				end();
			}
			const sent = sandbox.journal.entries.map((entry) => JSON.stringify(entry)).join('\n');
			expect(sandbox.journal.entries.length).toBeGreaterThan(20);
			expect(sent).not.toContain('evil');
		});
	});
});

describe('a failed step', () => {
	const items = [{ email: 'new@example.com' }, { email: 'there@example.com' }];
	const steps: INodeParameters = {
		...lists(['name', 'News', 'subscribe'], ['name', 'Offers', 'unsubscribe']),
		tagsToAdd: 'Lead, New',
		tagsToRemove: 'Old',
		...automations(['name', 'Welcome']),
	};

	const STEPS: Array<[string, FaultMatch]> = [
		['reading the memberships', { method: 'GET', path: /\/contactLists$/ }],
		['changing a membership', { method: 'POST', path: '/contactLists' }],
		['reading the lists', { method: 'GET', path: '/lists' }],
		["reading the contact's tags", { method: 'GET', path: /\/contactTags$/ }],
		['looking a tag up', { method: 'GET', path: '/tags' }],
		['creating a tag', { method: 'POST', path: '/tags' }],
		['adding a tag', { method: 'POST', path: '/contactTags' }],
		['removing a tag', { method: 'DELETE', path: /^\/contactTags/ }],
		["reading the contact's automations", { method: 'GET', path: /\/contactAutomations$/ }],
		['entering an automation', { method: 'POST', path: '/contactAutomations' }],
		['reading the automations', { method: 'GET', path: '/automations' }],
	];
	const PERMANENT_FAULTS: Array<[string, Fault]> = [
		['403', 'forbidden'],
		['404', { status: 404, body: { message: 'No Result found' } }],
		['422', 'errorsPointer'],
		['5xx', 'serverError'],
	];
	const TEMPORARY_FAULTS: Array<[string, Fault]> = [
		['a cut after the write', 'resetAfterWrite'],
		['a cut before the write', 'resetBeforeWrite'],
		['a 5xx after the write', { status: 502, afterWrite: true }],
		['being over the limit', 'rateLimited'],
	];
	/** Every step with every fault; in the small size with every third one, in turns. */
	const each = (faults: Array<[string, Fault]>) =>
		STEPS.flatMap(([step, match], row) =>
			faults
				.filter((_, column) => sized((row + column) % 3 === 0, true))
				.map(([name, fault]) => [step, name, match, fault] as const),
		).filter(
			// What is to be removed and not found is gone.
			([step, name]) => step !== 'removing a tag' || name !== '404',
		);

	const account = useAccount({
		lists: ['News', 'Offers'],
		tags: ['Lead', 'Old'],
		automations: ['Welcome'],
		// What contacts have is read one by one, so that each of these reads can fail.
		sideLoading: { ignoresInclude: true },
	});
	beforeEach(() => {
		account.state.addContact({
			email: 'there@example.com',
			lists: { Offers: 'active' },
			tags: ['Old'],
		});
	});

	/** What the account holds, in the words of the output. */
	const doneFor = (email: string) => {
		const { lists: memberships, tags, automations: entries } = account.contact(email);
		const hasTag = (name: string) => tags.has(account.state.tagByName(name)?.id ?? '');
		return new Map([
			['list News', memberships.get('401')?.status === 1],
			['list Offers', memberships.get('402')?.status !== 1],
			['tag Lead', hasTag('Lead')],
			['tag New', hasTag('New')],
			['tag Old', !hasTag('Old')],
			['automation Welcome', entries.length === 1],
		]);
	};
	const reported = (json: Record<string, unknown>) =>
		Object.fromEntries(
			['list', 'tag', 'automation'].flatMap((kind) => {
				const results = json[`${kind}s`];
				if (!isRecord(results)) throw new Error(`No ${kind}s in the output`);
				return Object.entries(results).map(([name, outcome]) => {
					const hasReason = JSON.stringify(json['problems'] ?? []).includes(`"${kind}","name":"${name}"`);
					expect(hasReason).toBe(outcome === 'failed');
					return [`${kind} ${name}`, outcome !== 'failed'];
				});
			}),
		);

	it.each(each(PERMANENT_FAULTS))(
		'is reported, and the other kinds of steps still take effect: %s, %s',
		async (_step, _name, match, fault) => {
			account.sandbox.failNext({ ...match, times: 999 }, fault);

			const run = await account.sync(items, steps, { onError: 'continueRegularOutput' });

			const outputs = jsonOf(run.items);
			expect(outputs.map(({ email }) => email)).toEqual(['new@example.com', 'there@example.com']);
			for (const { action, error } of outputs) expect(action === 'failed').toBe(error !== undefined);
			const kindsNotDone = new Set<string>();
			for (const [index, { email }] of items.entries()) {
				const json = outputs[index] ?? {};
				const truth = doneFor(email);
				for (const [step, isDone] of Object.entries(reported(json))) {
					if (isDone) {
						expect(truth.get(step)).toBe(true);
						continue;
					}
					const [kind = '', name = ''] = step.split(' ');
					expect(json['error']).toContain(`${kind} '${name}'`.slice(1));
					kindsNotDone.add(kind);
				}
			}
			expect(kindsNotDone.size).toBe(1);
		},
	);

	it.each(each(TEMPORARY_FAULTS))(
		'is retried after a temporary fault: %s, %s',
		async (_step, _name, match, fault) => {
			account.sandbox.failNext(match, fault);

			const run = await account.sync(items, steps);

			expect(run.status).toBe('success');
			for (const [index, { email }] of items.entries()) {
				expect([...doneFor(email).values()]).toEqual(Array(6).fill(true));
				expect(Object.values(reported(jsonOf(run.items)[index] ?? {}))).toEqual(Array(6).fill(true));
			}
		},
	);

	it('fails the item with a message about the steps that were done, the failed one, its reason, and a re-run', async () => {
		account.sandbox.failNext({ method: 'POST', path: '/contactLists', times: 999 }, 'errorsPointer');

		const { error } = await account.sync(items, steps);

		const { id } = account.contact('new@example.com');
		expect(error?.message).toBe(
			`The contact new@example.com was saved (ID ${id}), but it could not be subscribed to list 'News'`,
		);
		expect(error?.description).toMatch(
			/^Item 1 \(new@example\.com\): List 'News': ActiveCampaign did not accept .+\. Done: list 'Offers'/,
		);
		expect(error?.description?.replace(/^.* Done: /, 'Done: ').replace(/\(ID \d+\)/, '(ID)')).toBe(
			"Done: list 'Offers' (notSubscribed), tag 'Lead' (added), tag 'New' (created), tag 'Old' (notThere), automation 'Welcome' (enrolled). Running the item again saves the contact and retries only what is missing (list 'News'). It also enrolls the contact again if it has finished automation 'Welcome'<br>\nItem 2 (there@example.com): The contact there@example.com was saved (ID), but it could not be subscribed to list 'News', it could not be unsubscribed from list 'Offers'<br>\n2 of 2 contacts saved, not completely: items 1-2",
		);
	});

	it('is completed by running the items again, which repeats no other step', async () => {
		account.sandbox.configure({ deny: ['tags'] });
		await account.sync(items, steps, { onError: 'continueRegularOutput' });
		account.sandbox.configure({ deny: [] });
		account.sandbox.journal.clear();

		const run = await account.sync(items, steps);

		expect(run.status).toBe('success');
		for (const { email } of items) expect([...doneFor(email).values()]).toEqual(Array(6).fill(true));
		const writes = account.requests().filter((request) => /^(POST|DELETE)/.test(request));
		expect(writes.filter((request) => !request.includes('ags'))).toEqual(Array(2).fill('POST /contact/sync'));
	});

	it('is not retried by another run under Create Only, which the message says', async () => {
		account.sandbox.configure({ deny: ['tags'] });
		const createOnly = { ...steps, options: { syncMode: 'createOnly' } };

		const run = await account.sync([{ email: 'new@example.com' }], createOnly);

		expect(run.error?.description).toContain(
			"Running the item again skips the contact, which exists now: set 'Sync Mode' to 'Create or Update'",
		);
	});

	it.each([
		['lists', ['see lists', 'News']],
		['tags', ['see tags', 'Lead']],
		['automations', ['see automations', 'Welcome']],
	] as const)(
		'names the missing permission when the token may not see %s',
		async (right, [permission, name]) => {
			account.sandbox.configure({ deny: [right] });

			const run = await account.sync(items, steps, { onError: 'continueRegularOutput' });

			for (const json of jsonOf(run.items)) {
				expect(json[right]).toMatchObject({ [name]: 'failed' });
				expect(JSON.stringify(json['problems'])).toContain(
					`its user may not ${permission}: ask an ActiveCampaign admin`,
				);
				expect(Object.values(reported(json)).filter((isDone) => isDone).length).toBeGreaterThan(2);
			}
		},
	);

	describe('others than those with the address that was asked for', () => {
		const account = useAccount({
			fields: [{ title: 'CRM ID' }],
			ignoredParameters: { '/contacts': ['email'] },
		});
		const addOthers = (count: number) => {
			for (let index = 0; index < count; index += 1)
				account.state.addContact({ email: `b${index}@example.com` });
		};
		const addJane = () => {
			const jane = { email: 'jane@example.com', firstName: 'Jane', fieldValues: { 'CRM ID': 'other' } };
			return account.state.addContact(jane);
		};
		const item = { email: 'Jane@example.com', firstName: 'Changed' };
		const run = async (parameters: INodeParameters, given: IDataObject = item) => {
			const { items } = await account.sync([given], parameters, { onError: 'continueRegularOutput' });
			return jsonOf(items)[0];
		};

		it.each<[string, INodeParameters, string, string]>([
			['Fill Blanks Only', { options: { emptyValues: 'fillOnly' } }, 'updated', 'Jane'],
			['Create Only', { options: { syncMode: 'createOnly' } }, 'skipped', 'Jane'],
			['Update Only', { options: { syncMode: 'updateOnly' } }, 'updated', 'Changed'],
			['Dry Run', { options: { dryRun: true } }, 'wouldUpdate', 'Jane'],
			['Get Contact', { operation: 'getContact' }, 'found', 'Jane'],
			[
				'Match By Custom Field',
				{ matchBy: 'customField', matchField: locator('name', 'CRM ID'), matchValue: 'own' },
				'failed',
				'Jane',
			],
		])('do not hide the contact from %s', async (_name, parameters, action, firstName) => {
			addOthers(130);
			addJane();

			expect(await run({ firstName: '={{ $json.firstName }}', ...parameters })).toMatchObject({ action });

			expect(account.contact('jane@example.com')).toMatchObject({ firstName });
			expect(account.state.contacts()).toHaveLength(131);
		});

		it('do not keep a contact from being deleted, nor delete another one', async () => {
			addOthers(30);
			addJane();
			const operation = { operation: 'deleteContact' };

			expect(await run(operation)).toMatchObject({ action: 'deleted' });
			expect(await run(operation)).toMatchObject({ action: 'notFound' });
			expect(account.state.contacts()).toHaveLength(30);
		});

		it('are not read without end: then the item fails, and nothing is written', async () => {
			addOthers(1_200);
			addJane();

			for (const parameters of [
				{ options: { syncMode: 'createOnly' }, firstName: 'Changed' },
				{ operation: 'deleteContact' },
				{ operation: 'getContact', options: { ifNotFound: 'returnNotFound' } },
			]) {
				expect(await run(parameters)).toMatchObject({
					action: 'failed',
					error: textLike(/^It is unclear whether a contact has the email 'jane@example\.com'/i),
				});
			}
			expect(account.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
		});
	});
});
