import { runOn, syncNode } from '../n8n/workflow';
import { useAccount } from './account';
import { Person } from './person';
import { screenshot } from './pictures';
import { sharedN8n } from './shared';

const { client } = sharedN8n();
const account = useAccount();
const sync = 'ActiveCampaign Sync';
const operations = ['syncContact', 'syncContactsInBulk', 'getContact', 'getManyContacts', 'deleteContact'];

/** What people type who look for such a node. */
const SEARCHES = [
	...['active campaign', 'bulk import', 'add tag', 'add contact', 'mailing list', 'email marketing'],
	...['newsletter subscriber', 'CRM contact', 'email list', 'marketing automation', 'import contacts'],
	...['upsert contact', 'unsubscribe'],
];

jest.setTimeout(240_000);

/** What is read of an element on the page. */
interface Box {
	scrollWidth: number;
	clientWidth: number;
	textContent: string | null;
	querySelectorAll(selector: string): Iterable<Box>;
}

describe("in n8n's editor, the node", () => {
	it('is found by what people search for', async () => {
		const person = await Person.at(client);
		const workflow = await client.createWorkflow(runOn([], syncNode(account.credential, {})));
		await person.editor.openWorkflow(workflow);
		const ours = (await person.searchNodes('activecampaign')).filter({ hasText: sync });
		const search = person.page.getByTestId('node-creator-search-bar');
		for (const words of SEARCHES) {
			await search.fill('nothing has this name');
			await ours.waitFor({ state: 'hidden' });
			await search.fill(words);
			await ours.waitFor();
			await screenshot(person.page, `search ${words}`);
		}
		await person.editor.close();
	});

	it.each([
		['light', 1440],
		['light', 1024],
		['dark', 1440],
		['dark', 1024],
	] as const)(
		'shows each operation and its text whole, in the %s theme at %i pixels',
		async (theme, width) => {
			const person = await Person.at(client, { theme, size: { width, height: 900 } });
			for (const operation of operations) {
				const tested = syncNode(account.credential, { operation });
				await person.editor.openWorkflow(await client.createWorkflow(runOn([], tested)));
				await person.editor.openNode(sync);
				await person.field('operation').waitFor();
				await screenshot(person.page, `${theme}-${width}-${operation}`);
			}
			await person.field('operation').click();
			const texts = person.page.getByRole('option').filter({ visible: true });
			await texts.first().waitFor();
			await screenshot(person.page, `${theme}-${width}-operations`);
			const cut = await texts.evaluateAll((options: Box[]) =>
				options
					.flatMap((option) => [option, ...option.querySelectorAll('*')])
					.filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
					.map((part) => part.textContent),
			);
			expect(cut).toEqual([]);
			await person.editor.close();
		},
	);

	it('keeps Dry Run on while somebody looks at every other operation', async () => {
		const person = await Person.at(client);
		const tested = syncNode(account.credential, { email: '={{ $json.email }}', options: { dryRun: true } });
		const stored = await client.createWorkflow(runOn([{ email: 'ann@example.com' }], tested));
		await person.open(stored, sync);
		const isOn = async () => await person.field('dryRun').getByRole('switch').isChecked();

		for (const name of [
			'Sync Contacts in Bulk',
			'Get Contact',
			'Get Many Contacts',
			'Delete Contact',
			'Sync Contact',
		]) {
			await person.choose('operation', name);
			await person.field('dryRun').waitFor();
			expect([name, await isOn()]).toEqual([name, true]);
		}
		// Another expression than the first one, so that it shows when this one is saved.
		await person.fillExpression('email', '{{ $json.email.trim() }}');
		await person.execute();
		await person.outputTable('wouldCreate');
		expect(account.sandbox.journal.entries.every(({ method }) => method === 'GET')).toBe(true);
		await person.editor.close();
	});
});
