import {
	keyTarget,
	targetKey,
	withKey,
	type ContactTarget,
} from '../../../nodes/ActiveCampaignSync/input/contactTarget';
import { inputErrorOf } from './inputErrorOf';
import { email, id, key, number, plan, text } from './targets';

describe('targetKey', () => {
	it('is the same for items about one contact only', () => {
		expect(targetKey(email)).toBe(targetKey({ by: 'email', email: ' ann@EXAMPLE.com' }));
		const others: ContactTarget[] = [
			email,
			id,
			key,
			{ by: 'id', id: '55' },
			{ by: 'email', email: '5@example.com' },
			{ by: 'key', field: text, value: 'a' },
			{ by: 'key', field: number, value: 'A' },
		];
		expect(new Set(others.map(targetKey)).size).toBe(others.length);
	});
});

const RULES = { timeZone: 'UTC', dateOrder: 'fail' } as const;

describe('keyTarget', () => {
	it('encodes the value as it is sent, without outer blanks', () => {
		expect(keyTarget(text, ' A ', RULES)).toEqual(key);
		expect(keyTarget(number, '1,500.50', RULES)).toMatchObject({ value: '1500.5' });
	});

	it.each(['', ' ', null, undefined, [], ['']])('rejects a blank value: %j', (value) => {
		const { message, description } = inputErrorOf(() => keyTarget(text, value, RULES));
		expect(message).toBe("'Match Value' is empty");
		expect(description).toContain("Map the value of 'CRM ID' into it");
	});

	it('rejects a Date Time field, by which no contact is found again', () => {
		const moment = { ...text, type: 'datetime' };
		const { message, description } = inputErrorOf(() => keyTarget(moment, '2026-01-02', RULES));
		expect(message).toBe("'Match Field' is 'CRM ID', and a Date Time field cannot be a key");
		expect(description).toBe('Keep your key in another field, best a text field');
	});
});

describe('withKey', () => {
	it('adds the key once, before the other fields, and keeps what else is planned', () => {
		const given = plan({ '8': '1', '7': ' A ' });
		const only = { ...given, onlyIfBlank: new Set(['8']) };

		expect([...withKey(only, key).fields]).toEqual([
			['7', 'A'],
			['8', '1'],
		]);
		expect(withKey(only, key).onlyIfBlank).toEqual(new Set(['8']));
		expect(withKey(given, id)).toBe(given);
	});

	it.each([
		['another value', plan({ '7': 'B' })],
		['no value', plan({ '7': '' })],
	])('refuses a plan that gives the field %s', (_what, given) => {
		const { message, description } = inputErrorOf(() => withKey(given, key));
		expect(message).toContain('have different values');
		expect(description).toContain('it gets the match value');
	});
});
