/** What tells names apart that match without regard to case, outer blanks and the way their accents are encoded. */
export function caselessKey(name: string): string {
	return name.normalize('NFC').trim().toLowerCase();
}
