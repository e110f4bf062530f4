import { useAccount } from './harness/account';
import { customFields, lists } from './harness/parameters';
import { jsonOf, textWith } from './harness/results';

const items = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
const news = lists(['id', '401', 'subscribe']);
const setMembership = { method: 'POST', path: '/contactLists' };
/** Held up for longer than a reading is good for. */
const heldUp = { status: 429, headers: { 'Retry-After': '60' } };

describe.each([
	['together with others', {}, 1],
	['by itself', { ignoresInclude: true }, 2],
])(
	'what was known of a contact, read %s, when its turn to be written comes too late',
	(_how, sideLoading, readsEach) => {
		const account = useAccount({ lists: ['News'], fields: [{ title: 'Company' }], sideLoading });
		const statusOf = (email: string) => account.contact(email).lists.get('401')?.status;
		/** Reads of the memberships: one for both contacts, or one for each. */
		const reads = () => {
			const own = account.sandbox.journal.filter({ method: 'GET', path: /contactLists$/ }).length;
			return own > 0 ? own : account.sandbox.journal.count('GET', '/contacts');
		};
		const addContacts = () => {
			for (const { email } of items) account.state.addContact({ email });
		};
		/** What others do in the account 30 seconds from now. */
		const meanwhile = (act: () => void) => void setTimeout(act, 30_000);
		const everybodyUnsubscribes = () => {
			for (const { email } of items) account.state.setMembership(email, 'News', 'unsubscribed');
		};

		it.each([
			['was there before', addContacts],
			['is created by the same run', () => {}],
		])('is read again, and who unsubscribed is not subscribed, if the contact %s', async (_who, prepare) => {
			prepare();
			account.sandbox.failNext({ ...setMembership, times: 2 }, heldUp);
			meanwhile(everybodyUnsubscribes);

			const run = await account.sync(items, news);

			expect(run.status).toBe('success');
			for (const json of jsonOf(run.items)) {
				expect(json['lists']).toEqual([{ name: '401', outcome: 'keptUnsubscribed' }]);
			}
			expect(items.map(({ email }) => statusOf(email))).toEqual([2, 2]);
			expect(account.state.membershipWrites).toEqual([]);
			expect(reads()).toBe(2 * readsEach);
		});

		it('is not read again by a write that has its turn within ten seconds', async () => {
			addContacts();
			account.sandbox.failNext(
				{ ...setMembership, times: 2 },
				{ ...heldUp, headers: { 'Retry-After': '4' } },
			);

			const run = await account.sync(items, news);

			for (const json of jsonOf(run.items)) {
				expect(json['lists']).toEqual([{ name: '401', outcome: 'subscribed' }]);
			}
			expect(reads()).toBe(readsEach);
		});

		it('is read again after a write whose response was lost, which is reported as what it did', async () => {
			addContacts();
			account.sandbox.failNext({ ...setMembership, times: 2 }, { status: 502, afterWrite: true });
			account.sandbox.startSpell({
				match: setMembership,
				fault: 'serverError',
				afterMs: 200,
				forMs: 15_000,
			});

			const run = await account.sync(items, news);

			for (const json of jsonOf(run.items)) {
				expect(json['lists']).toEqual([{ name: '401', outcome: 'subscribed' }]);
			}
			expect(account.state.membershipWrites).toHaveLength(2);
		});

		it('fails the step after ten such times, with nothing written', async () => {
			addContacts();
			account.sandbox.failNext({ ...setMembership, times: 999 }, heldUp);

			const run = await account.sync(items, news, { onError: 'continueRegularOutput' });

			for (const json of jsonOf(run.items)) {
				expect(json['lists']).toEqual([
					{
						name: '401',
						outcome: 'failed',
						reason: textWith("the contact's data went out of date 10 times"),
					},
				]);
			}
			expect(account.state.membershipWrites).toEqual([]);
		});

		it('is read again where only blanks are filled, so that nothing is overwritten', async () => {
			addContacts();
			account.sandbox.failNext({ path: '/contact/sync', times: 2 }, heldUp);
			meanwhile(() => {
				for (const { email } of items) {
					account.state.addContact({
						email,
						firstName: 'Given',
						fieldValues: { Company: 'Theirs' },
					});
				}
			});

			const run = await account.sync(items, {
				firstName: 'New',
				lastName: 'New',
				...customFields(['name', 'Company', 'Ours']),
				options: { emptyValues: 'fillOnly' },
			});

			expect(run.status).toBe('success');
			for (const { email } of items) {
				expect(account.contact(email)).toMatchObject({ firstName: 'Given', lastName: 'New' });
				expect(account.stored(email, 'Company')).toBe('Theirs');
			}
		});
	},
);

describe('two items of one address that are sent one after the other', () => {
	const account = useAccount({ lists: ['News'], alwaysCreated: true });
	const twice = ['ann@example.com', 'ANN@example.com', 'bob@example.com', 'bob@example.com'].map((email) => ({
		email,
	}));

	it('are not both reported as created, and the second does not treat the contact as new', async () => {
		const run = await account.sync(twice, { ...news, options: { mergeDuplicates: false } });

		expect(jsonOf(run.items).map(({ action }) => action)).toEqual([
			'created',
			'updated',
			'created',
			'updated',
		]);
		expect(jsonOf(run.items).map((json) => json['lists'])).toEqual(
			['subscribed', 'alreadySubscribed', 'subscribed', 'alreadySubscribed'].map((outcome) => [
				{ name: '401', outcome },
			]),
		);
	});
});
