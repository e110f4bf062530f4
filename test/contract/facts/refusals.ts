import { anyOf, CannotTry, type Fact, type FactGroup } from '../fact';
import type { LoggedReply } from '../client';
import { isRecord } from '../../guards';
import { at, kindOf, known, outcome } from '../read';
import { pathsOf } from './wholeRun';

const POINTER = '/data/attributes/email';
const MEDIAN_MS = [250, 500, 1_000];
const RECORDINGS = 'public recordings';

/** Whether a refusal says why in one of the shapes that the node reads. */
function isReadable({ body }: LoggedReply): boolean {
	const errors = at(body, 'errors');
	const first: unknown = Array.isArray(errors) ? errors[0] : errors;
	const words: unknown[] = [
		...(isRecord(first) ? [first.title, first.detail, first.code] : [first]),
		...[at(body, 'message'), at(body, 'error'), at(body, 'failureReasons')],
	];
	return words.some((text) =>
		typeof text === 'string' ? text !== '' : Array.isArray(text) && text.length > 0,
	);
}

/** A fact that takes what no run can or may bring about, and why. */
function untried(fact: Omit<Fact, 'certainty' | 'observe'>, why: string): Fact {
	return {
		...{ ...fact, certainty: 'recorded' },
		observe: () => Promise.reject(new CannotTry(`never tried: ${why}`)),
	};
}

const READS_REFUSALS = { usedFor: 'the reason in the message of a failed item', code: 'response' } as const;
const READS_OUTAGES = { usedFor: 'what is tried again, and for how long', code: 'response' } as const;

export const refusalFacts: FactGroup = {
	title: 'Refusals and outages',
	facts: [
		{
			name: 'The refusal of an invalid address has title, detail, code and a pointer to the address',
			certainty: 'recorded',
			source: RECORDINGS,
			...READS_REFUSALS,
			expected: ['a string', 'a string', 'a string', POINTER],
			observe: async (run) => {
				const { body } = await run.sync({ email: `${run.newName()}@nowhere` });
				return [
					...['title', 'detail', 'code'].map((key) => kindOf(at(body, 'errors', 0, key))),
					known(at(body, 'errors', 0, 'source', 'pointer'), POINTER),
				];
			},
		},
		{
			name: 'Every refusal of the run says why, in a shape that the node reads',
			certainty: 'recorded',
			source: `${RECORDINGS}: errors as a list or a text, message, error, failureReasons`,
			...READS_REFUSALS,
			expected: [],
			observe: (run) =>
				Promise.resolve(
					pathsOf(run, (reply) => reply.status >= 400 && reply.kind === 'JSON' && !isReadable(reply)),
				),
		},
		{
			name: 'The right token gets no 403, or only for kinds of call that work too',
			certainty: 'recorded',
			source: 'some reports have single ones, and spells of them',
			usedFor:
				'a 403 is waited out where the same kind of call has worked, and is a matter of the token elsewhere',
			code: 'trust',
			expected: anyOf('none', 'for what works too'),
			observe: (run) => {
				const refused = pathsOf(run, ({ status }) => status === 403);
				const worked = new Set(pathsOf(run, ({ status }) => status >= 200 && status < 300));
				if (refused.length === 0) return Promise.resolve('none');
				const others = refused.filter((path) => !worked.has(path));
				return Promise.resolve(others.length === 0 ? 'for what works too' : others);
			},
		},
		{
			name: 'A 2xx with nothing has the header X-Ac-Error',
			certainty: 'recorded',
			source: RECORDINGS,
			expected: [],
			observe: (run) => {
				const isEmpty = ({ status, kind }: LoggedReply) =>
					status >= 200 && status < 300 && kind === 'nothing';
				if (!run.client.log.some(isEmpty)) throw new CannotTry('no 2xx of the run had nothing');
				return Promise.resolve(pathsOf(run, (reply) => isEmpty(reply) && !reply.headers.has('x-ac-error')));
			},
		},
		{
			name: 'The median sync takes half a second at most, with the way there and back',
			certainty: 'recorded',
			source: `${RECORDINGS}: about 160 to 220 ms, 1 s at worst`,
			expected: anyOf('250 ms at most', '500 ms at most'),
			observe: ({ client }) => {
				const times = client.log
					.filter(({ path, kind }) => path === '/contact/sync' && kind !== 'no response')
					.map(({ tookMs }) => tookMs)
					.sort((one, other) => one - other);
				const median = times[Math.floor(times.length / 2)];
				if (median === undefined) throw new CannotTry('there was no sync');
				const most = MEDIAN_MS.find((ms) => median <= ms);
				return Promise.resolve(most ? `${most} ms at most` : `more than ${MEDIAN_MS.at(-1)} ms`);
			},
		},
		{
			name: 'The host of an account is at api-us1.com, activehosted.com or api-(another region).com',
			certainty: 'recorded',
			source:
				'API reference, Base URL; the first two are in wide use, third parties name the regions eu1 and ca1',
			usedFor: 'a name and a page address lead to the account, and one account has one pace',
			code: 'accountUrl',
			expected: anyOf('api-us1.com', 'activehosted.com', 'api-(another region).com'),
			observe: ({ client }) => {
				const { hostname } = new URL(client.options.baseUrl);
				if (/^(localhost|[\d.]+|\[.*\])$/.test(hostname))
					throw new CannotTry('the stand-in has no host of its own');
				const [, host, region] = /\.(api-([a-z]+\d+)\.com|activehosted\.com)$/.exec(hostname) ?? [];
				const isElsewhere = region !== undefined && region !== 'us1';
				return Promise.resolve(isElsewhere ? 'api-(another region).com' : (host ?? 'another one'));
			},
		},
		untried(
			{
				name: 'An account that is not paid gets 402',
				source: RECORDINGS,
				...READS_REFUSALS,
				expected: 402,
			},
			'it takes an account whose payment is due',
		),
		untried(
			{
				name: 'An outage is 502, 504 or 511 with an HTML page, or JSON with retryable and retry_after',
				source: `${RECORDINGS} of Cloudflare in front of accounts`,
				...READS_OUTAGES,
				expected: ['502', '504', '511'],
			},
			'it takes an outage of the vendor',
		),
		untried(
			{
				name: 'An enrollment that is refused gets 403 with a message, or 422 with errors',
				source: 'API reference, Add a contact to an automation; 422 in the tests of one client',
				usedFor: 'the message of an enrollment that was refused',
				code: 'enrollment',
				expected: anyOf(
					[403, 'Could not create SubscriberSeries'],
					[422, 'Could not create SubscriberSeries'],
				),
			},
			'it takes an automation that is not active',
		),
		untried(
			{
				name: 'An import skips excluded addresses, and counts them out of queued_contacts',
				source: `API reference, Bulk import contacts; ${RECORDINGS}`,
				usedFor: 'the outcome of contacts that an import skips',
				code: 'importInfo',
				expected: 'fewer',
			},
			"it takes an entry in the account's list of exclusions",
		),
		untried(
			{
				name: 'An import names the addresses that failed, without reasons',
				source: `API reference, Bulk import status; ${RECORDINGS}`,
				usedFor: 'the outcome of each contact',
				code: 'importInfo',
				expected: 'the addresses',
			},
			'no contact is known that is taken first and fails later',
		),
		untried(
			{
				name: 'An import fires no webhooks',
				source: `API reference, Bulk import contacts; ${RECORDINGS}`,
				expected: 'none',
			},
			'it takes a public address that receives webhooks',
		),
		{
			name: 'A request that is made while another is under way is answered',
			certainty: 'recorded',
			source: 'public integrations; nothing forbids parallel requests',
			usedFor: 'several contacts are synced at once',
			code: 'manyContacts',
			expected: [200, 200],
			observe: async ({ client }) => {
				await client.wait(1_000);
				const both = await Promise.all([
					client.callOnce('GET', '/users/me'),
					client.callOnce('GET', '/users/me'),
				]);
				await client.wait(1_000);
				return both.map(outcome);
			},
		},
	],
};
