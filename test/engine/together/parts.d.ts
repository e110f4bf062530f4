/** The folder of the engine tests. */
export const engine: string;
/** The files that run alone, by their paths in that folder. */
export const alone: string[];
/** The files that run as parts, likewise. */
export const together: string[];
/** The names of the parts. */
export const parts: string[];
/** The files of a part. */
export function filesOf(part: string): string[];
