import { hasNoteSince } from '../../../nodes/ActiveCampaignSync/steps/notes';

const since = Date.parse('2026-05-04T12:00:00Z');
const at = (cdate: string, note = 'Call back') => [
	{ note: 'Other', cdate },
	{ note, cdate },
];

describe('hasNoteSince', () => {
	it.each([
		['a moment later', '2026-05-04T07:00:01-05:00', true],
		['by a clock that is slow', '2026-05-04T11:55:00Z', true],
		['just as long ago as clocks may differ', '2026-05-04T11:50:00Z', true],
		['an hour before', '2026-05-04T06:00:00-05:00', false],
		['at a time that cannot be read', 'yesterday', true],
	])('finds a note added %s: %s, %s', (_when, cdate, isFound) => {
		expect(hasNoteSince(at(cdate), 'Call back', since)).toBe(isFound);
	});

	it.each([
		['Line one\nLine two', 'Line one<br />Line two'],
		['Tom & "Ann"', 'Tom &amp; &quot;Ann&quot;'],
		[' Ünï  ', 'Ünï'],
		['👍', '👍'],
		['👍 👎', '👍  👎'],
	])('recognizes %j when it is stored as %j', (text, stored) => {
		expect(hasNoteSince(at('2026-05-04T12:00:00Z', stored), text, since)).toBe(true);
	});

	it.each(['Call', 'Call back!1', '👎', '👍 👎'])('treats %j as another text', (text) => {
		const rows = [...at('2026-05-04T12:00:00Z'), ...at('2026-05-04T12:00:00Z', '👍')];

		expect(hasNoteSince(rows, text, since)).toBe(false);
	});
});
