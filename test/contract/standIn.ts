import { startSandbox } from '../sandbox';
import { ANY_LIST } from '../sandbox/model';

/** An account that the contract can run against. */
export interface Target {
	baseUrl: string;
	token: string;
	/** Passes the time; the stand-in's is skipped. */
	wait?: (ms: number) => Promise<void>;
	automationId?: string;
	stop?: () => Promise<void>;
}

/** More rows than the largest page. */
const MANY = 101;
/** As recorded for one contact. */
const IMPORT_MS = 6_000;

/** Starts the stand-in with the vendor's limits, and with enough of everything that pages differ. */
export async function startStandIn(): Promise<
	Required<Target> & { sandbox: Awaited<ReturnType<typeof startSandbox>> }
> {
	const names = Array.from({ length: MANY }, (_, index) => `Name ${index + 1}`);
	const sandbox = await startSandbox({
		...{ requestsPerSecond: 5, importsPerMinute: 100, importDurationMs: IMPORT_MS },
		...{ fields: MANY, lists: names, tags: names, automations: names },
	});
	const { account } = sandbox;
	for (const name of names) account.addCompany(name);
	const { id } = account.addAutomation('Welcome', { startsOnList: ANY_LIST });
	return {
		...{ sandbox, baseUrl: `${sandbox.url}/api/3`, token: sandbox.token, automationId: id },
		wait: (ms) => {
			sandbox.skip(ms);
			return Promise.resolve();
		},
		stop: () => sandbox.stop(),
	};
}
