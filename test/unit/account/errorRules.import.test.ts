import { readTry } from '../../../nodes/ActiveCampaignSync/account/errorRules';
import { TRUST } from '../../../nodes/ActiveCampaignSync/account/tokenHistory';

const PURPOSE = { action: 'import the contacts', permission: 'import contacts' };
const refused = (body: unknown) =>
	readTry(
		{ response: { statusCode: 400, headers: {}, body } },
		{
			request: {
				...{ method: 'POST', path: '/import/bulk_import', purpose: PURPOSE },
				...{ isImport: true, repeatable: 'ifNotDone' },
			},
			host: 'acme.example',
			trust: TRUST.none,
		},
		0,
	).failure;

describe('a refused import', () => {
	it.each([
		['a text', 'Up to 100 imports may be requested per minute.'],
		['a list', ['Up to 100 imports may be requested per minute.']],
		['nothing', undefined],
	])(
		'is one over the import limit, and none of the contacts is to blame: failureReasons are %s',
		(_name, failureReasons) => {
			const failure = refused({ success: 0, message: 'Rate limit exceeded.', failureReasons });
			expect(failure).toMatchObject({
				kind: 'rateLimited',
				message: expect.stringMatching(
					/^ActiveCampaign's import limit was reached: (Up to 100 imports|Rate limit)/,
				) as unknown,
				details: { httpCode: '400' },
			});
		},
	);

	it('names contacts by their place in the batch, counted from 0 here and from 1 there', () => {
		const failure = refused({
			success: 0,
			message: 'JSON payload did not pass validation.',
			failureReasons: [
				{ contact: 230, failureReason: 'Field ‘email’ incorrect format' },
				{ contact: '1', failureReason: 'Field ‘tags’ incorrect format' },
				{ contact: 0, failureReason: 'Nobody' },
				{ failureReason: 'The batch' },
			],
		});
		expect(failure).toMatchObject({ kind: 'rejected' });
		expect(failure?.details.contactReasons).toEqual(
			new Map([
				[229, 'Field ‘email’ incorrect format'],
				[0, 'Field ‘tags’ incorrect format'],
			]),
		);
	});
});
