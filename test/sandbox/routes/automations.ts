import { json, type ApiResponse } from '../apiResponse';
import type { Call, Route } from '../router';
import { automationRow } from '../catalogRows';
import { pageOf } from './paging';

/** GET /automations, paged. No filter is documented, so all of them are ignored. */
function listAutomations(call: Call): ApiResponse {
	const { rows, meta } = pageOf(call, [...call.account.automations.values()]);
	return json(200, {
		automations: rows.map(automationRow),
		meta: { ...meta, starts: [], filtered: false, smsLogs: [] },
	});
}

export const automationRoutes: Route[] = [
	{ method: 'GET', path: '/automations', permission: 'automations', handle: listAutomations },
];
