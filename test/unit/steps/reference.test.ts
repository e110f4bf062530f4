import type { NamedRecord } from '../../../nodes/ActiveCampaignSync/account/records';
import {
	linksTo,
	recordNamed,
	referenceRows,
	referenceSubject,
	type RecordReference,
} from '../../../nodes/ActiveCampaignSync/steps/reference';

import { inputErrorOf } from '../input/inputErrorOf';
import { parametersOf } from '../input/parametersOf';
import { openWork } from './stepWork';

const picked = { mode: 'list', value: '401', cachedResultName: 'News' };

/** The rows of the collection, as far as something is filled in. */
function listsIn(values: unknown, resolved: Record<string, unknown> = {}) {
	return referenceRows(parametersOf({ lists: { values } }, resolved), 0, 'list', [
		'subscribe',
		'unsubscribe',
	]);
}

function automationsIn(values: unknown, resolved: Record<string, unknown> = {}) {
	const parameters = parametersOf({ automations: { values } }, resolved);
	return referenceRows(parameters, 0, 'automation', ['enroll', 'remove']);
}

const messageOf = (work: () => unknown) => {
	const { message, description } = inputErrorOf(work);
	return [message, description];
};

describe('the rows of a collection', () => {
	it.each([
		['picked from the list', picked, { mode: 'id', value: '401', name: 'News' }],
		['without a cached name', { ...picked, cachedResultName: '' }, { mode: 'id', value: '401', name: '401' }],
		['by ID', { mode: 'id', value: ' 0402 ' }, { mode: 'id', value: '402', name: '402' }],
		['by ID as a number', { mode: 'id', value: 402 }, { mode: 'id', value: '402', name: '402' }],
		['by name', { mode: 'name', value: ' Offers ' }, { mode: 'name', value: 'Offers', name: 'Offers' }],
		['by a name of digits', { mode: 'name', value: '2026' }, { mode: 'name', value: '2026', name: '2026' }],
		[
			'by ID, with a name',
			{ mode: 'id', value: 'Offers' },
			{ mode: 'name', value: 'Offers', name: 'Offers' },
		],
	])('are read for a list %s', (_how, list, expected) => {
		expect(listsIn([{ list: picked, action: 'unsubscribe' }, { list }])).toEqual([
			{
				reference: { kind: 'list', mode: 'id', value: '401', name: 'News' },
				action: 'unsubscribe',
			},
			{ reference: { kind: 'list', ...expected }, action: 'subscribe' },
		]);
	});

	it('are read where an expression gives the value, the whole locator, or the action', () => {
		const rows = [
			{ automation: { mode: 'list', value: '={{ 1 }}', cachedResultName: 'Welcome' }, action: '={{ 2 }}' },
			{ automation: '={{ 3 }}' },
			{ automation: '={{ 4 }}' },
		];
		const resolved = {
			'automations.values[0].automation.value': 801,
			'automations.values[0].action': 'remove',
			'automations.values[1].automation': 'Series',
			'automations.values[2].automation': '802',
		};

		expect(automationsIn(rows, resolved)).toEqual([
			// The name that was picked may belong to another one.
			{ reference: { kind: 'automation', mode: 'id', value: '801', name: '801' }, action: 'remove' },
			{ reference: { kind: 'automation', mode: 'name', value: 'Series', name: 'Series' }, action: 'enroll' },
			{ reference: { kind: 'automation', mode: 'id', value: '802', name: '802' }, action: 'enroll' },
		]);
	});

	it('leave out those in which nothing is filled in', () => {
		const blank = { mode: 'list', value: '' };
		expect(listsIn([{ list: blank }, { list: blank, action: 'subscribe' }, {}, { list: null }])).toEqual([]);
		expect(referenceRows(parametersOf({}), 0, 'list', ['subscribe', 'unsubscribe'])).toEqual([]);
	});

	it.each([
		['another action', { list: { value: '' }, action: 'unsubscribe' }, {}],
		['an action by expression', { list: { value: '' }, action: '={{ 1 }}' }, { action: 'subscribe' }],
		['a list by an expression that came out empty', { list: { value: '={{ 1 }}' } }, { 'list.value': '' }],
		['a whole locator by an expression that came out empty', { list: '={{ 1 }}' }, { list: null }],
		['something that cannot be a list', { list: { value: { a: 1 } } }, {}],
	])('are refused with %s and no list', (_what, row, resolved) => {
		const inRow = Object.entries<unknown>(resolved).map(
			([key, value]) => [`lists.values[1].${key}`, value] as const,
		);

		expect(messageOf(() => listsIn([{ list: picked }, row], Object.fromEntries<unknown>(inRow)))).toEqual([
			"'Lists': row 2 has no list",
			'Choose a list in it, or remove the row',
		]);
	});

	it('are refused without an automation, too', () => {
		expect(messageOf(() => automationsIn([{ action: 'remove' }]))).toEqual([
			"'Automations': row 1 has no automation",
			'Choose an automation in it, or remove the row',
		]);
	});

	it('are refused with an action that does not exist', () => {
		const list = { mode: 'id', value: '401' };

		expect(messageOf(() => listsIn([{ list }, { list, action: 'Subscribe' }]))).toEqual([
			"'Action' of a list cannot be 'Subscribe'",
			"Use 'subscribe' or 'unsubscribe'",
		]);
		expect(messageOf(() => automationsIn([{ automation: { value: '1' }, action: null }]))).toEqual([
			"'Action' of an automation cannot be 'null'",
			"Use 'enroll' or 'remove'",
		]);
	});
});

describe('the subject of a reference', () => {
	const subjectOf = (mode: RecordReference['mode'], value: string) =>
		referenceSubject({ kind: 'list', mode, value, name: 'x' });

	it('is its ID or its name, whatever its case', () => {
		expect(subjectOf('id', '401')).toBe('id 401');
		expect(subjectOf('name', ' NEWS ')).toBe('name news');
		expect(subjectOf('name', '401')).not.toBe(subjectOf('id', '401'));
	});
});

describe('recordNamed', () => {
	const news: NamedRecord = { id: '401', name: 'Weekly News' };
	const named = (kind: RecordReference['kind'], value: string): RecordReference => ({
		kind,
		mode: 'name',
		value,
		name: value,
	});

	async function lookupsWith(found: NamedRecord[], all: NamedRecord[] = []) {
		const { lookups } = await openWork();
		const [ofName, ofKind] = [jest.spyOn(lookups, 'named'), jest.spyOn(lookups, 'all')];
		ofName.mockResolvedValue(found);
		ofKind.mockResolvedValue(all);
		return { lookups, ofName, ofKind };
	}

	it('is the one record of that name', async () => {
		const { lookups, ofName, ofKind } = await lookupsWith([news]);

		expect(await recordNamed(lookups, named('list', 'weekly news'))).toBe(news);
		expect(ofName.mock.calls).toEqual([['list', 'weekly news']]);
		expect(ofKind).not.toHaveBeenCalled();
	});

	it('says that there is none, and which one may have been meant', async () => {
		const others = [news, { id: '402', name: 'Offers' }];
		const { lookups, ofKind } = await lookupsWith([], others);

		await expect(recordNamed(lookups, named('list', 'News'))).rejects.toMatchObject({
			kind: 'invalidInput',
			message: "The account has no list called 'News'",
			description: "Did you mean 'Weekly News'? Check the name, or pick it from the list",
		});
		await expect(recordNamed(lookups, named('automation', 'Welcome'))).rejects.toMatchObject({
			message: "The account has no automation called 'Welcome'",
			description: 'Check the name, or pick it from the list',
		});
		expect(ofKind.mock.calls).toEqual([['list'], ['automation']]);
	});

	it('says that there are several, and their IDs', async () => {
		const { lookups } = await lookupsWith([
			news,
			{ id: '402', name: 'weekly news' },
			{ id: '403', name: '' },
		]);

		await expect(recordNamed(lookups, named('automation', 'Weekly News'))).rejects.toMatchObject({
			kind: 'invalidInput',
			message: "3 automations are called 'Weekly News'",
			description: 'Use the ID instead: one of 401, 402, 403',
		});
	});
});

describe('linksTo', () => {
	it('gives the rows that lead to a record, whatever its ID is written as', () => {
		const rows = [
			{ id: '1', list: '401' },
			{ id: '2', list: 402 },
			{ id: '3', tag: '401' },
			{ id: '4', list: 401 },
		];

		expect(linksTo(rows, 'list', '401').map(({ id }) => id)).toEqual(['1', '4']);
		expect(linksTo(rows, 'tag', '401').map(({ id }) => id)).toEqual(['3']);
		expect(linksTo(rows, 'list', '9')).toEqual([]);
		expect(linksTo(rows, 'account', undefined)).toEqual([]);
	});
});
