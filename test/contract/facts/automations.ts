import { contactAt, ownList } from '../catalog';
import { anyOf, CannotTry, shared, type FactGroup } from '../fact';
import { code, madeId, outcome, rowsOf, text, type Row } from '../read';
import type { Run } from '../run';

function automationOf({ options }: Run): string {
	if (options.automationId === undefined) throw new CannotTry('no automation was given');
	return options.automationId;
}

/** The enrollments of a contact in the automation that the user allows. */
async function enrollmentsOf(run: Run, contact: string): Promise<Row[]> {
	const reply = await run.get(`/contacts/${contact}/contactAutomations`);
	return rowsOf(reply, 'contactAutomations').filter((row) => text(row.automation) === automationOf(run));
}

/** A contact that is enrolled, enrolled again, and taken out. */
const enrolled = shared(async (run) => {
	const contact = await run.newContact();
	const enroll = async () => {
		const contactAutomation = { contact, automation: automationOf(run) };
		return await run.write('POST', '/contactAutomations', { contactAutomation });
	};
	const first = await enroll();
	const read = await enrollmentsOf(run, contact);
	const second = await enroll();
	const afterSecond = await enrollmentsOf(run, contact);
	const removal = await run.write('DELETE', `/contactAutomations/${madeId(first, 'contactAutomation')}`);
	const stillIn = (await enrollmentsOf(run, contact)).filter((row) => row.id === read[0]?.id);
	const counts = await run.get(`/contacts/${contact}/automationEntryCounts`);
	return { first, read, second, afterSecond, removal, stillIn, counts };
});

/** How often, a second apart, it is read whether a subscription has started the automation. */
const MAX_READS = 30;

/** How soon the automation that a subscription starts is listed for the contact. */
async function timeToShow(run: Run): Promise<string> {
	const list = await ownList(run);
	const contact = await run.newContact();
	const reply = await run.write('POST', '/contactLists', { contactList: { list, contact, status: 1 } });
	if (outcome(reply) !== 201) throw new CannotTry(`a subscription gave ${outcome(reply)}`);
	for (let reads = 0; reads < MAX_READS; reads++) {
		if (reads > 0) await run.client.wait(1_000);
		if ((await enrollmentsOf(run, contact)).length > 0) return showsAfter(reads);
	}
	throw new CannotTry(NOT_STARTED);
}

function showsAfter(seconds: number): string {
	if (seconds === 0) return 'at once';
	return seconds <= 5 ? 'within 5 seconds' : `within ${MAX_READS} seconds`;
}

const NOT_STARTED = 'the automation does not start for a contact that is subscribed to any list';

/** How often the automation took a contact that an import subscribed, by where the flag against it was. */
const imported = shared(async (run) => {
	const list = await ownList(run);
	const enrollments = async (inContact: object, atTop: object) => {
		const email = run.newAddress();
		await run.import({ contacts: [{ email, subscribe: [{ listid: list }], ...inContact }], ...atTop });
		const contact = text((await contactAt(run, email))?.id);
		if (contact === '') throw new CannotTry('an imported contact was not found');
		return (await enrollmentsOf(run, contact)).length;
	};
	const without = await enrollments({}, {});
	if (without === 0) throw new CannotTry(NOT_STARTED);
	const flag = { exclude_automations: true };
	return { without, atTop: await enrollments({}, flag), inContact: await enrollments(flag, {}) };
});

export const automationFacts: FactGroup = {
	title: 'Automations',
	facts: [
		{
			name: 'A contact is enrolled with 201 and is then in the automation once',
			certainty: 'documented',
			source: 'API reference, Add a contact to an automation; public recordings',
			usedFor: "the outcomes 'enrolled' and 'alreadyEnrolled'",
			code: 'enrollment',
			needs: 'automation',
			expected: [201, 1],
			observe: async (run) => {
				const { first, read } = await enrolled(run);
				return [outcome(first), read.length];
			},
		},
		{
			name: 'A contact that is enrolled again is in the automation twice, or is refused',
			certainty: 'recorded',
			source: 'reports of public integrations; settings of the automation decide',
			usedFor: 'of two enrollments by two workers at once, the later one is removed',
			code: 'enrollment',
			expected: anyOf([201, 2], [403, 1], [422, 1]),
			needs: 'automation',
			observe: async (run) => {
				const { second, afterSecond } = await enrolled(run);
				return [outcome(second), afterSecond.length];
			},
		},
		{
			name: 'DELETE of an enrollment takes the contact out of the automation',
			certainty: 'documented',
			source: 'API reference, Remove a contact from an automation',
			usedFor: 'removing a contact from an automation',
			code: 'enrollment',
			needs: 'automation',
			expected: [200, 0],
			observe: async (run) => {
				const { removal, stillIn } = await enrolled(run);
				return [outcome(removal), stillIn.length];
			},
		},
		{
			name: 'automationEntryCounts counts all entries of a contact, one that it was taken out of included',
			certainty: 'documented',
			source: "API reference of 2026, Retrieve a contact's automation entry counts",
			usedFor: 'a contact is enrolled once in a lifetime, where its entries that have ended are not listed',
			code: 'enrollment',
			needs: 'automation',
			expected: anyOf(['digits', '2'], 'no such path'),
			observe: async (run) => {
				const { counts } = await enrolled(run);
				if (counts.status === 404) return 'no such path';
				const rows = rowsOf(counts, 'automationEntryCounts');
				const count = rows.find((row) => text(row.id) === automationOf(run))?.contactEntryCount;
				return [/^\d+$/.test(text(count)) ? 'digits' : outcome(counts), code(count)];
			},
		},
		{
			name: 'An automation that there is not gives 404',
			certainty: 'believed',
			source: 'public recordings of other missing records',
			needs: 'automation',
			expected: 404,
			observe: async (run) => {
				const contactAutomation = { contact: await run.newContact(), automation: '2000000001' };
				return outcome(await run.write('POST', '/contactAutomations', { contactAutomation }));
			},
		},
		{
			name: 'An automation that a subscription starts is listed in the next response',
			certainty: 'believed',
			source: 'no recording shows how soon',
			usedFor: 'a contact is enrolled only if its subscription has not started the automation',
			code: 'enrollment',
			needs: 'automation',
			expected: 'at once',
			observe: timeToShow,
		},
		{
			name: 'An import with exclude_automations at its top starts no automation',
			certainty: 'recorded',
			source: 'API reference, Bulk import contacts, which contradicts itself; working clients',
			usedFor: 'keeping an import from triggering automations',
			code: 'importBatches',
			needs: 'automation',
			expected: 0,
			observe: async (run) => (await imported(run)).atTop,
		},
		{
			name: 'exclude_automations inside a contact of an import has no effect',
			certainty: 'believed',
			source: 'API reference, Bulk import contacts, which contradicts itself',
			needs: 'automation',
			expected: 'none',
			observe: async (run) => {
				const { without, inContact } = await imported(run);
				return inContact === without ? 'none' : 'starts no automation';
			},
		},
	],
};
