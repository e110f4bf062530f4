import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useAccount } from './harness/account';
import { jsonOf, textWith } from './harness/results';
import type { RunOptions } from './harness/runWorkflow';

const OPERATION = { operation: 'deleteContact' };
const byId = { matchBy: 'contactId', contactId: '={{ $json.id }}' };
const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('Delete Contact', () => {
	const account = useAccount({ lists: ['News'] });
	beforeEach(() => {
		for (const name of ['Ann', 'Bob', 'Cleo']) {
			account.state.addContact({
				email: `${name.toLowerCase()}@example.com`,
				firstName: name,
				lists: { News: 'unsubscribed' },
			});
		}
	});
	const idOf = (email: string) => account.contact(email).id;
	const left = () => account.state.contacts().map(({ email }) => email);
	const remove = async (
		items: IDataObject[],
		parameters: INodeParameters = {},
		more: Partial<Pick<RunOptions, 'onError' | 'signal'>> = {},
	) => await account.sync(items, { ...OPERATION, ...parameters }, more);
	const deletions = () => account.requests().filter((request) => request.startsWith('DELETE'));

	it('deletes contacts by email address, and reports those that do not exist', async () => {
		const [ann, bob] = [idOf('ann@example.com'), idOf('bob@example.com')];
		const emails = [' ANN@example.com', 'nobody@example.com', 'bob@example.com'];

		const run = await remove(emails.map((email) => ({ email })));

		expect(jsonOf(run.items)).toEqual([
			{ action: 'deleted', id: ann, email: 'ann@example.com' },
			{ action: 'notFound', email: 'nobody@example.com' },
			{ action: 'deleted', id: bob, email: 'bob@example.com' },
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(left()).toEqual(['cleo@example.com']);
		expect(account.requests().sort()).toEqual([
			`DELETE /contacts/${ann}`,
			`DELETE /contacts/${bob}`,
			'GET /contacts',
			'GET /contacts',
			'GET /contacts',
		]);
		expect(run.hints.map(({ message }) => message)).toEqual(['3 items: 2 contacts deleted, 1 not found.']);
	});

	it('deletes contacts by ID in one request each', async () => {
		const ids = [idOf('ann@example.com'), '999999', idOf('cleo@example.com')];

		const run = await remove(
			ids.map((id) => ({ id })),
			byId,
		);

		expect(jsonOf(run.items)).toEqual([
			{ action: 'deleted', id: ids[0] },
			{ action: 'notFound', id: '999999' },
			{ action: 'deleted', id: ids[2] },
		]);
		expect(left()).toEqual(['bob@example.com']);
		expect(account.requests()).toEqual(ids.map((id) => `DELETE /contacts/${id}`));
	});

	it('deletes and counts a contact once when several items mean it', async () => {
		const id = idOf('ann@example.com');

		const byIds = await remove([{ id }, { id: `00${id}` }, { id: idOf('bob@example.com') }], byId);
		const byEmail = await remove([{ email: 'cleo@example.com' }, { email: 'CLEO@example.com' }]);

		expect(jsonOf(byIds.items).map(({ action }) => action)).toEqual(['deleted', 'deleted', 'deleted']);
		expect(jsonOf(byEmail.items).map(({ action }) => action)).toEqual(['deleted', 'deleted']);
		expect(deletions()).toHaveLength(3);
		expect(byIds.hints.map(({ message }) => message)).toEqual(['3 items: 2 contacts deleted.']);
		expect(byEmail.hints.map(({ message }) => message)).toEqual(['2 items: 1 contact deleted.']);
	});

	it.each([
		[{}, '', "'Email' is empty"],
		[{}, null, "'Email' is empty"],
		[{}, '@example.com', "'Email' is not a valid email address: '@example.com'"],
		[byId, '', "'Contact ID' is empty"],
		[byId, 'ann@example.com', "'Contact ID' is not a contact's ID: 'ann@example.com'"],
		[byId, '-1', "'Contact ID' is not a contact's ID: '-1'"],
		[byId, '0', "'Contact ID' is not a contact's ID: '0'"],
		[byId, [1, 2], "'Contact ID' is not a contact's ID: '[1,2]'"],
	])('sends no request for an item that names no contact: %j %j', async (parameters, given, message) => {
		const items = [
			{ id: given, email: given },
			{ id: given, email: given },
		];

		const run = await remove(items, parameters, CONTINUE);

		expect(jsonOf(run.items)).toMatchObject([
			{ action: 'failed', error: textWith(message) },
			{ action: 'failed', error: textWith(message) },
		]);
		expect(account.requests()).toEqual([]);
		expect(left()).toHaveLength(3);
	});

	it('says that a contact was not deleted where the account says so in a 200', async () => {
		account.sandbox.rewrite({ method: 'DELETE', path: /^\/contacts\/\d+$/ }, (response) => ({
			...response,
			body: { errors: [{ title: 'The contact is locked' }] },
		}));

		const run = await remove([{ email: 'ann@example.com' }], {}, CONTINUE);

		expect(jsonOf(run.items)).toMatchObject([{ action: 'failed', error: textWith('The contact is locked') }]);
	});

	it('deletes nobody where the account ignores the filter by address and returns everybody', async () => {
		const everybody = left();
		account.sandbox.rewrite({ method: 'GET', path: '/contacts' }, (response) => ({
			...response,
			body: {
				contacts: account.state.contacts().map(({ id, email }) => ({ id, email })),
				meta: { total: '3' },
			},
		}));

		const run = await remove([{ email: 'an@example.com' }, { email: 'ann@example.co' }]);

		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['notFound', 'notFound']);
		expect(deletions()).toEqual([]);
		expect(left()).toEqual(everybody);
	});

	it.each(['', '0/../2', null])('deletes nobody where the account returns the ID %j', async (id) => {
		account.sandbox.rewrite({ method: 'GET', path: '/contacts' }, (response) => ({
			...response,
			body: { contacts: [{ id, email: 'ann@example.com' }] },
		}));

		const run = await remove([{ email: 'ann@example.com' }, { email: 'ann@example.com' }], {}, CONTINUE);

		expect(jsonOf(run.items)).toMatchObject([
			{ action: 'failed', error: textWith('whose ID is not a number') },
			{ action: 'failed', error: textWith('whose ID is not a number') },
		]);
		expect(deletions()).toEqual([]);
	});

	it('shows in a dry run who would be deleted, and only reads', async () => {
		const id = idOf('ann@example.com');
		const dryRun = { options: { dryRun: true } };

		const byEmail = await remove([{ email: 'ANN@example.com' }, { email: 'nobody@example.com' }], dryRun);
		const byIds = await remove([{ id }, { id: 999_999 }], { ...byId, ...dryRun });

		const ann = {
			action: 'wouldDelete',
			id,
			email: 'ann@example.com',
			firstName: 'Ann',
			lastName: '',
			phone: '',
		};
		expect(jsonOf(byEmail.items)).toEqual([ann, { action: 'notFound', email: 'nobody@example.com' }]);
		expect(jsonOf(byIds.items)).toEqual([ann, { action: 'notFound', id: '999999' }]);
		expect(account.requests().every((request) => request.startsWith('GET'))).toBe(true);
		expect(left()).toHaveLength(3);
		expect(byIds.hints.map(({ message }) => message)).toEqual([
			'Dry run: 1 would be deleted, 1 not found, nothing sent.',
		]);
	});

	it('deletes only for the items that are not a dry run', async () => {
		const run = await remove(
			[
				{ email: 'ann@example.com', dryRun: true },
				{ email: 'bob@example.com', dryRun: false },
				{ email: 'bob@example.com', dryRun: true },
			],
			{ options: { dryRun: '={{ $json.dryRun }}' } },
		);

		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['wouldDelete', 'deleted', 'wouldDelete']);
		expect(left()).toEqual(['ann@example.com', 'cleo@example.com']);
	});

	it('keeps the unsubscribe for a contact that is created again', async () => {
		await remove([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);

		await account.sync([{ email: 'ann@example.com' }, { email: 'cleo@example.com' }]);

		const contact = account.contact('ann@example.com');
		expect(account.state.hasUnsubscribed(contact, account.state.listBy('News').id)).toBe(true);
	});

	it.each([
		['a cut connection', 'resetAfterWrite'],
		['a gateway error', { status: 502, afterWrite: true }],
		['an unreadable response', { name: 'brokenJson', afterWrite: true }],
		['a time-out', 'hangAfterWrite'],
	] as const)('reports a contact as deleted when a retry after %s finds it gone', async (_name, fault) => {
		account.sandbox.failNext({ method: 'DELETE', times: 2 }, fault);
		const byEmail = await remove([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);
		account.sandbox.failNext({ method: 'DELETE', times: 1 }, fault);
		const byIds = await remove([{ id: idOf('cleo@example.com') }, { id: 999_999 }], byId);

		expect(jsonOf(byEmail.items).map(({ action }) => action)).toEqual(['deleted', 'deleted']);
		expect(jsonOf(byIds.items).map(({ action }) => action)).toEqual(['deleted', 'notFound']);
		expect(left()).toEqual([]);
	});

	it('names the contacts that are gone when they are searched again after a lost response', async () => {
		const emails = ['ann@example.com', 'bob@example.com'];
		const ids = emails.map(idOf);
		const lost = { status: 503, afterWrite: true, delayMs: 15_000 };
		account.sandbox.failNext({ method: 'DELETE', times: 2 }, lost);

		const run = await remove(emails.map((email) => ({ email })));

		expect(jsonOf(run.items)).toEqual([
			{ action: 'deleted', id: ids[0], email: emails[0] },
			{ action: 'deleted', id: ids[1], email: emails[1] },
		]);
		expect(deletions()).toHaveLength(2);
	});

	it.each([
		['too many requests', 'rateLimited'],
		['a server error', 'serverError'],
		['a cut connection', 'resetBeforeWrite'],
	] as const)('deletes every contact after %s', async (_name, fault) => {
		account.sandbox.failNext({ times: 3 }, fault);

		const run = await remove([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);

		expect(jsonOf(run.items).map(({ action }) => action)).toEqual(['deleted', 'deleted']);
		expect(left()).toEqual(['cleo@example.com']);
	});

	it('searches the contact again when it was found too long ago, so that nobody else is deleted', async () => {
		const ann = account.contact('ann@example.com');
		account.sandbox.failNext({ method: 'DELETE', times: 1 }, { status: 503, delayMs: 15_000 });
		// Meanwhile the address is given to another contact.
		setTimeout(() => {
			account.state.changeEmail(ann, 'other@example.com');
			account.state.addContact({ email: 'ann@example.com' });
		}, 5_000);

		const run = await remove([{ email: 'ann@example.com' }]);

		expect(jsonOf(run.items)).toMatchObject([{ action: 'deleted', email: 'ann@example.com' }]);
		expect(left().sort()).toEqual(['bob@example.com', 'cleo@example.com', 'other@example.com']);
	});

	it('fails the items with advice while the account is down', async () => {
		account.sandbox.startSpell({ fault: 'serverError', forMs: 3_600_000 });

		const stopped = await remove([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);
		const run = await remove([{ id: 1 }, { id: 2 }], byId, { onError: 'continueErrorOutput' });

		expect(stopped.error?.message).toContain('ActiveCampaign could not read the contact right now');
		expect(run.items).toEqual([]);
		expect(jsonOf(run.errorItems)).toMatchObject([
			{ error: textWith('ActiveCampaign could not delete the contact right now') },
			{ error: textWith('ActiveCampaign could not delete the contact right now') },
		]);
		expect(left()).toHaveLength(3);
	});

	it('names the missing permission when the token may not delete', async () => {
		account.sandbox.failNext({ method: 'DELETE', times: 99 }, 'forbidden');

		const run = await remove([{ email: 'ann@example.com' }, { email: 'bob@example.com' }]);

		expect(run.error?.message).toContain('did not allow this API key to delete the contact');
		expect(run.error?.description).toContain('delete contacts');
	});

	it('deletes no further contact once the run is stopped', async () => {
		for (let index = 0; index < 50; index += 1) account.state.addContact({ email: `c${index}@example.com` });
		account.sandbox.configure({ latencyMs: 100 });
		const items = account.state.contacts().map(({ id }) => ({ id }));
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 2_000);

		const run = await remove(
			items,
			{ ...byId, options: { requestsPerSecond: 5 } },
			{ signal: controller.signal },
		);

		expect(run.status).toBe('canceled');
		expect(deletions().length).toBeGreaterThan(5);
		expect(deletions().length).toBeLessThan(20);
		expect(left()).toHaveLength(items.length - deletions().length);
	});
});
