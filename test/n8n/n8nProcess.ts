import { withNode, type Installation } from './install';
import { freePort } from '../localServer';
import { type Service, startService } from './service';

export interface N8nProcessOptions {
	installation: Installation;
	/** `start` is n8n itself, with editor and API; `worker` takes its executions from a queue. */
	command: 'start' | 'worker';
	userFolder: string;
	/** More environment for it. */
	env?: Record<string, string>;
	/** A file to add its log to as well. */
	logFile?: string;
}

export interface N8nProcess {
	service: Service;
	port: number;
}

/**
 * Starts one process of n8n on a free port of loopback and waits until it is ready.
 *
 * @throws an Error with the end of its log when it does not serve within two minutes
 */
export async function startN8nProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { installation, command, userFolder, env, logFile } = options;
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const ports =
		command === 'start'
			? { N8N_PORT: String(port) }
			: { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
	const service = await startService({
		name: `n8n ${installation.version} (${command})`,
		program: installation.node,
		args: [installation.n8n, command],
		cwd: userFolder,
		env: {
			...environment(installation.node),
			N8N_USER_FOLDER: userFolder,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...ports,
			...env,
		},
		// The older line says ready before its REST routes are there.
		isReady: async () =>
			(await fetch(`${origin}/healthz/readiness`)).ok &&
			(command === 'worker' || (await fetch(`${origin}/rest/settings`)).ok),
		timeoutMs: 120_000,
		logFile,
	});
	return { service, port };
}

/** The environment of this process without what would steer n8n, and n8n's own talk to the outside turned off. */
function environment(node: string): NodeJS.ProcessEnv {
	const foreign = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_|JEST_|NODE_ENV$|NODE_OPTIONS$|npm_)/;
	const kept = Object.entries(withNode(node)).filter(([name]) => !foreign.test(name));
	return {
		...Object.fromEntries(kept),
		NODE_ENV: 'production',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// Without TLS a secure cookie would not come back.
		N8N_SECURE_COOKIE: 'false',
		// n8n's own default in 2.x; the older line warns without it.
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	};
}
