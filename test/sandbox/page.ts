import type { Account } from './account';
import type { SandboxContact, SandboxField } from './model';
import { viewContact, type ContactView } from './view';

/** Where the sandbox shows this page. */
export const CONTACTS_PATH = '/_sandbox/contacts';

/** More rows than anyone reads; a page that refreshes itself has to stay small. */
const MAX_ROWS = 200;
const REFRESH_SECONDS = 2;
/** So long a row is marked as just changed. */
const FRESH_MS = 10_000;

const STYLE = `
	body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1c2430; background: #fff; }
	h1 { font-size: 1.3rem; margin: 0; }
	h2 { font-size: 1rem; margin: 2rem 0 .25rem; }
	header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; margin-bottom: 1rem; }
	p { margin: 0; color: #5b6675; }
	input { font: inherit; padding: .35rem .6rem; width: 18rem; border: 1px solid #b8c1cc; border-radius: 6px; }
	form { margin-left: auto; }
	table { border-collapse: collapse; width: 100%; }
	th, td { text-align: left; vertical-align: top; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid #dfe4ea; }
	th { font-weight: 600; color: #5b6675; }
	td { overflow-wrap: anywhere; min-width: 5rem; max-width: 22rem; }
	.fields { min-width: 13rem; }
	td:first-child, .whole { white-space: nowrap; }
	b { font-weight: 600; }
	span, small { color: #5b6675; }
	small { font-size: .85em; }
	.fresh td { background: #fff8dc; }
	.off { color: #a33b2a; }
	dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
	dt { color: #5b6675; }
	dd { margin: 0; }
	code { font-size: .95em; background: #f1f3f6; padding: 0 .3em; border-radius: 4px; }
`;

/** Replaces what is below the search box, so that whoever is typing in it goes on; the search is the server's. */
const SCRIPT = `
	const box = document.querySelector('input');
	const show = async () => {
		const search = box.value.trim() === '' ? '' : '?search=' + encodeURIComponent(box.value);
		history.replaceState(null, '', location.pathname + search);
		const response = await fetch(location.href).catch(() => undefined);
		const page = new DOMParser().parseFromString(response ? await response.text() : '', 'text/html');
		const [main, count] = ['main', '#count'].map((part) => [document.querySelector(part), page.querySelector(part)]);
		if (!main[1]) return void (count[0].textContent = 'The stand-in account does not run any more.');
		for (const [old, now] of [main, count]) if (old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML;
	};
	box.addEventListener('input', show);
	setInterval(show, ${REFRESH_SECONDS * 1_000});
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

/** A moment by the clock of this machine, which whoever looks at the page has before them. */
export function localTime(ms: number): string {
	const two = (part: number) => String(part).padStart(2, '0');
	const date = new Date(ms);
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** A stored custom value as a person reads it: labels in place of values, moments by the clock of this machine. */
export function readableFieldValue(field: SandboxField | undefined, value: string): string {
	const labels = new Map(field?.options.map((option) => [option.value, option.label]));
	if (labels.size > 0) {
		const values = value.split('||').filter((one) => one !== '');
		return values.map((one) => labels.get(one) ?? one).join(', ');
	}
	const ms = field?.type === 'datetime' ? Date.parse(value) : Number.NaN;
	return Number.isNaN(ms) ? value : localTime(ms);
}

function cell(lines: string[], name = ''): string {
	return `<td${name === '' ? '' : ` class="${name}"`}>${lines.filter((line) => line !== '').join('<br>')}</td>`;
}

function named(name: string, text: string): string {
	return `<span>${escapeHtml(name)}:</span> ${escapeHtml(text)}`;
}

const HEADS = 'Contact,Company,Custom fields,Lists,Tags,Automations,Notes and deals,Last change'.split(',');

function row(account: Account, contact: SandboxContact, nowMs: number): string {
	const view = viewContact(account, contact);
	const { atMs } = contact.lastChange;
	const isFresh = nowMs - atMs < FRESH_MS;
	const cells = [
		cell([
			escapeHtml(view.email),
			`<b>${escapeHtml(`${view.firstName} ${view.lastName}`.trim())}</b>`,
			escapeHtml(view.phone),
			`<small>ID ${view.id}</small>`,
		]),
		cell([escapeHtml(view.company), `<span>${escapeHtml(view.jobTitle)}</span>`]),
		cell(
			view.fieldValues.map(({ field, title, value }) =>
				named(title, readableFieldValue(account.fields.get(field), value)),
			),
			'fields',
		),
		cell(view.lists.map(membership), 'whole'),
		cell(view.tags.map(escapeHtml)),
		cell(automationLines(view)),
		cell([...view.notes.map(escapeHtml), ...view.deals.map((deal) => named('Deal', deal))]),
		cell([localTime(atMs).replace(' ', '<br>')], 'whole'),
	];
	return `<tr${isFresh ? ' class="fresh"' : ''}>${cells.join('')}</tr>`;
}

function membership({ name, statusName }: ContactView['lists'][number]): string {
	const status = escapeHtml(statusName);
	return `<span>${escapeHtml(name)}:</span> ${statusName === 'active' ? status : `<b class="off">${status}</b>`}`;
}

/** Each automation once; more entries are counted. */
function automationLines({ automations }: ContactView): string[] {
	return [...new Set(automations)].map((name) => {
		const entries = automations.filter((one) => one === name).length;
		return escapeHtml(entries === 1 ? name : `${name} (${entries} times)`);
	});
}

/** Whether a contact has all words of a search in what the page shows of it. */
function matches(account: Account, contact: SandboxContact, search: string): boolean {
	const { fieldValues, lists, ...rest } = viewContact(account, contact);
	const values = fieldValues.map(({ field, title, value }) => [
		title,
		readableFieldValue(account.fields.get(field), value),
	]);
	const memberships = lists.map(({ name, statusName }) => [name, statusName]);
	const text = [Object.values(rest), values, memberships].flat(3).join('\n').toLowerCase();
	return search
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}

/** What the account has beside contacts, with the ids that the API and the node's fields take. */
function catalog(account: Account): string {
	const withId = ({ id, name }: { id: string; name: string }) =>
		`${escapeHtml(name)} <small>ID ${id}</small>`;
	const fields = [...account.fields.values()].map(({ id, title, type, perstag }) =>
		[
			withId({ id, name: title }),
			`<small>${escapeHtml(type || 'no type')}, %${escapeHtml(perstag)}%</small>`,
		].join(' '),
	);
	const parts: Array<[string, string[]]> = [
		['Custom fields', fields],
		['Lists', [...account.lists.values()].map(withId)],
		['Tags', [...account.tags.values()].map(withId)],
		['Automations', [...account.automations.values()].map(withId)],
		['Companies', [...account.companies.values()].map(withId)],
	];
	return parts
		.filter(([, records]) => records.length > 0)
		.map(([kind, records]) => `<dt>${kind}</dt><dd>${records.slice(0, MAX_ROWS).join(' · ')}</dd>`)
		.join('\n');
}

/** What the page shows, and what a client of the account has to know. */
export interface PageOptions {
	search: string;
	url: string;
	token: string;
	nowMs: number;
}

/** The stored contacts as a page that refreshes itself, what changed last on top. */
export function contactsPage(account: Account, { search, url, token, nowMs }: PageOptions): string {
	const contacts = account.contacts();
	const found = contacts.filter((contact) => matches(account, contact, search.trim()));
	const shown = found
		.sort((one, other) => other.lastChange.number - one.lastChange.number)
		.slice(0, MAX_ROWS);
	const count = `${contacts.length} ${contacts.length === 1 ? 'contact' : 'contacts'}`;
	const note = shown.length < contacts.length ? `, ${shown.length} shown` : '';
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></noscript>
<link rel="icon" href="data:,">
<title>Contacts in the sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Contacts in the sandbox</h1>
<p id="count">${count}${note}; what changed last is on top.</p>
<form><input name="search" type="search" placeholder="Search in all columns" value="${escapeHtml(search)}" autofocus></form>
</header>
<main>
<table>
<thead><tr>${HEADS.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>
${shown.map((contact) => row(account, contact, nowMs)).join('\n')}
</tbody>
</table>
<h2>Also in this account</h2>
<dl>
${catalog(account)}
<dt>Credential</dt><dd>API URL <code>${escapeHtml(url)}</code>, API Key <code>${escapeHtml(token)}</code></dd>
</dl>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
