import { ActiveCampaignSync } from '/tmp/wt/items/nodes/ActiveCampaignSync/ActiveCampaignSync.node.js';
import { runWorkflow } from '/tmp/wt/items/test/engine/runWorkflow';
import { spawnSandbox } from '/tmp/wt/items/test/sandbox/remote';
async function main() {
	const N = Number(process.argv[2]); const bulk = process.argv[3] === 'bulk'; const keysOnly = process.argv[4]==='keys';
	const items = Array.from({ length: N }, (_, index) => ({ email: `person${index}@example.com`, firstName: `First ${index}`, lastName: `Last ${index}`, phone: `+49 30 ${index}`, topics: ['Sales', 'Support'], sizes: ['S', 'M', 'L'] }));
	const sandbox = await spawnSandbox({ fields: 3 });
	const execute = ActiveCampaignSync.prototype.execute;
	ActiveCampaignSync.prototype.execute = async function () {
		const t0 = performance.now(); let last = t0; let cpu0 = process.cpuUsage();
		const i = setInterval(() => { const now = performance.now(); if (now - last > 60) { const c = process.cpuUsage(cpu0); console.log('gap', Math.round(now - last), 'at', Math.round(now - t0), 'cpu', Math.round((c.user + c.system) / 1000)); } last = now; cpu0 = process.cpuUsage(); }, 10);
		try { return await execute.call(this); } finally { clearInterval(i); const e = process.cpuUsage(cpu0); console.log('end gap', Math.round(performance.now() - last), 'cpu', Math.round((e.user+e.system)/1000), 'total', Math.round(performance.now() - t0)); }
	};
	const p = { operation: bulk ? 'syncContactsInBulk' : 'syncContact', email: '={{ $json.email }}', firstName: keysOnly ? '={{ $json.firstName }}' : '={{ $json.firstName.trim() }}', lastName: '={{ $json.lastName }}', phone: '={{ $json.phone }}',
		customFields: { values: ['topics', 'sizes'].map((key, index) => ({ field: { __rl: true, mode: 'name', value: `Field ${index + 1}` }, value: `={{ $json.${key} }}` })) }, tagsToAdd: 'Imported, Sheet',
		options: { requestsPerSecond: 1000, ...(bulk ? {} : { dryRun: true }) } };
	for (const rows of [items.slice(0, 200), items]) { console.log('run', rows.length); const c=process.cpuUsage(); const r = await runWorkflow({ items: rows, credentials: { accountName: sandbox.url, apiToken: sandbox.token }, nodeParameters: p as never }); const d=process.cpuUsage(c); console.log(r.status, 'cpu', Math.round((d.user+d.system)/1000)); }
	await sandbox.stop(); process.exit();
}
void main();
