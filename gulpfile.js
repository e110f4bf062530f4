const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes what an earlier build left, so that the package never holds a file whose source is gone. */
exports.clean = () => rm('dist', { recursive: true, force: true });

/** Puts what tsc does not copy beside the compiled code: icons, codex files and output previews. */
exports.assets = () =>
	src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
