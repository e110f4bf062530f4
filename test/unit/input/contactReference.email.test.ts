import fc from 'fast-check';

import { emailKey, readEmail } from '../../../nodes/ActiveCampaignSync/input/contactReference';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/failure';

import { anyValue } from './anyValues';
import { inputErrorOf } from './inputErrorOf';

describe('readEmail', () => {
	it.each([
		['jane@example.com', 'jane@example.com'],
		['  Jane.Doe+tag@Example.COM \n', 'Jane.Doe+tag@Example.COM'],
		['\u00a0jane@example.com\ufeff', 'jane@example.com'],
		["o'brien!#$%&*/=?^_`{|}~-@mail.example.co", "o'brien!#$%&*/=?^_`{|}~-@mail.example.co"],
		['jürgen@bücher.de', 'jürgen@bücher.de'],
		['a@b.xn--p1ai', 'a@b.xn--p1ai'],
		['ｔａｒｏ１＠ｅｘａｍｐｌｅ．ｃｏｍ', 'taro1@example.com'],
		['omar٢٠@example.com', 'omar20@example.com'],
		[`${'a'.repeat(242)}@example.com`, `${'a'.repeat(242)}@example.com`],
	])('takes %j', (typed, address) => {
		expect(readEmail(typed)).toBe(address);
	});

	it.each([undefined, null, '', ' \t\n'])('asks for an address where there is %j', (value) => {
		const { message, description } = inputErrorOf(() => readEmail(value));

		expect(message).toBe("'Email' is empty");
		expect(description).toMatch(/^Map the email address into 'Email'/);
	});

	it.each([
		['jane', 'the @ is missing'],
		['@example.com', 'the part before the @ is missing'],
		['Jane <jane@example.com>', 'a character before the @ is not allowed'],
		['jane@example.com, bob@example.com', 'a character before the @ is not allowed'],
		['jane@@example.com', 'a character before the @ is not allowed'],
		...Array.from('"(),:;<>[\\] \t', (sign): [string, string] => [
			`ja${sign}ne@example.com`,
			'a character before the @ is not allowed',
		]),
		['jane@example', 'the part after the @ has no dot'],
		['jane@example.c', 'it has no valid top-level domain'],
		['jane@192.168.0.1', 'it has no valid top-level domain'],
		['jane@example.com.1', 'it has no valid top-level domain'],
		['jane@.example.com', 'the part after the @ is not a valid domain'],
		['jane@-example.com', 'the part after the @ is not a valid domain'],
		['jane@exam ple.com', 'the part after the @ is not a valid domain'],
		['jane@example..com', 'the part after the @ is not a valid domain'],
		['jane@example.com.', 'the part after the @ is not a valid domain'],
		['jane@', 'the part after the @ is not a valid domain'],
		[`${'a'.repeat(243)}@example.com`, 'it is longer than 254 characters'],
		[5, 'it is not text'],
		[['jane@example.com'], 'it is not text'],
		[{ email: 'jane@example.com' }, 'it is not text'],
	])('refuses %j: %s', (value, reason) => {
		const { message, description } = inputErrorOf(() => readEmail(value));

		expect(message).toMatch(/^'Email' is not a valid email address: '/);
		expect(message).toContain(`(${reason})`);
		expect(description).toContain('Use one address such as jane@example.com');
	});

	it('returns an address or throws an input error for any value', () => {
		fc.assert(
			fc.property(fc.oneof(fc.emailAddress(), anyValue), (value) => {
				try {
					expect(readEmail(value)).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);
				} catch (thrown) {
					expect(thrown).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});

describe('emailKey', () => {
	it('is equal for two spellings of one address, and different for two addresses', () => {
		expect(emailKey('Jane@Example.com')).toBe(emailKey('jane@EXAMPLE.com'));
		expect(emailKey('jane@example.com')).not.toBe(emailKey('jane+1@example.com'));
	});
});
