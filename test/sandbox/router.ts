import type { Account } from './account';
import type { ApiResponse } from './apiResponse';
import type { ImportLimit } from './limit';
import { accountContactRoutes } from './routes/accountContacts';
import { accountRoutes } from './routes/accounts';
import { automationRoutes } from './routes/automations';
import { contactAutomationRoutes } from './routes/contactAutomations';
import { contactListRoutes } from './routes/contactLists';
import { contactRoutes } from './routes/contacts';
import { contactSyncRoutes } from './routes/contactSync';
import { contactTagRoutes } from './routes/contactTags';
import { dealRoutes } from './routes/deals';
import { fieldRoutes } from './routes/fields';
import { fieldValueRoutes } from './routes/fieldValues';
import { importRoutes } from './routes/imports';
import { listRoutes } from './routes/lists';
import { noteRoutes } from './routes/notes';
import { tagRoutes } from './routes/tags';
import { userRoutes } from './routes/users';
import type { Permission, SandboxSettings } from './settings';

/** A request that got past token, limit and faults. */
export interface Call {
	account: Account;
	settings: SandboxSettings;
	importLimit: ImportLimit;
	/** Without `/api/3`. */
	path: string;
	query: URLSearchParams;
	body: unknown;
	/** The account's time. */
	nowMs: number;
	/** Length of the body in bytes. */
	bytes: number;
}

export interface Route {
	method: string;
	/** Without `/api/3`; `*` stands for the one id a path can contain. */
	path: string;
	permission?: Permission;
	handle: (call: Call, id: string) => ApiResponse;
}

const ROUTES: readonly Route[] = [
	...userRoutes,
	...contactSyncRoutes,
	...contactRoutes,
	...fieldRoutes,
	...fieldValueRoutes,
	...listRoutes,
	...contactListRoutes,
	...tagRoutes,
	...contactTagRoutes,
	...automationRoutes,
	...contactAutomationRoutes,
	...accountRoutes,
	...accountContactRoutes,
	...noteRoutes,
	...dealRoutes,
	...importRoutes,
];

const ROUTE_BY_KEY = new Map(ROUTES.map((route) => [`${route.method} ${route.path}`, route]));

/** The route for a request and the id in its path; undefined when the API has no such path. */
export function findRoute(method: string, path: string): { route: Route; id: string } | undefined {
	const exact = ROUTE_BY_KEY.get(`${method} ${path}`);
	if (exact) return { route: exact, id: '' };
	const [, resource, id = '', ...rest] = path.split('/');
	const route = ROUTE_BY_KEY.get(`${method} /${[resource, '*', ...rest].join('/')}`);
	return route && id !== '' ? { route, id } : undefined;
}
