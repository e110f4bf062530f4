import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	NodeParameterValueType,
	ResourceMapperField,
	ResourceMapperValue,
} from 'n8n-workflow';

import { startSandbox, type RunningSandbox, type SandboxContact, type SandboxOptions } from '../sandbox';

import { runWorkflow, type RunOptions, type RunResult } from './runWorkflow';

/** Some tests sync a hundred contacts, on a machine that may have other things to do. */
jest.setTimeout(60_000);

/** The account that a test syncs to, and the node that does it. */
export interface Syncing {
	readonly sandbox: RunningSandbox;
	readonly credentials: { accountName: string; apiToken: string };
	/** Runs Sync Contact, with `email` from each item unless the parameters say otherwise, without regard to the pace. */
	sync(
		items: IDataObject[],
		parameters?: INodeParameters,
		more?: Partial<Omit<RunOptions, 'items' | 'nodeParameters'>>,
	): Promise<RunResult>;
	/** The stored contact of that address. */
	contact(email: string): SandboxContact;
	/** A stored custom value by the field's title; undefined where the contact has none. */
	stored(email: string, field: string): string | undefined;
	/** Method and path of all requests, without those before `journal.clear()`. */
	requests(): string[];
}

/**
 * A fresh account for each test of a file. Afterwards the account must have met nothing that a careful client would
 * not do, such as an enrollment made twice or a re-subscription that is not marked as one.
 */
export function syncingWith(options: SandboxOptions = {}): Syncing {
	let started: RunningSandbox | undefined;
	beforeEach(async () => {
		started = await startSandbox(options);
	});
	afterEach(async () => {
		const mistakes = started?.account.mistakes;
		await started?.stop();
		expect(mistakes).toEqual([]);
	});
	const sandbox = () => {
		if (!started) throw new Error('The sandbox runs only while a test does');
		return started;
	};
	const credentials = () => ({ accountName: sandbox().url, apiToken: sandbox().token });
	const contact = (email: string) => sandbox().account.contactBy(email);
	return {
		get sandbox() {
			return sandbox();
		},
		get credentials() {
			return credentials();
		},
		sync: async (items, { options: nodeOptions, ...parameters } = {}, more = {}) =>
			await runWorkflow({
				credentials: credentials(),
				...more,
				items,
				nodeParameters: {
					email: '={{ $json.email }}',
					...parameters,
					options: { requestsPerSecond: 1_000, ...(isObject(nodeOptions) ? nodeOptions : {}) },
				},
			}),
		contact,
		stored: (email, field) => contact(email).fieldValues.get(sandbox().account.fieldBy(field).id),
		requests: () => sandbox().journal.entries.map(({ method, path }) => `${method} ${path}`),
	};
}

/** The JSON of items. */
export function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

type Mode = 'list' | 'id' | 'name';

/** A resource locator as the editor stores it. */
export function locator(mode: Mode, value: string, cachedResultName?: string): INodeParameters {
	return { __rl: true, mode, value, ...(cachedResultName === undefined ? {} : { cachedResultName }) };
}

/** `customFields` with these rows: how the field is given, which, and the value. */
export function customFields(...rows: Array<[Mode, string, NodeParameterValueType]>): INodeParameters {
	return {
		customFields: {
			values: rows.map(([mode, field, value]) => ({ field: locator(mode, field), value })),
		},
	};
}

/** `lists` with these rows. */
export function lists(...rows: Array<[Mode, string, 'subscribe' | 'unsubscribe']>): INodeParameters {
	return { lists: { values: rows.map(([mode, list, action]) => ({ list: locator(mode, list), action })) } };
}

/** `automations` with these rows. */
export function automations(...rows: Array<[Mode, string]>): INodeParameters {
	return {
		automations: {
			values: rows.map(([mode, automation]) => ({ automation: locator(mode, automation) })),
		},
	};
}

/** A map of columns filled in by hand. */
export function mapByHand(
	value: NonNullable<ResourceMapperValue['value']>,
	schema: ResourceMapperField[] = [],
): INodeParameters {
	return { fieldsMode: 'mapColumns', columns: columns('defineBelow', value, schema) };
}

/** A map of columns left to the names of the items' keys. */
export const mapAutomatically: INodeParameters = {
	fieldsMode: 'mapColumns',
	columns: columns('autoMapInputData', null, []),
};

function columns(
	mappingMode: string,
	value: ResourceMapperValue['value'],
	schema: ResourceMapperField[],
): ResourceMapperValue {
	const conversions = { attemptToConvertTypes: false, convertFieldsToString: false };
	return { mappingMode, value, matchingColumns: [], schema, ...conversions };
}

/** What `expect.stringContaining` and `expect.stringMatching` are, typed so that they may stand in an expected object. */
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}
