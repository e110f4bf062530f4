import { normalizeLabel } from '../fields/fieldNames';
import type { StandardColumn } from '../fields/standardFields';

/**
 * What forms call the standard columns. Left out is what may as well mean something else: "Name" and "Nombre" can be
 * a whole name, "Last" a date.
 */
const LABELS: ReadonlyArray<readonly [StandardColumn, string]> = [
	[
		'email',
		'E-mail address, Mail, Mail address, Email ID, Your email, Your email address, Contact email, Work email,' +
			'Work email address, Business email, Business email address, Company email, Personal email, E-Mail-Adresse,' +
			'Mailadresse, Ihre E-Mail-Adresse, Courriel, Adresse e-mail, Adresse mail, Adresse électronique,' +
			'Correo, Correo electrónico, Correo electronico, Indirizzo e-mail, Posta elettronica, Endereço de e-mail,' +
			'E-mailadres, E-post, E-postadress, E-postadresse, Mailadresse, Adres e-mail',
	],
	[
		'firstName',
		'Given name, Given names, Forename, Fore name, Christian name, FName, Your first name, Contact first name,' +
			'Vorname, Ihr Vorname, Prénom, Prenom, Votre prénom, Nombre de pila, Primeiro nome, Voornaam, Fornavn,' +
			'Förnamn, Imię, Imie, Etunimi, Jméno',
	],
	[
		'lastName',
		'Surname, Sur name, Family name, LName, Your last name, Contact last name, Nachname, Ihr Nachname,' +
			'Familienname, Zuname, Nom de famille, Apellido, Apellidos, Cognome, Sobrenome, Achternaam, Efternavn,' +
			'Etternavn, Efternamn, Nazwisko, Sukunimi, Příjmení',
	],
	[
		'phone',
		'Phone number, Phone no, Telephone, Telephone number, Telephone no, Tel, Tel no, Your phone,' +
			'Your phone number, Contact phone, Contact number, Contact phone number, Daytime phone, Work phone,' +
			'Home phone, Business phone, Mobile, Mobile phone, Mobile number, Mobile no, Mobile phone number, Cell,' +
			'Cell phone, Cell number, Cell phone number, Telefon, Telefonnummer, Ihre Telefonnummer, Rufnummer, Handy,' +
			'Handynummer, Mobil, Mobilnummer, Mobiltelefon, Téléphone, Numéro de téléphone, Teléfono, Telefono,' +
			'Número de teléfono, Móvil, Movil, Teléfono móvil, Celular, Numero di telefono, Cellulare, Telefone,' +
			'Telemóvel, Telefoon, Telefoonnummer, Telefonnumer, Numer telefonu, Puhelin, Puhelinnumero',
	],
];

/** Folded label → column. */
const COLUMNS = new Map(
	LABELS.flatMap(([column, labels]) =>
		labels.split(',').map((label) => [normalizeLabel(label), column] as const),
	),
);

/** The standard column for which a form's label is common; undefined for any other label. */
export function columnOfAlias(label: string): StandardColumn | undefined {
	return COLUMNS.get(normalizeLabel(label));
}
