/** What a user gave for one contact, before any of it is judged: both ways to fill in the node end in this shape. */

import type { ReferenceMode } from '../fields/fieldCatalog';
import type { StandardField } from '../fields/standardFields';

/** A key of the input that fills no field, and why. */
export interface UnmappedKey {
	readonly key: string;
	readonly reason: string;
}

/** A field, by its name on screen, that was read from a key of another name. */
export interface MappedKey {
	readonly field: string;
	readonly from: string;
}

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
	/** What automatic mapping read by anything but its name. */
	readonly mapped: readonly MappedKey[];
	readonly unmapped: readonly UnmappedKey[];
}
