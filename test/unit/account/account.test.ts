import {
	enroll,
	fault,
	MINUTE,
	openAccount,
	pass,
	paths,
	purpose,
	sync,
	TOKEN,
	useFakeClock,
	watch,
	type Reply,
} from './fakeAccount';

useFakeClock();

describe('a request', () => {
	it('goes to the account as it was asked for, with plus signs in addresses encoded', async () => {
		const { account, sent } = await openAccount(() => ({ status: 201, body: { contact: { id: '1' } } }));
		const read = watch(
			account.scope().call({
				method: 'GET',
				path: '/contacts',
				query: [
					['email', 'a+b@example.com'],
					['ids[]', '1'],
					['ids[]', '2'],
				],
				purpose,
			}),
		);
		const wrote = watch(account.scope().call(sync));
		await pass(100);
		expect(sent.map(({ method, url }) => `${method} ${url.replace(/^https:\/\/acme\d+/, '')}`)).toEqual([
			'GET .api-us1.com/api/3/contacts?email=a%2Bb%40example.com&ids%5B%5D=1&ids%5B%5D=2',
			'POST .api-us1.com/api/3/contact/sync',
		]);
		expect(sent[1]).toMatchObject({
			body: { contact: {} },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		});
		expect(sent[0]).not.toHaveProperty('body');
		const response = { statusCode: 201, body: { contact: { id: '1' } } };
		expect([read.value, wrote.value]).toMatchObject([response, response]);
		expect(account.statistics).toEqual({ timesAskedToWait: 0, heldUpMs: 0 });
	});

	it('is given longer for an import, and as long as it asks for', async () => {
		const { account, sent } = await openAccount(() => ({}));
		watch(account.scope().call(sync));
		watch(account.scope().call({ ...sync, path: '/import/bulk_import', isImport: true }));
		watch(account.scope().call({ ...enroll, timeoutMs: 100_000 }));
		await pass(100);
		expect(sent.map(({ timeout }) => timeout)).toEqual([20_000, 100_000, 60_000]);
	});

	it('ends at its deadline, although n8n still waits for the response', async () => {
		const deadline = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
		const { account } = await openAccount(() => ({ afterMs: 1_000_000 }));
		const seen = watch(account.scope().call(enroll));
		await pass(100);
		expect(timeout).toHaveBeenCalledWith(20_000);
		expect(seen).toEqual({});
		deadline.abort();
		await pass(100);
		expect(seen.failure?.message).toMatch(/did not respond in time$/);
		expect(seen.failure?.details.outcomeUnknown).toBe(true);
	});

	it('is not sent where an id of a response leads elsewhere', async () => {
		const { account, sent } = await openAccount(() => ({}));
		const paths = [
			'/contacts/1/../../../evil',
			'/contacts//contactTags',
			'/contacts/1?x',
			'/contactTags/',
			'/fields#',
		];
		const seen = paths.map((path) => watch(account.scope().call({ ...sync, path })));
		await pass(1_000);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual(paths.map(() => 'noData'));
		expect(sent).toEqual([]);
	});

	it('counts to one limit, whichever of its hosts the account is named by', async () => {
		const names = ['samename', 'samename.api-us1.com', 'https://samename.activehosted.com/app'];
		const opened = await Promise.all(
			names.map(async (name) => await openAccount(() => ({}), undefined, undefined, name)),
		);
		for (const { account } of opened)
			for (let times = 0; times < 5; times += 1) watch(account.scope().call(sync));
		await pass(500);
		expect(opened.flatMap(({ sent }) => sent)).toHaveLength(5);
		await pass(3_000);
		expect(opened.flatMap(({ sent }) => sent)).toHaveLength(15);
	});

	it('goes before new work once its item has begun, and before that of other runs', async () => {
		const name = 'twoRuns';
		const one = await openAccount(() => ({}), undefined, undefined, name);
		const other = await openAccount(() => ({}), undefined, undefined, name);
		const order: string[] = [];
		const begun = one.account.scope();
		const call = async (scope: typeof begun, what: string) => {
			await scope.call(sync);
			order.push(what);
		};
		const first = call(begun, 'begins').then(async () => await call(begun, 'goes on'));
		for (let index = 0; index < 20; index += 1) watch(call(other.account.scope(), `new ${index}`));
		await pass(6_000);
		await first;
		expect(order.indexOf('goes on')).toBeLessThan(8);
	});
});

describe('an import', () => {
	it('waits for the limit of its own, and keeps nobody else waiting', async () => {
		const refusal = { status: 400, body: { message: 'Rate limit exceeded.', failureReasons: 'Too many' } };
		const { account, sent } = await openAccount((index) =>
			index === 0 ? { ...refusal, headers: { 'retry-after': '20' } } : { body: { success: 1 } },
		);
		const imported = watch(account.scope().call({ ...sync, path: '/import/bulk_import', isImport: true }));
		await pass(1_000);
		const other = watch(account.scope().call(sync));
		await pass(1_000);
		expect(other.value).toBeDefined();
		expect(imported).toEqual({});
		await pass(30_000);
		expect(imported.value).toBeDefined();
		expect(sent.map(({ url }) => url.split('/').pop())).toEqual(['bulk_import', 'sync', 'bulk_import']);
	});
});

describe('a stop', () => {
	it('ends calls that wait, and starts no others', async () => {
		const controller = new AbortController();
		const { account, sent } = await openAccount(
			(index) => (index < 3 ? { status: 503, headers: { 'retry-after': '60' } } : {}),
			controller.signal,
		);
		const seen = Array.from({ length: 30 }, () => watch(account.scope().call(sync)));
		await pass(5_000);
		const before = sent.length;
		controller.abort();
		await pass(300);
		expect(seen.filter(({ failure }) => failure?.kind === 'stopped').length).toBeGreaterThan(20);
		expect(seen.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
		const later = watch(account.scope().call(sync));
		await pass(5 * MINUTE);
		expect(later.failure?.kind).toBe('stopped');
		expect(sent).toHaveLength(before);
	});

	it('is not mistaken for a cut connection', async () => {
		const controller = new AbortController();
		const { account, sent } = await openAccount(
			() => ({ thrown: fault('ERR_CANCELED'), afterMs: 500 }),
			controller.signal,
		);
		const seen = [watch(account.scope().call(sync)), watch(account.scope().call(enroll))];
		await pass(100);
		controller.abort();
		await pass(MINUTE);
		expect(seen.map(({ failure }) => failure?.kind)).toEqual(['stopped', 'stopped']);
		expect(sent).toHaveLength(2);
	});
});

describe('the token', () => {
	it.each<[string, Reply]>([
		['a message', { status: 400, body: { message: `No such token: ${TOKEN}` } }],
		['a header', { body: '', headers: { 'x-ac-error': `Bad token ${TOKEN}` } }],
		['a fault', { thrown: Object.assign(fault('ECONNREFUSED'), { message: `No ${TOKEN}` }) }],
	])('is in no message, though the account puts it into %s', async (_name, reply) => {
		const { account } = await openAccount(() => reply);
		const seen = watch(account.scope().call(sync));
		await pass(3 * MINUTE);
		const { failure } = seen;
		expect(failure).toBeDefined();
		expect(
			`${failure?.message} ${failure?.description} ${failure?.stack} ${JSON.stringify(failure)}`,
		).not.toContain(TOKEN);
	});

	it('is in no response that is returned', async () => {
		const { account } = await openAccount(() => ({ body: { contact: { id: '1', note: `x ${TOKEN}` } } }));
		const seen = watch(account.scope().call(sync));
		await pass(100);
		expect(seen.value?.body).toEqual({ contact: { id: '1', note: 'x [API key]' } });
	});
});

describe('a deletion', () => {
	it.each<[string, Reply, boolean]>([
		['an empty object', { body: {} }, true],
		['an empty list', { body: [] }, true],
		['204', { status: 204, body: '' }, true],
		['404 with words', { status: 404, body: { message: 'No Result found' } }, true],
		['404 without', { status: 404, body: '' }, true],
		['403', { status: 403, body: '' }, false],
		['an HTML page', { body: '<html></html>' }, false],
	])('is done after %s: %s', async (_name, reply, isDone) => {
		const { account } = await openAccount(() => reply);
		const seen = watch(account.scope().remove('/contactTags/7', purpose));
		await pass(10_000);
		expect(seen.endedAt).toBeDefined();
		expect(seen.failure === undefined).toBe(isDone);
	});
});

describe('the scope of a dry run', () => {
	it('reads, and stops what would write before it is sent', async () => {
		const { account, sent } = await openAccount(() => ({ body: { contacts: [] } }));
		const scope = account.readingScope([0, 1]);
		const read = watch(scope.call({ method: 'GET', path: '/contacts', purpose }));
		await pass(1_000);
		expect(read.failure).toBeUndefined();
		await expect(scope.call(sync)).rejects.toThrow('A dry run would have sent POST /contact/sync');
		await expect(scope.remove('/contactTags/7', purpose)).rejects.toThrow(TypeError);
		expect(paths(sent)).toEqual(['GET /contacts']);
	});
});

describe('what the node remembers of an account', () => {
	it('is kept apart by account and by token', async () => {
		const { account: one } = await openAccount(() => ({}));
		const { account: two } = await openAccount(() => ({}));
		const { account: other } = await openAccount(() => ({}), undefined, 'another-token');
		expect(one.keyOf('tags')).not.toBe(two.keyOf('tags'));
		expect(one.keyOf('tags')).toBe(one.keyOf('tags'));
		expect(one.keyOf('tags').replace(one.key, '')).not.toBe(other.keyOf('tags').replace(other.key, ''));
		expect(one.keyOf('tags')).not.toContain(TOKEN);
	});
});
