import { sleep } from 'n8n-workflow';

import { Account } from '../../../nodes/ActiveCampaignSync/account/account';
import { AccountFailure } from '../../../nodes/ActiveCampaignSync/shared/failure';
import type { AccountRequest, NodeContext } from '../../../nodes/ActiveCampaignSync/account/request';

export const MINUTE = 60_000;
export const TOKEN = 'a1b2c3d4'.repeat(9);

export const purpose = { action: 'sync the contact', permission: 'edit contacts' };
/** What is repeated freely. */
export const sync: AccountRequest = {
	method: 'POST',
	path: '/contact/sync',
	repeatable: 'always',
	body: { contact: {} },
	purpose,
	isEssential: true,
};
/** What must not be done twice. */
export const enroll: AccountRequest = {
	...sync,
	path: '/contactAutomations',
	repeatable: 'ifNotDone',
	isEssential: false,
};

/** What one request meets: a response, something thrown, and how long it takes. */
export interface Reply {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	thrown?: Error;
	afterMs?: number;
}

export interface Sent {
	at: number;
	method: string;
	url: string;
	body?: unknown;
	timeout?: number;
}

/** The requests by method and path, e.g. "GET /tags". */
export function paths(sent: readonly Sent[]): string[] {
	return sent.map(({ method, url }) => `${method} ${url.replace(/^.*\/api\/3|\?.*$/g, '')}`);
}

let accounts = 0;

function isContext(value: object): value is NodeContext {
	return 'helpers' in value;
}

/** An account of its own, behind n8n's HTTP helper, that replies as given: to the request of that index. */
export async function openAccount(
	reply: (index: number, sent: Sent) => Reply,
	signal?: AbortSignal,
	token = TOKEN,
	accountName = `acme${(accounts += 1)}`,
) {
	const sent: Sent[] = [];
	const logged: Array<[string, Record<string, unknown>]> = [];
	/** The lines at level "info". */
	const said: Array<[string, object]> = [];
	const context: object = {
		logger: {
			debug: (message: string, details: object) => void logged.push([message, { ...details }]),
			info: (message: string, details: object) => void said.push([message, details]),
		},
		getExecutionId: () => '7',
		getCredentials: async () => await Promise.resolve({ accountName, apiToken: ` ${token} ` }),
		helpers: {
			async httpRequestWithAuthentication(_type: string, request: Omit<Sent, 'at'>): Promise<unknown> {
				const one = { ...request, at: performance.now() };
				sent.push(one);
				const { status = 200, headers = {}, body = {}, thrown, afterMs = 50 } = reply(sent.length - 1, one);
				await sleep(afterMs);
				if (thrown) throw thrown;
				return { statusCode: status, headers, body };
			},
		},
	};
	if (!isContext(context)) throw new Error('It has helpers');
	return { account: await Account.open(context, 5, signal), sent, logged, said };
}

/** Notes what becomes of a call. */
export function watch<Value>(call: Promise<Value>) {
	const seen: { value?: Value; failure?: AccountFailure; endedAt?: number } = {};
	call
		.then(
			(value) => (seen.value = value),
			(thrown: unknown) => {
				if (thrown instanceof AccountFailure) seen.failure = thrown;
			},
		)
		.finally(() => (seen.endedAt = performance.now()));
	return seen;
}

/** A system fault as Node throws it. */
export const fault = (code: string) => Object.assign(new Error(code), { code });

/** Lets time go by on the fake clock (milliseconds). */
export const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

/** For each test of the file: a clock that stands, and chance that always falls the same way. */
export function useFakeClock(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		jest.spyOn(Math, 'random').mockReturnValue(1);
	});

	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});
}
