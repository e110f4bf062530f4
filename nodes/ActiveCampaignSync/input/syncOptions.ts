/** Options that decide what is written to a contact; one by one, since operations that write nothing know them too. */

/** What empty values do: leave the contact's fields, clear them, or leave them and fill only blank ones. */
export type EmptyValues = 'keep' | 'clear' | 'fillOnly';

/** What happens to custom fields that the account does not have. */
export type UnknownFields = 'stop' | 'skip';

/** Which contacts are written: all, only those that exist, or only those that don't. */
export type SyncMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';
