type Worker = typeof import('./runWorkflow');

/** The node as another process has it: nothing is shared but the account. */
export async function otherWorker(): Promise<Worker> {
	const loaded: Worker[] = [];
	await jest.isolateModulesAsync(async () => {
		loaded.push(await import('./runWorkflow'));
	});
	const [worker] = loaded;
	if (!worker) throw new Error('The module was not loaded');
	return worker;
}
