/**
 * Which engine tests share a module registry. Loading n8n's engine takes jest a second for each test file, longer than
 * most of the files run, so `npm test` runs many files as one: `part1.test.ts` and so on, each a part of them.
 *
 * Files run alone if they change what a part shares: its mocks and time-outs by `jest`, n8n's log by `observe`.
 */
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const engine = dirname(__dirname);
const parts = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts'));
const files = readdirSync(engine, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.test.ts') && !path.startsWith('together'))
	.sort();
const changesShared = (path) => /\bjest\.|\bobserve\(/.test(readFileSync(join(engine, path), 'utf8'));
const alone = files.filter(changesShared);
const together = files.filter((path) => !alone.includes(path));

/** The files of that part, which takes turns with the others: neighbors by name take about as long. */
const filesOf = (part) => together.filter((_, index) => index % parts.length === parts.indexOf(part));

module.exports = { engine, parts, alone, together, filesOf };
