import '../harness/environment';

import { inspect } from 'node:util';

import type { IExecuteFunctions } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';

// Read when n8n-core is used first, which is after all imports.
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'console';
// As text, n8n leaves the details out in tests.
process.env.N8N_LOG_FORMAT = 'json';

/** What becomes known in this process besides a run's result. */
export interface Observed {
	/** What n8n or the node has logged, at the level "debug". */
	readonly logged: string[];
	/** What the node itself threw: n8n keeps a copy that lacks a part of it. */
	readonly thrown: unknown[];
}

/** Observes what is logged and thrown while the tests of a block run. */
export function observe(): Observed {
	const logged: string[] = [];
	const thrown: unknown[] = [];
	const spies: Array<{ mockRestore(): void }> = [];
	beforeAll(() => {
		const write = (chunk: unknown) => logged.push(String(chunk)) > 0;
		for (const stream of outputs()) spies.push(jest.spyOn(stream, 'write').mockImplementation(write));
		for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
			const log = (...given: unknown[]) => void logged.push(inspect(given));
			spies.push(jest.spyOn(console, method).mockImplementation(log));
		}
		// eslint-disable-next-line @typescript-eslint/unbound-method -- bound again at each call
		const execute = new ActiveCampaignSync().execute;
		const spy = jest.spyOn(ActiveCampaignSync.prototype, 'execute');
		spy.mockImplementation(async function (this: IExecuteFunctions) {
			return await execute.call(this).catch((error: unknown) => {
				thrown.push(error);
				throw error;
			});
		});
		spies.push(spy);
	});
	// Not all mocks: the virtual clock has one too.
	afterAll(() => {
		for (const spy of spies) spy.mockRestore();
	});
	return { logged, thrown };
}

/** Where n8n's logger writes: jest puts a console of its own in the place of the usual one, another in each mode. */
function outputs(): Array<Pick<NodeJS.WriteStream, 'write'>> {
	const ofConsole: unknown[] = [Reflect.get(console, '_stdout'), Reflect.get(console, '_stderr')];
	return [...new Set([process.stdout, process.stderr, ...ofConsole])].filter(isOutput);
}

function isOutput(value: unknown): value is Pick<NodeJS.WriteStream, 'write'> {
	return typeof value === 'object' && value !== null && 'write' in value && typeof value.write === 'function';
}
