import { isRecord } from '../guards';
import { sized } from '../size';
import { UNPACED, useAccount } from './harness/account';
import { otherWorker } from './harness/otherWorker';
import { automations, lists } from './harness/parameters';
import { jsonOf, textWith, outcomesBeing } from './harness/results';
import type { RunResult } from './harness/runWorkflow';

const WARNING = textWith("The contact was enrolled 2 times at the same moment in automation 'Welcome'");
const welcome = automations(['name', 'Welcome']);
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ email: `c${index}@example.com` }));
const warningsOf = (run: RunResult) => jsonOf(run.items).map(({ warnings }) => warnings);

describe('an enrollment that another n8n worker makes at the same moment', () => {
	const account = useAccount({
		lists: ['News'],
		automations: ['Welcome', 'Goodbye'],
		latencyMs: { min: 50, max: 150 },
	});
	const entriesOf = (email: string, automation = '801') =>
		account.contact(email).automations.filter(({ automationId }) => automationId === automation);
	/** The account takes double enrollments for mistakes: here they are made, and corrected. @returns how many */
	const forgetMistakes = () => account.state.mistakes.splice(0).length;
	/** From now on, somebody else enrolls each contact just after the node. @returns ends it */
	const enrollTwice = (completed = false) =>
		account.sandbox.rewrite({ method: 'POST', path: '/contactAutomations' }, (response, { text }) => {
			const body: unknown = JSON.parse(text);
			const sent = isRecord(body) && isRecord(body.contactAutomation) ? body.contactAutomation : {};
			const contact = account.state.contactById(String(sent.contact));
			if (contact) account.state.enroll(contact, String(sent.automation)).completed = completed;
			return response;
		});

	it.each(['new', 'there'] as const)(
		'is taken back by two workers, so that one stays of contacts that are %s',
		async (who) => {
			const items = people(sized(2, 6));
			if (who === 'there') for (const { email } of items) account.state.addContact({ email });
			const other = await otherWorker();
			const { credentials } = account;
			const nodeParameters = { email: '={{ $json.email }}', ...welcome, options: UNPACED };

			for (const item of items) {
				// So late that the other worker does not see it when it decides.
				account.sandbox.failNext({ path: '/contactAutomations' }, { delayMs: 1_000 });
				const runs = await Promise.all([
					account.sync([item], welcome),
					other.runWorkflow({ credentials, items: [item], nodeParameters }),
				]);

				expect(forgetMistakes()).toBe(1);
				expect(entriesOf(item.email)).toHaveLength(1);
				for (const { items: output } of runs) {
					expect(jsonOf(output)).toMatchObject([{ automations: { Welcome: 'enrolled' } }]);
				}
				const warnings = runs.flatMap(warningsOf).filter((ofRun) => ofRun !== undefined);
				expect(warnings.length).toBeGreaterThan(0);
				for (const ofRun of warnings) expect(ofRun).toEqual([WARNING]);
			}
		},
	);

	it('is the one that is taken back, its ID being higher; the outcome says so', async () => {
		const items = people(3);
		enrollTwice();

		const run = await account.sync(items, automations(['name', 'Welcome'], ['id', '802']));

		forgetMistakes();
		for (const [index, json] of jsonOf(run.items).entries()) {
			const { email = '' } = items[index] ?? {};
			expect(json['automations']).toEqual({ Welcome: 'enrolled', 802: 'enrolled' });
			expect(json['warnings']).toEqual([WARNING, textWith("automation '802', e.g. by another n8n worker")]);
			const kept = [...entriesOf(email), ...entriesOf(email, '802')].map(({ id }) => Number(id) % 2);
			// Each of the node's own was made just before the other one.
			expect(kept).toEqual([1, 1]);
		}
	});

	it('is left alone if it has ended', async () => {
		const items = people(2);
		enrollTwice(true);

		const run = await account.sync(items, welcome);

		forgetMistakes();
		for (const { email } of items) expect(entriesOf(email)).toHaveLength(2);
		expect(warningsOf(run)).toEqual([undefined, undefined]);
		expect(account.sandbox.journal.count('DELETE')).toBe(0);
	});

	it('is told when it cannot be taken back, and the item has not failed', async () => {
		const items = people(2);
		enrollTwice();
		account.sandbox.failNext({ method: 'DELETE', times: 99 }, 'forbidden');

		const run = await account.sync(items, welcome);

		forgetMistakes();
		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['created', 'created']);
		for (const warnings of warningsOf(run)) {
			expect(warnings).toEqual([textWith('may not edit contacts and automations')]);
		}
	});

	it('does not fail the enrollment when it cannot be looked for', async () => {
		account.sandbox.configure({ sideLoading: { ignoresInclude: true } });
		account.sandbox.failNext({ path: /^\/contacts\/\d+\/contactAutomations$/, times: 99 }, 'forbidden');

		const run = await account.sync(people(2), welcome);

		for (const json of jsonOf(run.items)) {
			expect(json).toMatchObject({ action: 'created', automations: outcomesBeing('enrolled') });
			expect(json).not.toHaveProperty('warnings');
		}
	});
});

describe('looking for enrollments by others', () => {
	const account = useAccount({
		lists: ['News'],
		automations: ['Welcome'],
		latencyMs: 250,
		requestsPerSecond: 5,
	});
	const reads = () => account.sandbox.journal.count('GET', '/contacts');
	const ownPace = { options: { requestsPerSecond: 5 } };

	it.each([
		['an automation', welcome, 2],
		['a list and an automation', { ...welcome, ...lists(['name', 'News', 'subscribe']) }, 3],
	])('costs two requests at most for many new contacts with %s', async (_what, parameters, writes) => {
		// Of which it is known afterwards whether the list starts the automation.
		await account.sync([{ email: 'first@example.com' }], parameters);
		account.sandbox.journal.clear();
		const startedAt = performance.now();

		const count = sized(40, 100);
		await account.sync(people(count), { ...parameters, ...ownPace });

		expect(account.sandbox.journal.count('POST')).toBe(writes * count);
		const seconds = (performance.now() - startedAt) / 1_000;
		expect(account.requests().length / seconds).toBeGreaterThan(sized(4.5, 4.7));
		if (writes === 2) expect(reads()).toBeLessThanOrEqual(2);
	});

	it('costs one request for a form, also with two automations', async () => {
		account.state.addAutomation('Second');
		await account.sync([{ email: 'first@example.com' }], welcome);
		account.sandbox.journal.clear();

		await account.sync([{ email: 'ann@example.com' }], automations(['id', '801'], ['id', '802']));
		await account.sync([{ email: 'bob@example.com' }], automations(['id', '801']));

		expect(reads()).toBe(2);
		expect(account.requests()).toHaveLength(2 + 3 + 2);
	});

	it('costs nothing where nobody was enrolled', async () => {
		const items = people(10);
		for (const { email } of items) account.state.addContact({ email, automations: ['Welcome'] });

		await account.sync(items, welcome);

		expect(reads()).toBe(1);
	});
});
