import type { Account } from './account';
import { viewContact, type ContactView } from './view';

/** More rows than anyone reads; a page that refreshes itself has to stay small. */
const MAX_ROWS = 200;
const REFRESH_SECONDS = 2;

const STYLE = `
	body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c2430; background: #fff; }
	h1 { font-size: 1.3rem; margin: 0 0 .25rem; }
	p { margin: 0 0 1rem; color: #5b6675; }
	table { border-collapse: collapse; width: 100%; }
	th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #dfe4ea; }
	th { font-weight: 600; color: #5b6675; }
	td { overflow-wrap: break-word; max-width: 22rem; }
	td:last-child { white-space: nowrap; }
	span { color: #5b6675; }
`;

/** Text as HTML shows it, whatever is in it. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

function cell(lines: string[]): string {
	return `<td>${lines.join('<br>')}</td>`;
}

function row(contact: ContactView): string {
	const named = (name: string, text: string) => `<span>${escapeHtml(name)}:</span> ${escapeHtml(text)}`;
	return `<tr>${[
		cell([escapeHtml(contact.email)]),
		cell([escapeHtml(`${contact.firstName} ${contact.lastName}`.trim())]),
		cell([escapeHtml(contact.phone)]),
		cell(contact.fieldValues.map(({ title, value }) => named(title, value))),
		cell(contact.lists.map(({ name, statusName }) => named(name, statusName))),
		cell(contact.tags.map(escapeHtml)),
		cell(contact.automations.map(escapeHtml)),
		cell([escapeHtml(contact.udate.slice(0, 19).replace('T', ' '))]),
	].join('')}</tr>`;
}

/** The stored contacts as a page that refreshes itself, the newest on top. */
export function contactsPage(account: Account): string {
	const contacts = account.contacts();
	const shown = contacts.slice(-MAX_ROWS).reverse();
	const heads = ['Email', 'Name', 'Phone', 'Custom fields', 'Lists', 'Tags', 'Automations', 'Updated'];
	const count = `${contacts.length} ${contacts.length === 1 ? 'contact' : 'contacts'}`;
	const note = contacts.length > shown.length ? `, the newest ${shown.length} shown` : '';
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Contacts in the sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Contacts in the sandbox</h1>
<p>${count}${note}. This stands in for the ActiveCampaign account; the page refreshes itself.</p>
<table>
<thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>
${shown.map((contact) => row(viewContact(account, contact))).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}
