import type { IncomingMessage } from 'node:http';
import { json, type ApiResponse } from './apiResponse';
import { isFaultMatch, isSpell, type FaultMatch } from './faultRules';
import { isFault } from './faults';
import { isRecord } from '../guards';
import { CONTACTS_PATH, contactsPage } from './page';
import type { Sandbox } from './sandbox';
import { isSeed, plant } from './seed';
import { isSettingsPatch } from './settings';
import { snapshotOf, viewContact, viewState } from './view';
import { parseJson, readBody } from './wire';

const PREFIX = '/_sandbox/';

/** Whether the request drives the sandbox instead of using the account: not in the journal, never limited. */
export function isControl(message: IncomingMessage): boolean {
	return message.url?.startsWith(PREFIX) === true || isBrowserAtRoot(message);
}

/** Somebody has clicked the account's address. */
function isBrowserAtRoot({ url, headers }: IncomingMessage): boolean {
	return url === '/' && headers.accept?.includes('text/html') === true;
}

/** How far the account's work has come, cheap enough to be asked for often. */
export interface SandboxCounts {
	contacts: number;
	requests: number;
	/** How many responses of each status; '0' for requests without one. */
	statuses: Record<string, number>;
	faults: Record<string, number>;
	maxPerSecond: number;
	maxConcurrent: number;
	neighbor: { admitted: number; waited: number };
}

function countsOf({ account, journal, limit }: Sandbox): SandboxCounts {
	const statuses: Record<string, number> = {};
	const faults: Record<string, number> = {};
	for (const { status, fault } of journal) {
		statuses[status] = (statuses[status] ?? 0) + 1;
		if (fault !== undefined) faults[fault] = (faults[fault] ?? 0) + 1;
	}
	return {
		contacts: account.contacts().length,
		requests: journal.entries.length,
		statuses,
		faults,
		maxPerSecond: journal.maxPerSecond(),
		maxConcurrent: journal.maxConcurrent(),
		neighbor: { ...limit.neighbor },
	};
}

/** What a control needs of the server in front of the account. */
export interface Front {
	/** The account's address for clients. */
	url: string;
	takeOffline: (forMs: number) => Promise<void>;
}
type Control = (sandbox: Sandbox, body: unknown, query: URLSearchParams, front: Front) => ApiResponse;

/** So that the response to the control itself still goes out. */
const LAST_RESPONSE_MS = 50;
const DONE = json(200, {});
const NOT_UNDERSTOOD = json(400, { message: 'The sandbox does not understand this' });

const CONTROLS = new Map<string, Control>([
	[
		'GET contacts',
		({ account, settings, clock }, _body, query, { url }) => {
			const options = { search: query.get('search') ?? '', url, token: settings.token, nowMs: clock.date() };
			return { status: 200, text: contactsPage(account, options) };
		},
	],
	[
		'GET contact',
		({ account }, _body, query) => {
			const contact = account.contactByEmail(query.get('email') ?? '');
			return json(200, { contact: contact ? viewContact(account, contact) : null });
		},
	],
	['GET state', ({ account }) => json(200, viewState(account))],
	['GET snapshot', ({ account }) => json(200, snapshotOf(account))],
	['GET counts', (sandbox) => json(200, countsOf(sandbox))],
	['GET journal', ({ journal }) => json(200, { entries: journal.entries })],
	['DELETE journal', ({ journal }) => (journal.clear(), DONE)],
	['GET settings', ({ settings }) => json(200, settings)],
	[
		'PATCH settings',
		(sandbox, body) => (isSettingsPatch(body) ? (sandbox.configure(body), DONE) : NOT_UNDERSTOOD),
	],
	['POST reset', (sandbox) => (sandbox.reset(), DONE)],
	['DELETE faults', (sandbox) => (sandbox.clearFaults(), DONE)],
	[
		'POST skip',
		(sandbox, body) => {
			if (!isRecord(body) || typeof body.ms !== 'number') return NOT_UNDERSTOOD;
			sandbox.skip(body.ms);
			return DONE;
		},
	],
	[
		'POST offline',
		({ clock }, body, _query, { takeOffline }) => {
			if (!isRecord(body) || typeof body.forMs !== 'number') return NOT_UNDERSTOOD;
			const { forMs } = body;
			clock.after(LAST_RESPONSE_MS, () => void takeOffline(forMs));
			return DONE;
		},
	],
	[
		'POST spell',
		(sandbox, body) => {
			const { pathPattern, ...spell } = isRecord(body) ? body : {};
			if (!isSpell(spell)) return NOT_UNDERSTOOD;
			sandbox.startSpell({ ...spell, match: withPattern(spell.match, pathPattern) });
			return DONE;
		},
	],
	[
		'POST failNext',
		(sandbox, body) => {
			const { match = {}, pathPattern, fault } = isRecord(body) ? body : {};
			if (!isFaultMatch(match) || !isFault(fault)) return NOT_UNDERSTOOD;
			sandbox.failNext(withPattern(match, pathPattern), fault);
			return DONE;
		},
	],
	['POST seed', ({ account }, body) => (isSeed(body) ? json(200, plant(account, body)) : NOT_UNDERSTOOD)],
]);

/** A match with the expression that came as text beside it. */
function withPattern(match: FaultMatch | undefined, pattern: unknown): FaultMatch {
	return typeof pattern === 'string' ? { ...match, path: new RegExp(pattern) } : { ...match };
}

/** Answers a request that drives the sandbox: 404 for a control there is not, 400 with the reason for a wrong body. */
export async function respondToControl(
	message: IncomingMessage,
	sandbox: Sandbox,
	front: Front,
): Promise<ApiResponse> {
	if (isBrowserAtRoot(message))
		return { status: 302, headers: { Location: CONTACTS_PATH }, contentType: null };
	const { pathname, searchParams } = new URL(message.url ?? '', 'http://sandbox');
	const control = CONTROLS.get(`${message.method ?? ''} ${pathname.slice(PREFIX.length)}`);
	if (!control) return json(404, { message: 'The sandbox has no such control' });
	try {
		return control(sandbox, parseJson((await readBody(message)).toString()), searchParams, front);
	} catch (error) {
		return json(400, { message: String(error) });
	}
}
