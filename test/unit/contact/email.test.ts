import fc from 'fast-check';

import { emailKey, readEmail } from '../../../nodes/ActiveCampaignSync/contact/email';
import { InputError } from '../../../nodes/ActiveCampaignSync/shared/inputError';

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
		['jane', 'there is no @'],
		['@example.com', 'there is nothing before the @'],
		['Jane <jane@example.com>', 'a character before the @ is not allowed'],
		['jane@example.com, bob@example.com', 'a character before the @ is not allowed'],
		['jane@@example.com', 'a character before the @ is not allowed'],
		...Array.from('"(),:;<>[\\] \t\u200b', (sign): [string, string] => [
			`ja${sign}ne@example.com`,
			'a character before the @ is not allowed',
		]),
		['jane@example', 'there is no dot after the @'],
		['jane@example.c', 'its ending is no top-level domain'],
		['jane@192.168.0.1', 'its ending is no top-level domain'],
		['jane@example.com.1', 'its ending is no top-level domain'],
		['jane@.example.com', 'what follows the @ is no domain'],
		['jane@-example.com', 'what follows the @ is no domain'],
		['jane@exam ple.com', 'what follows the @ is no domain'],
		['jane@example..com', 'what follows the @ is no domain'],
		['jane@example.com.', 'what follows the @ is no domain'],
		['jane@', 'what follows the @ is no domain'],
		[`${'a'.repeat(243)}@example.com`, 'it is longer than 254 characters'],
		[5, 'it is no text'],
		[['jane@example.com'], 'it is no text'],
		[{ email: 'jane@example.com' }, 'it is no text'],
	])('refuses %j: %s', (value, reason) => {
		const { message, description } = inputErrorOf(() => readEmail(value));

		expect(message).toMatch(/^'Email' holds no email address: '/);
		expect(message).toContain(`(${reason})`);
		expect(description).toContain('Give one address like jane@example.com');
	});

	it('takes an address or throws its own message, whatever it is given', () => {
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
	it('is the same for one person and no other', () => {
		expect(emailKey('Jane@Example.com')).toBe(emailKey('jane@EXAMPLE.com'));
		expect(emailKey('jane@example.com')).not.toBe(emailKey('jane+1@example.com'));
	});
});
