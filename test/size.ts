/**
 * The size of a simulation or sweep: small enough for `npm test` in a few minutes, or in full with `TEST_SIZE=full`, as
 * `.ci/run` sets it. The small size finds the same kinds of mistakes, the full one their rarer meetings. Files called
 * `….full.test.ts` run in full only.
 */
export function sized<Size>(small: Size, full: Size): Size {
	return process.env.TEST_SIZE === 'full' ? full : small;
}

/** The rows of a long table: all of them in full, every `step`th in the small size. */
export function sampled<Row>(rows: readonly Row[], step = 3): Row[] {
	return rows.filter((_, index) => sized(index % step === 0, true));
}
