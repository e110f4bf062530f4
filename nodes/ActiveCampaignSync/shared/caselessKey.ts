/** What two names have in common that differ only in case, in outer blanks, or in how their accents are encoded. */
export function caselessKey(name: string): string {
	return name.trim().normalize('NFC').toLowerCase();
}
