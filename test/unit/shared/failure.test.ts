import {
	AccountFailure,
	explain,
	failureOf,
	InputError,
	invalidValueError,
	isFailure,
	PERMANENT,
	stopped,
	TRANSIENT,
} from '../../../nodes/ActiveCampaignSync/shared/failure';

const refused = new AccountFailure('rejected', 'It was not taken', 'Change it', { httpCode: '422' });
const unusable = new InputError('It is empty', 'Fill it in', { emailOwnerId: '7' });

describe('an input that cannot be used', () => {
	it('says what happened, with the field and the value, and what to do next', () => {
		const thrown = invalidValueError('Birthday', '31/12/2026', 'is ambiguous', 'Use another');
		expect(thrown).toBeInstanceOf(InputError);
		expect(thrown).toBeInstanceOf(Error);
		expect(thrown).toMatchObject({
			name: 'InputError',
			kind: 'invalidInput',
			message: "'Birthday': '31/12/2026' is ambiguous",
			description: 'Use another',
			details: {},
		});
	});
});

describe('a failure with other words', () => {
	it('of the account keeps what is not replaced, and adds details', () => {
		const other = refused.with({ message: 'Refused', details: { outcomeUnknown: true } });
		expect(other).toBeInstanceOf(AccountFailure);
		expect(other).toMatchObject({
			name: 'AccountFailure',
			kind: 'rejected',
			message: 'Refused',
			description: 'Change it',
			details: { httpCode: '422', outcomeUnknown: true },
		});
		expect(refused.with({ kind: 'notFound', description: 'Look again' })).toMatchObject({
			kind: 'notFound',
			message: 'It was not taken',
			description: 'Look again',
			details: { httpCode: '422' },
		});
		expect(refused).toMatchObject({ message: 'It was not taken', details: { httpCode: '422' } });
	});

	it('of the input keeps what is not replaced, and adds details', () => {
		const other = unusable.with({ message: 'It is blank', details: { emailOwnerId: '8' } });
		expect(other).toBeInstanceOf(InputError);
		expect(other).toMatchObject({
			kind: 'invalidInput',
			message: 'It is blank',
			description: 'Fill it in',
			details: { emailOwnerId: '8' },
		});
		expect(unusable.with({ description: 'Map it' })).toMatchObject({
			message: 'It is empty',
			description: 'Map it',
			details: { emailOwnerId: '7' },
		});
	});
});

describe('what was thrown', () => {
	it.each([[refused], [unusable]])('is handled when it is a failure: %s', (thrown) => {
		expect(isFailure(thrown)).toBe(true);
		expect(failureOf(thrown)).toBe(thrown);
	});

	it.each([[new TypeError('A bug')], [{ kind: 'rejected', message: 'It was not taken' }], [undefined]])(
		'is thrown again when it is no failure: %p',
		(thrown) => {
			expect(isFailure(thrown)).toBe(false);
			expect(thrownBy(() => failureOf(thrown))).toEqual({ thrown });
		},
	);

	it('is thrown again when the execution was stopped', () => {
		const stop = stopped();
		expect(isFailure(stop)).toBe(true);
		expect(thrownBy(() => failureOf(stop))).toEqual({ thrown: stop });
	});
});

describe('a stop', () => {
	it.each([
		[stopped(), false],
		[stopped(true), true],
	])('says what was not done, and whether a request was on its way', (failure, outcomeUnknown) => {
		expect(failure).toMatchObject({
			kind: 'stopped',
			message: 'The execution was stopped before this item was processed',
			description: 'Run the workflow again for the items that are left',
			details: { outcomeUnknown },
		});
	});
});

describe('a failure in one line', () => {
	it('is what happened and what to do next, if there is anything to do', () => {
		expect(explain(refused)).toBe('It was not taken. Change it');
		expect(explain({ message: 'It was not taken', description: '' })).toBe('It was not taken');
	});
});

describe('the kinds that other items are likely to meet too', () => {
	it('either stay until a person does something, or pass by themselves', () => {
		expect([...PERMANENT]).toEqual(['forbidden', 'wrongAccount', 'accountBlocked']);
		expect([...TRANSIENT]).toEqual(['unreachable', 'rateLimited', 'unavailable']);
	});
});

function thrownBy(work: () => unknown): { thrown: unknown } | undefined {
	try {
		work();
		return undefined;
	} catch (thrown) {
		return { thrown };
	}
}
