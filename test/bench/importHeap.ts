/*
 * The heap that an import of 50,000 items takes beyond its input: n8n's engine in this process, the account in another.
 * Prints one line of JSON: `node --expose-gc --import tsx test/bench/importHeap.ts [items]`.
 */
import { FieldCatalog } from '../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { runWorkflow } from '../engine/harness/runWorkflow';
import { spawnSandbox } from '../sandbox/remote';

const ITEMS = Number(process.argv[2] ?? 50_000);
const SAMPLE_EVERY_MS = 500;
const SAMPLE_EVERY_ITEMS = 5_000;
const MB = 1_000_000;

async function main(): Promise<void> {
	const sandbox = await spawnSandbox({ fields: 3 });
	const items = Array.from({ length: ITEMS }, (_, index) => ({
		email: `person.number${index}@example.com`,
		firstName: `First${index}`,
		lastName: `Last${index}`,
		phone: `+49 30 ${index}`,
		note: `What this person wrote in the form, in a sentence or two, number ${index}`,
	}));
	const heapUsed = () => {
		globalThis.gc?.();
		return process.memoryUsage().heapUsed;
	};
	// Loads and compiles everything, so that only what grows with the items is counted.
	const run = async (rows: typeof items) =>
		await runWorkflow({
			items: rows,
			credentials: { accountName: sandbox.url, apiToken: sandbox.token },
			nodeParameters: {
				operation: 'syncContactsInBulk',
				email: '={{ $json.email }}',
				firstName: '={{ $json.firstName }}',
				lastName: '={{ $json.lastName }}',
				phone: '={{ $json.phone }}',
				customFields: {
					values: [{ field: { __rl: true, mode: 'name', value: 'Field 1' }, value: '={{ $json.note }}' }],
				},
				tagsToAdd: 'Imported, Sheet',
				options: { requestsPerSecond: 1_000 },
			},
		});
	await run(items.slice(0, 500));
	const before = heapUsed();
	let peak = before;
	const sample = () => {
		peak = Math.max(peak, heapUsed());
	};
	const sampling = setInterval(sample, SAMPLE_EVERY_MS);
	// No timer fires while the items are read one after the other: their custom field is looked up once for each.
	let lookUps = 0;
	// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the catalog it is called on
	const { find } = FieldCatalog.prototype;
	FieldCatalog.prototype.find = function (reference) {
		lookUps += 1;
		if (lookUps % SAMPLE_EVERY_ITEMS === 0 || lookUps === ITEMS) sample();
		return find.call(this, reference);
	};
	const startedAt = performance.now();
	const result = await run(items);
	clearInterval(sampling);
	const imported = result.items.filter(({ json }) => json.action === 'imported').length;
	process.stdout.write(
		`${JSON.stringify({ items: ITEMS, imported, peakMb: (peak - before) / MB, seconds: (performance.now() - startedAt) / 1_000 })}\n`,
	);
	await sandbox.stop();
	process.exit();
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exit(1);
});
