import { parseArgs } from 'node:util';
import { startSandbox, type SandboxOptions } from './server';
import { CONTACTS_PATH } from './page';
import { DEFAULT_SETTINGS, isSettingsPatch } from './settings';
import { isRecord } from '../guards';
import { parseJson } from './wire';

/*
 * The stand-in account as a program: `tsx test/sandbox/main.ts --fields 250 --requestsPerSecond 5 --latencyMs 250`.
 * Each setting is a flag, its value JSON or plain text. Prints one line of JSON with `url`, `controlUrl`,
 * `token` and, with TLS, `certificate`, and for people where to look; ends on SIGTERM, on SIGINT, and with the process
 * that forked it.
 */

const TEXT_FLAGS = Object.entries(DEFAULT_SETTINGS).flatMap(([key, value]) =>
	typeof value === 'string' ? [key] : [],
);
const FLAGS = [...Object.keys(DEFAULT_SETTINGS), 'port', 'tls', 'fields', 'lists', 'tags', 'automations'];

function isOptions(value: unknown): value is SandboxOptions {
	if (!isRecord(value)) return false;
	const { port = 0, tls, fields = 0, lists = [], tags = [], automations = [], ...settings } = value;
	return (
		typeof port === 'number' &&
		(tls === undefined || (isRecord(tls) && typeof tls.roundTripMs === 'number')) &&
		(typeof fields === 'number' || Array.isArray(fields)) &&
		[lists, tags, automations].every(Array.isArray) &&
		isSettingsPatch(settings)
	);
}

function optionsFrom(args: string[]): SandboxOptions {
	const { values } = parseArgs({
		args,
		options: Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'string' as const }])),
	});
	const options = Object.fromEntries(
		Object.entries(values).map(([flag, text]) => [
			flag,
			TEXT_FLAGS.includes(flag) ? text : parseJson(String(text)),
		]),
	);
	if (!isOptions(options))
		throw new Error(`Values are JSON of the setting's kind; flags: ${FLAGS.join(', ')}`);
	return options;
}

async function main(): Promise<void> {
	const { url, controlUrl, token, certificate, stop } = await startSandbox(
		optionsFrom(process.argv.slice(2)),
	);
	process.stdout.write(`${JSON.stringify({ url, controlUrl, token, certificate })}\n`);
	// A process that forked this one reads the first line only.
	if (!process.connected) {
		const lines = [
			`Contacts:   ${controlUrl}${CONTACTS_PATH}`,
			`Credential: API URL ${url}, API Key ${token}`,
			'Press Ctrl-C to stop.',
		];
		process.stderr.write(`${lines.join('\n')}\n`);
	}
	const end = () => void stop().then(() => process.exit());
	process.once('SIGTERM', end).once('SIGINT', end).once('disconnect', end);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
