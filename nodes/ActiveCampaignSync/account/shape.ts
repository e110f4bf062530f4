/** How deep, how wide and how long a shape may get, whatever the response is: one line of a log. */
const MAX_DEPTH = 5;
const MAX_KEYS = 60;
const MAX_ENTRIES = 20;
const MAX_SHAPES = 3;
const MAX_VALUES = 1_000;
const MAX_LENGTH = 2_000;

/**
 * A name that a programmer gave. What it does not match may be a person's, e.g. an address or a phone number by which an
 * object is keyed: names of people start with a capital letter, and numbers have five digits in a row.
 */
const PROGRAMMERS_KEY = /^(?!.*\d{5})_?[a-z][A-Za-z0-9_]{0,29}$/;

/**
 * What a response looks like, without any value from it, e.g. `{contact:{id:digits,email:text},fieldValues:[12 × {…}]}`.
 * Texts are `empty`, `digits`, `page` (HTML) or `text`; keys that may be personal are counted only. Never throws.
 */
export function shapeOf(json: unknown): string {
	let valuesLeft = MAX_VALUES;
	const show = (value: unknown, depth: number): string => {
		valuesLeft -= 1;
		if (typeof value === 'string') return textShape(value);
		if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
		if (Array.isArray(value))
			return value.length === 0 ? '[]' : `[${value.length} × ${entries(value, depth)}]`;
		return `{${fields(value, depth)}}`;
	};
	const isTooMuch = (depth: number) => depth >= MAX_DEPTH || valuesLeft <= 0;
	const entries = (values: readonly unknown[], depth: number): string => {
		if (isTooMuch(depth)) return '…';
		const shapes = new Set(values.slice(0, MAX_ENTRIES).map((value) => show(value, depth + 1)));
		return [...shapes].slice(0, MAX_SHAPES).join(' | ') + (shapes.size > MAX_SHAPES ? ' | …' : '');
	};
	const fields = (value: object, depth: number): string => {
		const keys = Object.keys(value);
		if (keys.length > 0 && isTooMuch(depth)) return '…';
		const named = keys.filter((key) => PROGRAMMERS_KEY.test(key));
		const shown = named.slice(0, MAX_KEYS).map((key) => `${key}:${show(Reflect.get(value, key), depth + 1)}`);
		const others = keys.length - shown.length;
		return [...shown, ...(others > 0 ? [`${others} other keys`] : [])].join(',');
	};
	const shape = show(json, 0);
	return shape.length > MAX_LENGTH ? `${shape.slice(0, MAX_LENGTH)}…` : shape;
}

function textShape(text: string): string {
	if (text === '') return 'empty';
	if (/^\d{1,30}$/.test(text)) return 'digits';
	return /^\s*</.test(text) ? 'page' : 'text';
}
