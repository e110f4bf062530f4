import { withIds, type RunningSandbox } from '../../sandbox';
import type { SandboxSettings } from '../../sandbox/settings';
import { sampled, sized } from '../../size';

/** A way in which accounts are known to differ from the one that is documented. */
type Mode = readonly [name: string, Partial<SandboxSettings>, hasNumbersAsIds?: boolean];

const MODES: readonly Mode[] = [
	['tags refused with 422', { existingTag: 422 }],
	['tags refused with 500', { existingTag: 500 }],
	['422 for enrollments', { refusedEnrollment: 422 }],
	[
		'ignored filters',
		{
			unknownIdFilters: ['ids', 'id_greater'],
			ignoredParameters: {
				'/contacts': ['email'],
				'/tags': ['search', 'filters[search][eq]'],
				'/accounts': ['search'],
				'/fieldValues': ['filters[val]'],
			},
		},
	],
	['ids as numbers', {}, true],
	['no side loading', { sideLoading: { ignoresInclude: true } }],
];

const ALONE = MODES.map((mode) => [mode]);
/** Without two answers to the same tag. */
const PAIRS = MODES.flatMap((mode, index) => MODES.slice(index + 1).map((other) => [mode, other])).filter(
	(pair) => !pair.every(([, { existingTag }]) => existingTag !== undefined),
);

export type Modes = readonly Mode[];

/** The documented account, and one of each mode and of each pair of modes; in the small size, of some modes. */
export const ACCOUNTS = [[], ...sampled(ALONE), ...sized([], PAIRS)].map(
	(modes) => [modes.map(([name]) => name).join(', ') || 'as documented', modes] as const,
);

/** Makes the account respond that way until its reset. */
export function setModes(sandbox: RunningSandbox, modes: Modes): void {
	for (const [, settings, hasNumbersAsIds] of modes) {
		sandbox.configure(settings);
		if (hasNumbersAsIds)
			sandbox.rewrite({}, (response) => ({ ...response, body: withIds(response.body, Number) }));
	}
}
