/** Options that decide what is written to a contact; one by one, since operations that write nothing know them too. */

/** What empty values do: leave the contact's fields, clear them, or leave them and fill only blank ones. */
export type EmptyValues = 'keep' | 'clear' | 'fillOnly';

/**
 * What happens to an item with values that cannot be used, or with custom fields that the account does not have: all the
 * rest is saved and the item fails, the rest is saved with a warning, or nothing is.
 */
export type UnusableValues = 'saveRest' | 'skip' | 'fail';

/** Which contacts are written: all, only those that exist, or only those that don't. */
export type SyncMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';
