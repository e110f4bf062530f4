/**
 * Transpiles TypeScript for jest with esbuild: in a fresh clone, without a cache, the compiler itself would take longer
 * than most tests do. Types are checked by `npm run typecheck`.
 */
const { transformSync } = require('esbuild');

/** @type {import('@jest/transform').SyncTransformer} */
module.exports = {
	process: (source, path) =>
		transformSync(source, {
			loader: 'ts',
			format: 'cjs',
			target: 'es2022',
			// jest runs modules where there is no import().
			supported: { 'dynamic-import': false },
			sourcefile: path,
			// Inline is where jest looks for the lines that coverage counts.
			sourcemap: 'inline',
			tsconfigRaw: '{}',
		}),
};
