import { parse } from 'flatted';

import { asArray, asObject, asText, at, isRecord, type Json } from '../guards';

/** One item that a node put out. */
export interface Item {
	json: Json;
	/** The input item it is linked to. */
	pairedItem?: unknown;
	error?: unknown;
}

/** What n8n keeps of an execution, unpacked. */
export class Execution {
	readonly id: string;
	/** n8n's own word: `success`, `error`, `canceled`, `crashed`, or a word of one that has not ended. */
	readonly status: string;
	/** n8n's `IRunExecutionData`. */
	readonly data: Json;

	/** @param stored the answer of `GET /rest/executions/{id}`, whose `data` is flatted JSON */
	constructor(stored: Json) {
		this.id = asText(stored.id);
		this.status = asText(stored.status);
		const { data } = stored;
		const unpacked: unknown = typeof data === 'string' && data !== '' ? parse(data) : data;
		this.data = asObject(unpacked);
	}

	static isEnd(status: string): boolean {
		return ['success', 'error', 'canceled', 'crashed'].includes(status);
	}

	/**
	 * Whether it has ended and its data is there. n8n writes the status first, and for a stopped execution there is no
	 * telling: its data may come a moment later.
	 */
	get hasEnded(): boolean {
		const { lastNodeExecuted, error } = asObject(this.data.resultData);
		const isWritten = lastNodeExecuted !== undefined || error !== undefined;
		return Execution.isEnd(this.status) && (isWritten || ['canceled', 'crashed'].includes(this.status));
	}

	/** What stopped the execution: n8n's stored error with `message`, `description`, `httpCode`, `node` …; or none. */
	get error(): Json | undefined {
		const error = at(this.data, 'resultData', 'error');
		return isRecord(error) ? error : undefined;
	}

	/** One run of a node: n8n's `ITaskData` with `data`, `error`, `hints`, `executionTime` (ms); empty if it did not run. */
	nodeRun(node: string, run = 0): Json {
		return asObject(at(this.data, 'resultData', 'runData', node, run));
	}

	/** The items a node put out. */
	items(node: string, output = 0, run = 0): Item[] {
		return asArray(at(this.nodeRun(node, run), 'data', 'main', output)).map((item) => ({
			...asObject(item),
			json: asObject(at(item, 'json')),
		}));
	}

	/** The `json` of the items a node put out. */
	json(node: string, output = 0, run = 0): Json[] {
		return this.items(node, output, run).map((item) => item.json);
	}
}
