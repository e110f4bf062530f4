import { shared, type FactGroup } from '../fact';
import { at, code, kindOf, known, text } from '../read';

const LIMIT = 5;
const BURST = 12;
const IMPORTS_PER_MINUTE = 20;
const A_SECOND_MS = 1_100;

/** Requests made at once, after a second without any. */
const burst = shared(async ({ client }) => {
	await client.wait(A_SECOND_MS);
	const requests = Array.from({ length: BURST }, () => client.callOnce('GET', '/users/me'));
	const replies = await Promise.all(requests);
	await client.wait(A_SECOND_MS);
	return replies;
});

/** Imports of one invalid contact each, until one is refused for their number: none imports anything. */
const imports = shared(async ({ client, name }) => {
	const body = { contacts: [{ email: name }] };
	for (let count = 0; count <= 2 * IMPORTS_PER_MINUTE; count++) {
		const reply = await client.callOnce('POST', '/import/bulk_import', body);
		if (/rate limit/i.test(text(at(reply.body, 'message')))) return { count, reply };
	}
	return { count: -1, reply: undefined };
});

export const rateLimitFacts: FactGroup = {
	title: 'Request limits',
	facts: [
		{
			name: `Of ${BURST} requests at once, ${LIMIT} are answered and the others get 429`,
			certainty: 'documented',
			source: 'API reference, Rate limits',
			usedFor: 'the pace of the node',
			code: 'rateLimit',
			needs: 'rateLimit',
			expected: { 200: LIMIT, 429: BURST - LIMIT },
			observe: async (run) => {
				const statuses = (await burst(run)).map(({ status }) => status);
				const counts = new Map<string, number>();
				for (const status of statuses) counts.set(String(status), (counts.get(String(status)) ?? 0) + 1);
				return Object.fromEntries(counts);
			},
		},
		{
			name: 'A 429 has Retry-After in seconds, RateLimit-Limit and RateLimit-Remaining',
			certainty: 'documented',
			source: 'API reference, Rate limits; some report that Retry-After is missing',
			expected: ['digits in a string', String(LIMIT), '0'],
			needs: 'rateLimit',
			observe: async (run) => {
				const refused = (await burst(run)).find(({ status }) => status === 429);
				return [
					kindOf(refused?.headers.get('retry-after')),
					...['ratelimit-limit', 'ratelimit-remaining'].map((name) => code(refused?.headers.get(name))),
				];
			},
		},
		{
			name: 'Too many imports get 400 "Rate limit exceeded."',
			certainty: 'documented',
			source: 'API reference, Bulk import contacts',
			usedFor: 'waiting when the import limit is reached',
			code: 'rateLimit',
			needs: 'rateLimit',
			expected: [400, 'Rate limit exceeded.'],
			observe: async (run) => {
				const { reply } = await imports(run);
				return [reply?.status ?? 'never refused', known(at(reply?.body, 'message'), 'Rate limit exceeded.')];
			},
		},
		{
			name: `${IMPORTS_PER_MINUTE} imports of a single contact a minute are taken`,
			certainty: 'documented',
			source: 'API reference, Bulk import contacts; the imports before count too',
			needs: 'rateLimit',
			expected: `at most ${IMPORTS_PER_MINUTE}`,
			observe: async (run) => {
				const { count } = await imports(run);
				return count >= 0 && count <= IMPORTS_PER_MINUTE ? `at most ${IMPORTS_PER_MINUTE}` : count;
			},
		},
	],
};
