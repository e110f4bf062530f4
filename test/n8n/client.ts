import { randomUUID } from 'node:crypto';

import { asArray, asObject, asText, at, isRecord, type Json } from '../guards';
import { Execution } from './execution';
import { until } from './shell';
import type { NodeJson, WorkflowJson } from './workflow';

/** The owner of every n8n that the tests and the demo start. */
export const owner = {
	email: 'demo@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Demo-Pass-2024',
};

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** A workflow as n8n keeps it. */
export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
}

/** The highest id that n8n's databases can give an execution. */
const highestId = String(2 ** 31 - 1);

/** What n8n says of a credential test. */
export interface CredentialTest {
	status: string;
	message: string;
}

export interface Choice {
	name: string;
	value: string;
}

/** Which of a node's lists to load, as the editor would ask for it. */
export interface ListRequest {
	/** `node.credentials` and `node.parameters` are what the loader sees. */
	node: NodeJson;
	/** The loader's method, e.g. `searchFields`. */
	method: string;
	/** The parameter's path, e.g. `customFields.values[0].field`. */
	path: string;
}

/** Drives one n8n over the REST calls of its own editor; n8n 1.123 and 2.x. */
export class N8nClient {
	/**
	 * @param url without a slash at the end
	 * @param cookie `n8n-auth=…`, set by a login
	 * @param browserId n8n binds a login to the browser that made it
	 */
	constructor(
		readonly url: string,
		public cookie = '',
		readonly browserId: string = randomUUID(),
	) {}

	/** Makes the owner of a fresh n8n and logs in. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/rest/owner/setup', owner);
		await this.logIn();
	}

	async logIn(): Promise<void> {
		const { email, password } = owner;
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * One call of n8n's REST API.
	 *
	 * @returns what stands under `data` in the response, or all of it
	 * @throws an Error with n8n's own words for any status but 2xx
	 */
	async call(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'browser-id': this.browserId,
				// On a busy machine n8n closes an idle connection just as the next request takes it.
				connection: 'close',
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n: ${method} ${path} returned ${response.status}: ${text}`);
		const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
		const parsed: unknown = text === '' ? undefined : JSON.parse(text);
		return isRecord(parsed) && 'data' in parsed ? parsed.data : parsed;
	}

	async createCredential(type: string, data: Json, name = `${type} ${randomUUID()}`): Promise<Credential> {
		const created = await this.call('POST', '/rest/credentials', { name, type, data });
		return { id: asText(at(created, 'id')), name, type };
	}

	/** Stores a credential, runs its test as the editor's "Retry" does, and returns what the editor would show. */
	async testCredential(type: string, data: Json): Promise<CredentialTest> {
		const stored = await this.createCredential(type, data);
		const result = await this.call('POST', '/rest/credentials/test', { credentials: { ...stored, data } });
		await this.call('DELETE', `/rest/credentials/${stored.id}`);
		return { status: asText(at(result, 'status')), message: asText(at(result, 'message')) };
	}

	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const created = await this.call('POST', '/rest/workflows', { settings: {}, ...workflow, active: false });
		return {
			...workflow,
			id: asText(at(created, 'id')),
			versionId: asText(at(created, 'versionId')),
		};
	}

	/** Publishes a workflow: its triggers listen from now on (forms and webhooks about a second later). */
	async activate({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }: StoredWorkflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Starts a stored workflow by hand, from its trigger.
	 *
	 * @param trigger the name of the node to start from; the first node unless given
	 * @returns the execution's id
	 */
	async start(workflow: StoredWorkflow, trigger = workflow.nodes[0]?.name): Promise<string> {
		const response = await this.call('POST', `/rest/workflows/${workflow.id}/run`, {
			// 1.x runs what it is sent, 2.x what it has stored.
			workflowData: { settings: {}, ...workflow, active: false },
			triggerToStartFrom: { name: trigger },
		});
		const id = asText(at(response, 'executionId'));
		if (id === '') throw new Error(`n8n started no execution: ${JSON.stringify(response)}`);
		return id;
	}

	/** Stores a workflow, runs it by hand, and waits for its end. */
	async run(workflow: WorkflowJson, timeoutMs = 60_000): Promise<Execution> {
		return await this.waitFor(await this.start(await this.createWorkflow(workflow)), timeoutMs);
	}

	/** Stops a running execution, as the editor's stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`);
	}

	async execution(id: string): Promise<Execution> {
		return new Execution(asObject(await this.call('GET', `/rest/executions/${id}`)));
	}

	/** Waits until an execution has ended, well or not. */
	async waitFor(id: string, timeoutMs = 60_000): Promise<Execution> {
		return await until(`the end of execution ${id}`, timeoutMs, async () => {
			const execution = await this.execution(id);
			return execution.hasEnded ? execution : undefined;
		});
	}

	/** The ids of a workflow's executions, oldest first, with their states. */
	async executionsOf({ id: workflowId }: StoredWorkflow): Promise<Array<{ id: string; status: string }>> {
		const all: Array<{ id: string; status: string }> = [];
		for (;;) {
			// n8n gives at most 100 a page, the latest first; without both ends it would mix the running ones in.
			const query = new URLSearchParams({
				filter: JSON.stringify({ workflowId }),
				limit: '100',
				firstId: '0',
				lastId: all[0]?.id ?? highestId,
			});
			const rows = asArray(at(await this.call('GET', `/rest/executions?${query.toString()}`), 'results'));
			const page = rows.map((row) => ({ id: asText(at(row, 'id')), status: asText(at(row, 'status')) }));
			all.unshift(...page.sort((a, b) => Number(a.id) - Number(b.id)));
			if (rows.length < 100) return all;
		}
	}

	/** Waits until a workflow has at least so many executions that have ended; returns them, oldest first. */
	async waitForExecutionsOf(
		workflow: StoredWorkflow,
		count: number,
		timeoutMs = 60_000,
	): Promise<Execution[]> {
		const ids = await until(`${count} ended executions of ${workflow.name}`, timeoutMs, async () => {
			const ended = (await this.executionsOf(workflow)).filter(({ status }) => Execution.isEnd(status));
			return ended.length >= count ? ended.map(({ id }) => id) : undefined;
		});
		return await Promise.all(ids.map((id) => this.waitFor(id)));
	}

	/** Where a published form is: the address for people, and for `submitForm`. */
	formUrl(webhookId: string): string {
		return `${this.url}/form/${webhookId}`;
	}

	/**
	 * Fills in a published form and sends it, as a visitor's browser does. Waits for a form that is not there yet.
	 *
	 * @param answers one text per form field, in the form's order; for a multiple choice an array of texts
	 */
	async submitForm(webhookId: string, answers: Array<string | string[]>): Promise<void> {
		const url = this.formUrl(webhookId);
		const body = new FormData();
		// n8n's form page sends the choices of a multiple choice as JSON in one field.
		answers.forEach((answer, index) =>
			body.append(`field-${index}`, Array.isArray(answer) ? JSON.stringify(answer) : answer),
		);
		const response = await until(`the form at ${url}`, 30_000, async () => {
			const tried = await fetch(url, { method: 'POST', body });
			return tried.status === 404 ? undefined : tried;
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`The form returned ${response.status}: ${text.slice(0, 500)}`);
	}

	/** One page of a resource locator's "From List". */
	async listPage(request: ListRequest, filter?: string, paginationToken?: string) {
		const response = await this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			...listBody(request),
			...(filter === undefined ? {} : { filter }),
			...(paginationToken === undefined ? {} : { paginationToken }),
		});
		const next = asText(at(response, 'paginationToken'));
		return { choices: choices(at(response, 'results')), ...(next === '' ? {} : { paginationToken: next }) };
	}

	/** All pages of a resource locator's "From List", as a user gets them by scrolling. */
	async listAll(request: ListRequest, filter?: string): Promise<Choice[]> {
		const all: Choice[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await this.listPage(request, filter, paginationToken);
			all.push(...page.choices);
			paginationToken = page.paginationToken;
		} while (paginationToken !== undefined);
		return all;
	}

	/** The columns of a resource mapper: n8n's `ResourceMapperField`s. */
	async columns(request: ListRequest): Promise<Json[]> {
		const path = '/rest/dynamic-node-parameters/resource-mapper-fields';
		return asArray(at(await this.call('POST', path, listBody(request)), 'fields')).map(asObject);
	}

	/** The descriptions of all node types that n8n has loaded. */
	async nodeTypes(): Promise<Json[]> {
		return asArray(await this.call('GET', '/types/nodes.json')).map(asObject);
	}
}

function listBody({ node, method, path }: ListRequest): Json {
	return {
		path,
		methodName: method,
		nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
		currentNodeParameters: node.parameters,
		credentials: node.credentials ?? {},
	};
}

function choices(rows: unknown): Choice[] {
	return asArray(rows).map((row) => ({ name: asText(at(row, 'name')), value: asText(at(row, 'value')) }));
}
