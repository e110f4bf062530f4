import { expectedOf, HEADING_ROWS, itemOf, type HeadingRow } from '../corpus/headings';
import { credentialsOf, UNPACED, withAccount } from './harness/account';
import { mapAutomatically } from './harness/parameters';
import { runWorkflow } from './harness/runWorkflow';

const STANDARD = {
	Email: 'email',
	'First Name': 'firstName',
	'Last Name': 'lastName',
	Phone: 'phone',
} as const;

/** The heading of the address in a row. */
const emailHeading = (row: HeadingRow) => expectedOf(row)['Email'] ?? '';

describe('Map Automatically', () => {
	it.each(HEADING_ROWS.map((row) => [row.tool, row] as const))(
		'stores two rows of %s, every value in its field and no value elsewhere, or nothing where no address is certain',
		async (_tool, row) => {
			const first = itemOf(row);
			const second = { ...first, [emailHeading(row)]: 'second@example.com' };
			const expected = expectedOf(row);

			await withAccount({ fields: row.fields.map((title) => ({ title, type: 'text' })) }, async (sandbox) => {
				const { items, error } = await runWorkflow({
					credentials: credentialsOf(sandbox),
					items: [first, second],
					nodeParameters: { ...mapAutomatically, options: UNPACED },
				});

				if (emailHeading(row) === '') {
					expect(error?.message).toBe("None of the input fields matches 'Email'");
					expect(sandbox.account.contacts()).toHaveLength(0);
					return;
				}
				expect(error).toBeUndefined();
				expect(items).toHaveLength(2);
				for (const item of [first, second]) {
					const contact = sandbox.account.contactBy(item[emailHeading(row)] ?? '');
					for (const [field, key] of Object.entries(STANDARD)) {
						const heading = expected[field];
						// A name in one piece is split.
						const given = heading === undefined ? '' : (item[heading] ?? '');
						expect({ field, holds: given.includes(contact[key]) }).toEqual({ field, holds: true });
						expect([field, contact[key] === '']).toEqual([field, given.trim() === '']);
					}
					for (const title of row.fields) {
						const heading = expected[title];
						const stored = contact.fieldValues.get(sandbox.account.fieldBy(title).id) ?? '';
						expect([title, stored]).toEqual([
							title,
							heading === undefined ? '' : (item[heading] ?? '').trim(),
						]);
					}
				}
			});
		},
	);
});
