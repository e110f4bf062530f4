import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { accountBaseUrl } from '../../nodes/ActiveCampaignSync/account/accountUrl';
import { isRecord } from '../guards';
import { findOwn } from './cleanup';
import { Client } from './client';
import { clean, INTERVAL_MS, runContract } from './contract';
import { FACTS } from './facts';
import {
	asJson,
	asMarkdown,
	asTable,
	differences,
	publish,
	redactor,
	summary,
	type ReportMeta,
} from './report';
import { startStandIn, type Target } from './standIn';

/*
 * `npm run contract`: tries the facts about the ActiveCampaign API that this project rests on, against the account in
 * ACTIVECAMPAIGN_ACCOUNT and ACTIVECAMPAIGN_TOKEN, or without them against the stand-in. Exits 1 when a fact that the code
 * needs differs, or when something could not be removed; 2 when it was not started.
 */

const USAGE = `npm run contract -- [options]
  --yes               create the records listed, in the account of ACTIVECAMPAIGN_ACCOUNT
  --clean             only remove what earlier runs left (with --yes; without, list it)
  --rate-limit        also try the request limits: other programs on the account are refused for a minute
  --automation <id>   also enroll own contacts in this automation
  --out <folder>      where contract.json and contract.md go (reports)`;

const PLAN = `The contract will create in this account, and remove again, only records of its own:
  about 60 contacts at example.com, which takes no mail, one email list, about 30 tags, 12 custom fields, 8 accounts
  (companies), 2 notes and about 10 imports. All of their names begin with "contract-" and twelve random letters.
It sends no campaign and enrolls nobody in an automation, unless you name one with --automation. Automations of your own
that start for *any* list, tag or field would start for these contacts: pause those first.
It keeps to two requests a second, takes about five minutes, and changes no record that it did not create.
The contacts count toward the contact limit of your plan while it runs.`;

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function versionOfPackage(): Promise<string> {
	const content: unknown = JSON.parse(await readFile(join(__dirname, '../../package.json'), 'utf8'));
	return isRecord(content) ? String(content.version) : '';
}

/** The account in the environment; undefined without one. @throws Error when only half of it is there */
function accountInEnvironment(automationId: string | undefined): Target | undefined {
	const { ACTIVECAMPAIGN_ACCOUNT: account = '', ACTIVECAMPAIGN_TOKEN: token = '' } = process.env;
	if (account === '' && token === '') return undefined;
	if (account === '' || token === '')
		throw new Error('Set both ACTIVECAMPAIGN_ACCOUNT and ACTIVECAMPAIGN_TOKEN, or neither for the stand-in');
	const baseUrl = accountBaseUrl(account);
	return { baseUrl, token, automationId, ...(isLocal(baseUrl) ? { wait: waitShortly } : {}) };
}

/** Whether the account is a stand-in on this machine, where no pace has to be kept. */
function isLocal(baseUrl: string): boolean {
	return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseUrl).hostname);
}

const LOCAL_HASTE = 50;

async function waitShortly(ms: number): Promise<void> {
	await setTimeout(ms / LOCAL_HASTE);
}

/** The least time between two requests. */
function intervalFor({ baseUrl }: Target): number {
	return isLocal(baseUrl) ? 0 : INTERVAL_MS;
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			...{ yes: { type: 'boolean' }, clean: { type: 'boolean' }, help: { type: 'boolean' } },
			...{ 'rate-limit': { type: 'boolean' }, automation: { type: 'string' }, out: { type: 'string' } },
		},
	});
	if (values.help) {
		say(USAGE);
		return 0;
	}
	const account = accountInEnvironment(values.automation);
	if (account && values.clean) return await cleanAccount(account, values.yes === true);
	if (account && !values.yes) {
		say(`${PLAN}\nNothing was created. Run it again with --yes to start.`);
		return 2;
	}
	if (account) say(PLAN);
	const folder = values.out ?? 'reports';
	await mkdir(folder, { recursive: true });
	const standIn = account ? undefined : await startStandIn();
	const target = account ?? standIn;
	if (!target) return 2;
	const aborted = new AbortController();
	const interrupt = () => {
		say('Ending: what was created is removed first. Once more to leave it.');
		aborted.abort();
	};
	process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
	const { name, results, cleanup } = await runContract(target, FACTS, {
		...{ say, signal: aborted.signal, rateLimit: standIn !== undefined || values['rate-limit'] === true },
		...(account ? { intervalMs: intervalFor(account) } : {}),
	});
	await standIn?.stop();
	const { hostname } = new URL(target.baseUrl);
	const meta: ReportMeta = {
		...{ against: standIn ? 'the stand-in' : 'an account', version: await versionOfPackage() },
		redact: redactor([target.token, hostname, ...(account ? [hostname.split('.')[0] ?? ''] : [])], name),
	};
	const facts = publish(results, meta);
	await writeFile(join(folder, 'contract.json'), asJson(facts, meta));
	await writeFile(join(folder, 'contract.md'), asMarkdown(facts, meta));
	say(asTable(facts));
	for (const text of differences(facts)) say(`\n${text}`);
	for (const problem of cleanup.problems) say(`\nNOT REMOVED: ${problem}`);
	say(
		`\n${summary(facts)}; ${cleanup.removed.length} records removed. Written: ${folder}/contract.md and contract.json`,
	);
	if (aborted.signal.aborted) return 130;
	const isBroken = facts.some(
		({ result, usedFor }) => result === 'differs' && (usedFor !== undefined || standIn),
	);
	return isBroken || cleanup.problems.length > 0 ? 1 : 0;
}

/** Lists what earlier runs left, and removes it when asked to. */
async function cleanAccount(account: Target, isMeant: boolean): Promise<number> {
	const intervalMs = intervalFor(account);
	if (!isMeant) {
		const { found, problems } = await findOwn(new Client({ ...account, intervalMs }));
		for (const { kind, id, name } of found) say(`${name} (${kind}/${id})`);
		for (const problem of problems) say(problem);
		say(`${found.length} records of the contract. Run it again with --clean --yes to remove them.`);
		return found.length === 0 && problems.length === 0 ? 0 : 2;
	}
	const { removed, problems } = await clean(account, { intervalMs, say });
	for (const { kind, id, name } of removed) say(`Removed ${name} (${kind}/${id})`);
	for (const problem of problems) say(`NOT REMOVED: ${problem}`);
	say(`${removed.length} records removed`);
	return problems.length === 0 ? 0 : 1;
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 2;
	},
);
