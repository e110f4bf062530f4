import type { RawResponse } from '../../../nodes/ActiveCampaignSync/account/rawResponse';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';
import {
	isImportRefusal,
	isRateLimited,
	retryAfterMs,
} from '../../../nodes/ActiveCampaignSync/account/rateLimit';

const raw = (statusCode: number, body: unknown = '', headers: JsonObject = {}): RawResponse => ({
	statusCode,
	body,
	headers,
});

describe('being over the limit', () => {
	it.each<[number, JsonObject, boolean]>([
		[429, {}, true],
		[429, { 'retry-after': '1' }, true],
		[503, { 'retry-after': '1' }, true],
		[503, {}, false],
		[502, { 'retry-after': '1' }, false],
		[400, {}, false],
	])('%d %j: %s', (status, headers, expected) => {
		expect(isRateLimited(raw(status, '', headers))).toBe(expected);
	});
});

describe('the wait that a response asks for', () => {
	const now = Date.parse('2026-07-01T12:00:00Z');

	it.each<[string, JsonObject, unknown, number | undefined]>([
		['seconds', { 'retry-after': '30' }, '', 30_000],
		['a number', { 'retry-after': 30 }, '', 30_000],
		['a fraction', { 'retry-after': '1.25' }, '', 1_250],
		['more than seconds', { 'retry-after': '5 apples' }, '', undefined],
		['none at all', { 'retry-after': '0' }, '', 0],
		['a date', { 'retry-after': 'Wed, 01 Jul 2026 12:00:05 GMT' }, '', 5_000],
		['a date that is past', { 'retry-after': 'Wed, 01 Jul 2026 11:59:00 GMT' }, '', 0],
		['nonsense', { 'retry-after': 'soon' }, '', undefined],
		['an empty header', { 'retry-after': '' }, '', undefined],
		["Cloudflare's JSON", {}, { retryable: true, retry_after: 2 }, 2_000],
		['the header rather than the body', { 'retry-after': '1' }, { retry_after: 2 }, 1_000],
		['no wait in other headers', { 'ratelimit-remaining': '0' }, '', undefined],
		['no wait', {}, { message: 'No' }, undefined],
	])('%s', (_name, headers, body, expected) => {
		expect(retryAfterMs(raw(429, body, headers), now)).toBe(expected);
	});
});

describe('being over the import limit', () => {
	it.each<[number, unknown, boolean]>([
		[400, { message: 'Rate limit exceeded.', failureReasons: 'Too many' }, true],
		[400, { message: 'No', failureReasons: 'The rate limit was exceeded' }, true],
		[400, { message: 'No', failureReasons: [{ contact: 1, failureReason: 'Bad email' }] }, false],
		[400, 'Rate limit exceeded.', false],
		[422, { message: 'Rate limit exceeded.' }, false],
	])('%d %j: %s', (status, body, expected) => {
		expect(isImportRefusal(raw(status, body))).toBe(expected);
	});
});
