import { Interrupted } from '../../contract/fact';
import type { Send } from '../../contract/client';
import type { Target } from '../../contract/standIn';
import { work } from '../../sandbox/gate';
import { ImportLimit } from '../../sandbox/limit';
import { ANY_LIST } from '../../sandbox/model';
import { Rewrites, type Rewrite } from '../../sandbox/rewrites';
import type { RequestMatch, SandboxSettings } from '../../sandbox';
import { Sandbox } from '../../sandbox/sandbox';
import { onWire } from '../../sandbox/apiResponse';
import { parseJson } from '../../sandbox/wire';
import { viewState } from '../../sandbox/view';

/** A sandbox account without sockets, whose time passes only while somebody waits: for runs by the hundred. */
export class SocketlessAccount {
	private readonly importLimit = new ImportLimit();
	private readonly rewrites = new Rewrites();
	private readonly sandbox: Sandbox;
	readonly target: Target;

	constructor(settings: Partial<SandboxSettings> = {}) {
		this.sandbox = new Sandbox({ importDurationMs: 6_000, ...settings }, { fields: 3, lists: ['News'] }, 0);
		const { account, clock } = this.sandbox;
		account.addCompany('Acme');
		const { id } = account.addAutomation('Welcome', { startsOnList: ANY_LIST });
		this.target = {
			...{ baseUrl: 'http://127.0.0.1/api/3', token: 'token', automationId: id },
			wait: (ms) => {
				clock.skip(ms);
				return Promise.resolve();
			},
		};
	}

	get account() {
		return this.sandbox.account;
	}

	rewrite(match: RequestMatch, change: Rewrite): void {
		this.rewrites.add(match, change);
	}

	readonly send: Send = ({ method, url, headers: sent, body = '' }) => {
		if (sent['Api-Token'] !== this.target.token)
			return Promise.resolve({ status: 403, headers: new Headers(), text: '' });
		const { account, settings, clock } = this.sandbox;
		const { pathname, searchParams: query } = new URL(url);
		const path = pathname.replace('/api/3', '');
		const response = work(method, pathname, 'application/json', {
			...{ account, settings, importLimit: this.importLimit, query, path },
			...{ body: parseJson(body), bytes: body.length, nowMs: clock.now() },
		});
		const { status, headers, bytes } = onWire(
			this.rewrites.apply(response, { method, path, query, text: body }),
		);
		return Promise.resolve({ status, headers: new Headers(headers), text: bytes.toString() });
	};

	/** Everything that the account has but what only tests see, without the ids. */
	state(): unknown {
		const { account } = this.sandbox;
		const { contacts, fields, lists, tags, automations } = viewState(account);
		return { contacts, fields, lists, tags, automations, companies: [...account.companies.values()] };
	}
}

/** Sends so many requests and loses the response of the last one; then the program is gone. */
export function killedAfter(requests: number, send: Send): Send {
	let sent = 0;
	return async (request) => {
		sent++;
		if (sent > requests) throw new Interrupted('killed');
		const response = await send(request);
		if (sent === requests) throw new Interrupted('killed');
		return response;
	};
}
