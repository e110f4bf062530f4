/** What `everythingThatCanBeDone` enters and its account contains, as far as it is somebody's or the user's own. */
const PERSONAL = [
	...['@.*', 'there', 'Ann', 'Quill', '1512345678'],
	...['French', 'Klingon', 'before', 'Field \\d', 'News', 'Offers', 'Lead', 'New', 'Old', 'Welcome'],
	...['gone', 'Acme', 'CEO', 'Hello', 'Kay'],
	// An id in the path of a request.
	'(?:GET|POST|PUT|DELETE) \\S*/\\d+',
];

/** An address with a name and a phone number, as an account may return it in any place. */
export const PERSON = 'Zoe Quill <zoe@example.com> +491512345678';

/** The lines of n8n's log that users are asked to report: n8n's own contain the node's parameters and its errors. */
export function reportableLines(logged: readonly string[]): string[] {
	return logged
		.join('')
		.split('\n')
		.filter((line) => /ActiveCampaign Sync (request|item failed)/.test(line));
}

/** The personal data in lines of the log. */
export function personalIn(lines: readonly string[]): string[] {
	const personal = new RegExp(`(?:${PERSONAL.map((word) => `${word}\\b`).join('|')})`, 'g');
	return lines.flatMap((line) =>
		[...line.matchAll(personal)].map(({ 0: word, index }) =>
			line.slice(Math.max(0, index - 40), index + word.length + 40),
		),
	);
}
