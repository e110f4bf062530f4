/*
 * What the node itself costs: CPU time per contact beyond that of n8n's HTTP helper, and heap per item. Runs n8n's
 * engine in this process (started with --expose-gc) and the account in another; prints one line of JSON.
 */
import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { ActiveCampaignSync } from '../../nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { runWorkflow } from '../engine/harness/runWorkflow';
import { asText } from '../guards';
import { spawnSandbox } from '../sandbox/remote';

const CONTACTS = 2_000;
const HEAP_ITEMS = 20_000;

async function main(): Promise<void> {
	const sandbox = await spawnSandbox();
	const credentials = { accountName: sandbox.url, apiToken: sandbox.token };
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ email: `w${index}@example.com`, firstName: `F${index}` }));
	const run = async (count: number) => {
		const { error, items } = await runWorkflow({
			items: rows(count),
			credentials,
			nodeParameters: {
				operation: 'syncContact',
				email: '={{ $json.email }}',
				firstName: '={{ $json.firstName }}',
				options: { requestsPerSecond: 1_000 },
			},
		});
		if (error || items.length !== count)
			throw new Error(`The run did not do its work: ${error?.message ?? items.length}`);
	};
	const cpuMs = async (work: () => Promise<void>) => {
		const before = process.cpuUsage();
		await work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1_000;
	};
	await run(200);
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const sample = setInterval(() => {
		globalThis.gc?.();
		peak = Math.max(peak, process.memoryUsage().heapUsed);
	}, 2_000);
	await run(HEAP_ITEMS);
	clearInterval(sample);

	// After that, all code is compiled, for the node as for the helper.
	const whole = await cpuMs(() => run(CONTACTS));
	// The same engine, items and requests, with nothing of the node around n8n's helper.
	ActiveCampaignSync.prototype.execute = helperCallsOnly;
	await run(200);
	const helper = await cpuMs(() => run(CONTACTS));
	await sandbox.stop();
	process.stdout.write(
		`${JSON.stringify({ contacts: CONTACTS, wholeMs: whole / CONTACTS, helperMs: helper / CONTACTS, heapItems: HEAP_ITEMS, heapBytesPerItem: (peak - before) / HEAP_ITEMS })}\n`,
	);
	process.exit();
}

/** As many requests as items, ten at a time, each as the node makes it. */
async function helperCallsOnly(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const type = 'activeCampaignSyncApi';
	const data = await this.getCredentials(type);
	const credentials = { credentialsDecrypted: { id: '', name: '', type, data } };
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const json = items[next++]?.json;
			const options: IHttpRequestOptions = {
				method: 'POST',
				url: `${asText(data['accountName'])}/api/3/contact/sync`,
				headers: { Accept: 'application/json' },
				body: { contact: { email: json?.email, firstName: json?.firstName } },
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 20_000,
			};
			await this.helpers.httpRequestWithAuthentication.call(this, type, options, credentials);
		}
	};
	await Promise.all(Array.from({ length: 10 }, worker));
	return [items];
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exitCode = 1;
});
