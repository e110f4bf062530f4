const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
	let format = formats.get(timeZone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
			timeZoneName: 'longOffset',
		});
		formats.set(timeZone, format);
	}
	return format;
}

/** A moment as the account writes it: `2020-05-19T02:45:00-05:00`, whole seconds, in the given IANA time zone. */
export function isoInZone(epochMs: number, timeZone: string): string {
	const part = new Map(
		formatFor(timeZone)
			.formatToParts(epochMs)
			.map(({ type, value }) => [type, value]),
	);
	const date = `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
	const time = `${part.get('hour')}:${part.get('minute')}:${part.get('second')}`;
	const offset = part.get('timeZoneName')?.replace('GMT', '') || '+00:00';
	return `${date}T${time}${offset}`;
}

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A datetime custom field's value as the account keeps it: a moment with an offset is rewritten to the account's
 * time zone, anything else stays as it came, so that a wrong encoding can be seen.
 */
export function storedDatetime(value: string, timeZone: string): string {
	const epochMs = ISO_WITH_OFFSET.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(epochMs) ? value : isoInZone(epochMs, timeZone);
}
