import { durationOf, sayTo, timed } from '../../n8n/shell';

/** What is written, as a terminal of that width or as a file would get it. */
function stream(isTTY: boolean, columns = 80) {
	const written: string[] = [];
	return {
		written,
		say: sayTo({ isTTY, columns, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }),
	};
}

const EMPTY_LINE = '\r\u001b[2K';
let finish: (value: string) => void;
const work = () =>
	new Promise<string>((resolve) => {
		finish = resolve;
	});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('says every 15 seconds in a line of its own how long something takes so far', async () => {
	const { written, say } = stream(false);
	const result = timed(say, 'Installing', work, 220_000);
	await jest.advanceTimersByTimeAsync(35_000);
	finish('done');
	expect(await result).toBe('done');
	await jest.advanceTimersByTimeAsync(60_000);
	expect(written).toEqual([
		'Installing … usually about 3 min 40 s\n',
		'  15 s so far, usually about 3 min 40 s\n',
		'  30 s so far, usually about 3 min 40 s\n',
		'  done in 35 s\n',
	]);
});

it('shows it in a terminal in one line that changes every second, and is never wrapped', async () => {
	const { written, say } = stream(true, 30);
	const result = timed(say, 'Installing', work, 5_000);
	await jest.advanceTimersByTimeAsync(2_000);
	finish('done');
	await result;
	say('Next');
	expect(written).toEqual([
		'Installing …',
		`${EMPTY_LINE}Installing … 1 s so far, usua`,
		`${EMPTY_LINE}Installing … 2 s so far, usua`,
		`${EMPTY_LINE}Installing: done in 2 s\n`,
		'Next\n',
	]);
});

it.each([true, false])('says that it failed, and stops counting (terminal: %s)', async (isTTY) => {
	const { written, say } = stream(isTTY);
	await expect(timed(say, 'Installing', () => Promise.reject(new Error('no network')))).rejects.toThrow(
		'no network',
	);
	await jest.advanceTimersByTimeAsync(60_000);
	expect(written.at(-1)).toMatch(/failed\n$/);
});

it.each([
	[400, '0.4 s'],
	[5_000, '5 s'],
	[59_400, '59 s'],
	[120_000, '2 min'],
	[375_000, '6 min 15 s'],
])('writes %d ms as %s', (ms, text) => {
	expect(durationOf(ms)).toBe(text);
});
