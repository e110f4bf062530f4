import { anyOf, type FactGroup } from '../fact';
import type { LoggedReply } from '../client';
import type { Run } from '../run';

/** Those of the replies that are so, by their paths, each once; ids are left out. */
export function pathsOf({ client }: Run, isSo: (reply: LoggedReply) => boolean): string[] {
	const paths = client.log
		.filter(isSo)
		.map(({ method, path }) => `${method} ${path.replace(/\/\d+/g, '/…')}`);
	return [...new Set(paths)].sort();
}

/** What is seen in all responses of a run: the last group. */
export const wholeRunFacts: FactGroup = {
	title: 'All responses of the run',
	facts: [
		{
			name: 'No request is redirected',
			certainty: 'believed',
			source: 'no recording has one',
			usedFor: 'a redirect is reported as a wrong account, and never followed with the token',
			code: 'response',
			expected: [],
			observe: (run) => Promise.resolve(pathsOf(run, ({ status }) => status >= 300 && status < 400)),
		},
		{
			name: 'A 2xx is JSON',
			certainty: 'recorded',
			source: 'public recordings; 200 with nothing and 200 with HTML were recorded, too',
			expected: [],
			observe: (run) =>
				Promise.resolve(pathsOf(run, ({ status, kind }) => status >= 200 && status < 300 && kind !== 'JSON')),
		},
		{
			name: 'No response is longer than 10 MB, or only those about many contacts',
			certainty: 'believed',
			source: 'none of the recordings is longer than 1 MB',
			usedFor: 'a longer response is not read and not asked for again; contacts are then read one by one',
			code: 'response',
			expected: anyOf([], ['GET /contacts']),
			observe: (run) => Promise.resolve(pathsOf(run, ({ kind }) => kind === 'too much')),
		},
		{
			name: 'Only the import sends JSON under another content type',
			certainty: 'recorded',
			source: 'public recordings',
			expected: ['POST /import/bulk_import'],
			observe: (run) =>
				Promise.resolve(
					pathsOf(
						run,
						({ status, kind, headers }) =>
							status < 300 && kind === 'JSON' && !headers.get('content-type')?.includes('application/json'),
					),
				),
		},
		{
			name: 'A response within the limit has no RateLimit headers',
			certainty: 'recorded',
			source: 'none of 853 public recordings has them',
			expected: [],
			observe: (run) =>
				Promise.resolve(
					pathsOf(run, ({ status, headers }) => status < 300 && headers.has('ratelimit-limit')),
				),
		},
	],
};
