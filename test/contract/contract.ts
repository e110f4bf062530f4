import { removeOwn, type Cleanup } from './cleanup';
import { Client, type Send } from './client';
import type { FactGroup } from './fact';
import { newRunName } from './names';
import { Run, tryFacts, type FactResult, type RunOptions } from './run';
import type { Target } from './standIn';

/** An account takes about six seconds to import a contact; what a run left under way has come by then. */
export const SETTLE_MS = 60_000;
/** "2 requests a second." */
export const INTERVAL_MS = 500;

export interface ContractOptions extends RunOptions {
	send?: Send;
	/** The least time between two requests. */
	intervalMs?: number;
	settleMs?: number;
	name?: string;
	/** Ends the facts; the cleanup follows. */
	signal?: AbortSignal;
	say?: (line: string) => void;
}

export interface ContractResult {
	name: string;
	results: FactResult[];
	cleanup: Cleanup;
}

function clientFor(
	{ baseUrl, token, wait }: Target,
	{ send, intervalMs = INTERVAL_MS }: ContractOptions,
): Client {
	return new Client({ baseUrl, token, wait, send, intervalMs });
}

/** Tries the facts, then removes what the run made, whatever happened. */
export async function runContract(
	target: Target,
	groups: readonly FactGroup[],
	options: ContractOptions = {},
): Promise<ContractResult> {
	const { name = newRunName(), signal, say, settleMs = SETTLE_MS } = options;
	const client = clientFor(target, options);
	const run = new Run(client, name, { automationId: target.automationId, ...options });
	if (signal?.aborted) client.stop();
	signal?.addEventListener('abort', () => client.stop());
	const results = await tryFacts(groups, run);
	say?.('Removing what was created …');
	const cleanup = await clean(target, { ...options, settleMs: run.mayStillArrive ? settleMs : 0 }, run);
	return { name, results, cleanup };
}

/** Removes what a run made, or all records of the contract without one. Rejects never. */
export async function clean(
	target: Target,
	options: ContractOptions = {},
	run?: Pick<Run, 'name' | 'made'>,
): Promise<Cleanup> {
	const { settleMs = SETTLE_MS, say } = options;
	try {
		const client = clientFor(target, options);
		const first = await removeOwn(client, run?.made, run?.name);
		if (settleMs === 0) return first;
		say?.(`Waiting ${settleMs / 1_000} s for imports that may still be under way …`);
		await client.wait(settleMs);
		const second = await removeOwn(client, [], run?.name);
		return { removed: [...first.removed, ...second.removed], problems: second.problems };
	} catch (error) {
		return { removed: [], problems: [error instanceof Error ? error.message : String(error)] };
	}
}
