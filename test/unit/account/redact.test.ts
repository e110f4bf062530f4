import { withoutToken } from '../../../nodes/ActiveCampaignSync/account/redact';

const TOKEN = 'a1b2c3d4'.repeat(9);

describe('a response that echoes the token', () => {
	it('is returned without the token, wherever it stands', () => {
		const response = {
			message: `Header Api-Token: ${TOKEN}, ${TOKEN}`,
			errors: [{ title: 'No', source: { pointer: TOKEN } }, `x${TOKEN}y`],
			[`key ${TOKEN}`]: { id: 1 },
		};
		const clean = withoutToken(response, TOKEN);
		expect(JSON.stringify(clean)).not.toContain(TOKEN);
		expect(clean).toEqual({
			message: 'Header Api-Token: [API token], [API token]',
			errors: [{ title: 'No', source: { pointer: '[API token]' } }, 'x[API token]y'],
			'key [API token]': { id: 1 },
		});
		expect(JSON.stringify(response)).toContain(TOKEN);
	});

	it('is returned unchanged but for the token', () => {
		expect(withoutToken({ [TOKEN]: 1 }, TOKEN)).toEqual({ '[API token]': 1 });
		expect(withoutToken([1, TOKEN, null], TOKEN)).toEqual([1, '[API token]', null]);
		expect(withoutToken('a b1c2d3e4', 'b1c2d3e4')).toBe('a [API token]');
	});

	it('keeps the text around the token', () => {
		const contact = { id: '1', fields: [null, true, 7] };
		const clean = withoutToken({ contact, message: TOKEN }, TOKEN);
		expect(clean).toHaveProperty('contact', contact);
	});
});

describe('any other response', () => {
	it.each([{ contact: { id: '1', lists: [{ id: '2' }] } }, [1, 2], 'text', 7, null, undefined, true])(
		'is returned untouched: %j',
		(response) => {
			expect(withoutToken(response, TOKEN)).toBe(response);
		},
	);

	it('is not changed when a common word was entered as the token', () => {
		const response = { contact: { id: '1' }, message: 'contact' };
		expect(withoutToken(response, 'contact')).toBe(response);
		expect(withoutToken(response, '')).toBe(response);
	});
});
