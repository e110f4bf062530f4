/** What a user gave for one contact, before any of it is judged: both ways to fill in the node end in this shape. */

import type { UnmappedKey } from './columns';
import type { ReferenceMode } from '../fields/fieldCatalog';
import type { StandardField } from '../fields/standardFields';

export interface GivenField {
	readonly field: StandardField;
	readonly value: unknown;
	/**
	 * Whether the user set this field at all. One left blank in the node is not a request to clear it; one whose expression
	 * came out empty may be.
	 */
	readonly isSet: boolean;
}

export interface GivenCustomField {
	readonly reference: unknown;
	readonly mode?: ReferenceMode;
	/** What the field was called when it was picked, in case it has been deleted since. */
	readonly label?: string;
	readonly value: unknown;
	/** Whether to set it only where the contact itself has nothing. */
	readonly onlyIfBlank?: boolean;
}

export interface ContactInput {
	readonly email: unknown;
	/** Each at most once. */
	readonly standardFields: readonly GivenField[];
	readonly customFields: readonly GivenCustomField[];
	readonly unmapped: readonly UnmappedKey[];
}
