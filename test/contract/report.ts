import { inWords, type Fact } from './fact';
import { CODE } from './code';
import type { FactResult } from './run';

/** What a report has besides the facts. */
export interface ReportMeta {
	/** 'the stand-in' or 'an account': never which one. */
	against: string;
	version: string;
	/** Removes what may not be published from a text. */
	redact: (text: string) => string;
}

/** A fact as it is published. */
export interface PublishedFact {
	group: string;
	fact: string;
	expected: string;
	observed: string;
	result: FactResult['result'];
	certainty: Fact['certainty'];
	source: string;
	/** Absent where the code is right whatever the account does. */
	usedFor?: string;
	code?: string;
}

const EMAIL = /[^\s"'<>]+@[^\s"'<>]+/g;
const MAX_LENGTH = 200;

/** Removes secrets, addresses and the run's own random name, and shortens. */
export function redactor(secrets: readonly string[], runName: string): (text: string) => string {
	return (text) => {
		const without = secrets
			.filter((secret) => secret !== '')
			.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
		const anonymous = without.replaceAll(runName, 'contract-…').replace(EMAIL, '…@…');
		return anonymous.length > MAX_LENGTH ? `${anonymous.slice(0, MAX_LENGTH)}…` : anonymous;
	};
}

export function publish(results: readonly FactResult[], { redact }: ReportMeta): PublishedFact[] {
	return results.map(({ group, fact, result, observed }) => ({
		...{
			group,
			fact: fact.name,
			expected: inWords(fact.expected),
			observed: redact(inWords(observed)),
			result,
		},
		...{ certainty: fact.certainty, source: fact.source },
		...(fact.usedFor === undefined ? {} : { usedFor: fact.usedFor }),
		...(fact.code === undefined ? {} : { code: CODE[fact.code] }),
	}));
}

export function summary(facts: readonly PublishedFact[]): string {
	const count = (wanted: FactResult['result']) => facts.filter(({ result }) => result === wanted).length;
	return `${count('holds')} hold, ${count('differs')} differ, ${count('could not be tried')} could not be tried`;
}

/** The facts that differ, with what rests on them: those that the code needs come first. */
export function differences(facts: readonly PublishedFact[]): string[] {
	const differing = facts.filter(({ result }) => result === 'differs');
	const [needed, others] = [
		differing.filter(({ usedFor }) => usedFor),
		differing.filter(({ usedFor }) => !usedFor),
	];
	return [
		...needed.map(
			({ fact, expected, observed, usedFor, code, source }) =>
				`DIFFERS: ${fact}\n  expected ${expected}, observed ${observed}\n  needed for: ${usedFor ?? ''} (${code ?? ''})\n  source: ${source}`,
		),
		...others.map(
			({ fact, expected, observed }) =>
				`differs, and the code is right either way: ${fact}\n  expected ${expected}, observed ${observed}`,
		),
	];
}

const WIDTHS = [78, 34, 34];

/** The table for a terminal. */
export function asTable(facts: readonly PublishedFact[]): string {
	const line = (cells: string[]) =>
		cells.map((cell, column) => fit(cell.replaceAll('\n', ' '), WIDTHS[column])).join('  ');
	const groups = [...new Set(facts.map(({ group }) => group))];
	return groups
		.flatMap((title) => [
			'',
			line([title, 'expected', 'observed', 'result']),
			...facts
				.filter(({ group }) => group === title)
				.map(({ fact, expected, observed, result }) => line([`  ${fact}`, expected, observed, result])),
		])
		.join('\n');
}

function fit(text: string, width: number | undefined): string {
	if (width === undefined) return text;
	return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

export function asMarkdown(facts: readonly PublishedFact[], { against, version }: ReportMeta): string {
	const groups = [...new Set(facts.map(({ group }) => group))];
	return [
		`# Contract with the ActiveCampaign API`,
		'',
		`Version ${version}, against ${against}: ${summary(facts)}.`,
		...groups.flatMap((title) => [
			...['', `## ${title}`, ''],
			'| fact | expected | observed | result | certainty and source | needed for |',
			'|---|---|---|---|---|---|',
			...facts.filter(({ group }) => group === title).map(markdownRow),
		]),
		'',
	].join('\n');
}

function markdownRow(fact: PublishedFact): string {
	const result = fact.result === 'differs' ? '**differs**' : fact.result;
	const needed = fact.usedFor === undefined ? '' : `${fact.usedFor} (\`${fact.code ?? ''}\`)`;
	const cells = [
		fact.fact,
		fact.expected,
		fact.observed,
		result,
		`${fact.certainty}: ${fact.source}`,
		needed,
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

/** A text that stays within its cell, whatever it is. */
function cell(text: string): string {
	return text.replace(/[\\|]/g, '\\$&').replace(/</g, '&lt;').replace(/\s+/g, ' ');
}

export function asJson(facts: readonly PublishedFact[], { against, version }: ReportMeta): string {
	return `${JSON.stringify({ version, against, summary: summary(facts), facts }, null, '\t')}\n`;
}
