let skippedMs = 0;

/** n8n-workflow for `jest.mock`: waits take no time, the clock that the node looks at goes forward instead. */
export function workflowWithoutWaits(): object {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	const sleep = async (ms: number) => {
		skippedMs += ms;
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { ...actual, sleep };
}

/** Makes the clock go forward by the waits that were left out, for all tests of a file. */
export function skipWaits(): void {
	const now = performance.now.bind(performance);
	beforeAll(() => {
		jest.spyOn(performance, 'now').mockImplementation(() => now() + skippedMs);
	});
}
