/** The fields that every contact has besides its email address, by their names in the API. */
export const STANDARD_FIELDS = ['firstName', 'lastName', 'phone'] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

/** A column that every contact has. */
export type StandardColumn = 'email' | StandardField;

/** The names on screen. */
export const STANDARD_TITLES: Readonly<Record<StandardColumn, string>> = {
	email: 'Email',
	firstName: 'First Name',
	lastName: 'Last Name',
	phone: 'Phone',
};

/** Standard column → its name on screen, the email first. A map, since it is asked for keys that users typed. */
export const STANDARD_COLUMNS: ReadonlyMap<string, string> = new Map(Object.entries(STANDARD_TITLES));
