import fc from 'fast-check';
import { columnField, matchColumns, resolveColumn } from '../../../nodes/ActiveCampaignSync/input/columns';
import { FieldCatalog } from '../../../nodes/ActiveCampaignSync/fields/fieldCatalog';
import { STANDARD_COLUMNS } from '../../../nodes/ActiveCampaignSync/fields/standardFields';
import { columnCatalog as catalog, textField as field } from '../fields/customFields';

const none = new FieldCatalog([]);

const matches = (keys: string[], of = catalog) => Object.fromEntries(matchColumns(keys, of).matched);

describe('the keys of a form', () => {
	it('fill the columns that are called so, whatever the spelling', () => {
		expect(
			matches([
				'E-Mail',
				'first_name',
				'LAST NAME',
				'Phone:',
				'company *',
				'shoe-size',
				'Your favorite color',
			]),
		).toEqual({
			email: 'E-Mail',
			firstName: 'first_name',
			lastName: 'LAST NAME',
			phone: 'Phone:',
			field_1: 'company *',
			field_2: 'shoe-size',
			field_12: 'Your favorite color',
		});
		expect(matches(['email', 'firstName', '%COMPANY%', 'TWIN_A', 'twin-b'])).toEqual({
			email: 'email',
			firstName: 'firstName',
			field_1: '%COMPANY%',
			field_20: 'TWIN_A',
			field_21: 'twin-b',
		});
	});

	it.each([
		[
			'email',
			[
				'E-mail address',
				'Email Address',
				'e-mail',
				'Mail',
				'Your email',
				'Work email',
				'E-Mail-Adresse',
				'Correo electrónico',
				'Courriel',
			],
		],
		[
			'firstName',
			['First name', 'Given name', 'Forename', 'fname', 'Vorname', 'Prénom', 'Voornaam', 'Imię', 'Förnamn'],
		],
		[
			'lastName',
			['Last name', 'Surname', 'Family name', 'lname', 'Nachname', 'Nom de famille', 'Apellidos', 'Cognome'],
		],
		[
			'phone',
			[
				'Phone number',
				'Telephone',
				'Tel.',
				'Mobile',
				'Mobile phone',
				'Cell',
				'Telefonnummer',
				'Handy',
				'Téléphone',
			],
		],
	])('fill %s from common labels', (column, labels) => {
		for (const label of labels) {
			expect(matchColumns([label, 'Something'], none).matched).toEqual(new Map([[column, label]]));
		}
	});

	it.each(['Nombre', 'Address', 'Message', 'Website', '', '***', '🎉'])(
		'%j finds no column, and is reported',
		(key) => {
			expect(matchColumns([key, 'Email'], none)).toEqual({
				matched: new Map([['email', 'Email']]),
				unmapped: [{ key, reason: 'No field has this name' }],
			});
		},
	);

	it.each([
		['Name', "'First Name' or 'Last Name'"],
		['Last', "'Last Name'"],
		['Company name', "'Company'"],
		['Phone brand', "'Phone'"],
	])('%j finds no column, and is reported with the columns that it may mean', (key, suggested) => {
		const catalog = new FieldCatalog([field('1', 'Company')]);
		const reason = `No field has this name. Did you mean ${suggested}?`;
		expect(matchColumns([key, 'Email'], catalog).unmapped).toEqual([{ key, reason }]);
	});

	it('suggest no column that another key fills', () => {
		expect(matchColumns(['Phone brand', 'Phone'], none).unmapped).toEqual([
			{ key: 'Phone brand', reason: 'No field has this name' },
		]);
	});

	it('that look like IDs mean a title, and nothing where no title fits', () => {
		const sheet = new FieldCatalog([
			field('1', 'Company'),
			field('2', '3'),
			field('3', 'Field 1'),
			field('4', '1'),
		]);

		expect(matchColumns(['Email', '1', '2', '03', '3', 'field_1', 'field_2'], sheet)).toEqual({
			matched: new Map([
				['email', 'Email'],
				['field_4', '1'],
				['field_2', '3'],
				['field_3', 'field_1'],
			]),
			unmapped: ['2', '03', 'field_2'].map((key) => ({
				key,
				reason: 'Automatic mapping does not use IDs: name the key after the field',
			})),
		});
	});

	it('that n8n’s form trigger adds are reported only where they would be missed', () => {
		const keys = ['submittedAt', 'formMode', 'formQueryParameters', 'Email'];
		expect(matchColumns(keys, none)).toEqual({ matched: new Map([['email', 'Email']]), unmapped: [] });
		const wanting = new FieldCatalog([field('5', 'Submitted at'), field('6', 'Form mode')]);
		expect(matches(keys, wanting)).toEqual({ email: 'Email', field_5: 'submittedAt', field_6: 'formMode' });
		expect(matchColumns(['Submitted at', 'submittedAt'], wanting).unmapped.map(({ key }) => key)).toEqual([
			'Submitted at',
			'submittedAt',
		]);
	});

	it('that are the title of a custom field fill it rather than the column of a common label', () => {
		const mobile = new FieldCatalog([field('4', 'Mobile'), field('5', 'Phone'), field('6', 'x', 'SURNAME')]);
		expect(matches(['mobile', 'Phone', 'Surname'], mobile)).toEqual({
			field_4: 'mobile',
			phone: 'Phone',
			field_6: 'Surname',
		});
	});

	it('that are a column’s own name go before common labels', () => {
		expect(matchColumns(['Mobile', 'Phone', 'Telephone'], none)).toEqual({
			matched: new Map([['phone', 'Phone']]),
			unmapped: [
				{ key: 'Mobile', reason: "'Phone' is filled from 'Phone'" },
				{ key: 'Telephone', reason: "'Phone' is filled from 'Phone'" },
			],
		});
	});

	it('that match the same column leave it empty, and both are reported as unmapped', () => {
		expect(
			matchColumns(['Mobile', 'Email', 'Telephone', 'Shoe size', 'shoe_size', 'email'], catalog),
		).toEqual({
			matched: new Map(),
			unmapped: [
				{ key: 'Mobile', reason: "Several keys match 'Phone': 'Mobile', 'Telephone'" },
				{ key: 'Email', reason: "Several keys match 'Email': 'Email', 'email'" },
				{ key: 'Telephone', reason: "Several keys match 'Phone': 'Mobile', 'Telephone'" },
				{ key: 'Shoe size', reason: "Several keys match 'Shoe size': 'Shoe size', 'shoe_size'" },
				{ key: 'shoe_size', reason: "Several keys match 'Shoe size': 'Shoe size', 'shoe_size'" },
				{ key: 'email', reason: "Several keys match 'Email': 'Email', 'email'" },
			],
		});
		expect(matchColumns(['Phone', 'phone', 'Mobile'], none).unmapped.map(({ reason }) => reason)).toEqual(
			Array.from({ length: 3 }, () => "Several keys match 'Phone': 'Phone', 'phone', 'Mobile'"),
		);
	});

	it('that match two fields fill neither, and are reported as unmapped', () => {
		expect(matchColumns(['Twin', 'twin:', 'Email'], catalog)).toEqual({
			matched: new Map([['email', 'Email']]),
			unmapped: [
				{ key: 'Twin', reason: 'Several custom fields have this name: ID 20 (%TWIN_A%), ID 21 (%TWIN_B%)' },
				{ key: 'twin:', reason: 'Several custom fields have this name: ID 20 (%TWIN_A%), ID 21 (%TWIN_B%)' },
			],
		});
	});

	it('leave a custom field that is called like a standard column to its id and tag', () => {
		expect(matches(['Email', 'MAIL_2'])).toEqual({ email: 'Email', field_30: 'MAIL_2' });
	});

	it('each fill one column or are reported, whatever the names of keys and fields', () => {
		const names = fc.oneof(
			fc.string(),
			fc.constantFrom(
				'Email',
				'e-mail',
				'Mobile',
				'Phone',
				'__proto__',
				'constructor',
				'toString',
				'',
				'1',
				'field_1',
				'🎉',
				'x'.repeat(500),
			),
		);
		fc.assert(
			fc.property(fc.uniqueArray(names), fc.array(names), (keys, titles) => {
				const of = new FieldCatalog(
					titles.map((title, index) => field(String(index), title, title.toUpperCase())),
				);
				const { matched, unmapped } = matchColumns(keys, of);
				const used = [...matched.values(), ...unmapped.map(({ key }) => key)];
				expect(used.sort()).toEqual([...keys].sort());
				for (const [column, key] of matched) {
					expect(STANDARD_COLUMNS.has(column) || columnField(column, of) !== undefined).toBe(true);
					const byHand = /^\s*(field_)?\d+\s*$/.test(key) ? undefined : resolveColumnOrNone(key, of);
					if (byHand !== undefined) expect(byHand).toBe(column);
				}
			}),
		);
	});
});

function resolveColumnOrNone(key: string, of: FieldCatalog): string | undefined {
	try {
		return resolveColumn(key, of);
	} catch {
		return undefined;
	}
}
