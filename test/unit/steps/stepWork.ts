import type { AccountResponse } from '../../../nodes/ActiveCampaignSync/account/request';
import { knownNow, type Timestamped } from '../../../nodes/ActiveCampaignSync/account/cachedRead';
import type { ContactPart, Rows } from '../../../nodes/ActiveCampaignSync/account/contactParts';
import { Lookups } from '../../../nodes/ActiveCampaignSync/account/lookups';
import {
	AccountFailure,
	type FailureDetails,
	type FailureKind,
} from '../../../nodes/ActiveCampaignSync/shared/failure';
import type { JsonObject } from '../../../nodes/ActiveCampaignSync/shared/json';
import type { StepContact, StepInput, StepWork } from '../../../nodes/ActiveCampaignSync/steps/step';

import { openAccount } from '../account/fakeAccount';
import { parametersOf } from '../input/parametersOf';

/** What one item asks for, by the node's parameters as the user wrote them; see `contextOf`. */
export function inputOf(
	parameters: object,
	resolved: Record<string, unknown> = {},
	fillsBlanksOnly = false,
): StepInput {
	return {
		parameters: parametersOf(parameters, resolved),
		itemIndex: 0,
		fillsBlanksOnly,
		warn: () => undefined,
	};
}

/** What an account has of a contact, part by part. */
type Parts = Partial<Record<ContactPart, Rows>>;

interface WorkSettings extends Partial<Omit<StepWork, 'contact' | 'scope' | 'lookups'>> {
	readonly contact?: Partial<StepContact>;
	/** What the contact has at each reading, one after the other; the last one for all that follow. */
	readonly readings?: readonly Parts[];
}

/** What a step works with: a contact with the ID 7, and an account each of whose calls is to be mocked. */
export async function openWork({ contact, readings = [], ...more }: WorkSettings = {}) {
	const { account } = await openAccount(() => ({ thrown: new Error('Nobody expected this request') }));
	const scope = account.scope([0, 1]);
	const lookups = new Lookups(account, more.isDryRun);
	let asked = 0;
	const part = jest.fn<Promise<Timestamped<Rows>>, [part: ContactPart, since?: number]>(async (name) => {
		const reading = readings[Math.min(asked, readings.length - 1)];
		asked += 1;
		return await Promise.resolve(knownNow(reading?.[name] ?? []));
	});
	const readHasBounced = jest.fn(async () => await Promise.resolve(false));
	const readHasPhone = jest.fn(async () => await Promise.resolve(false));
	const work: StepWork = {
		contact: {
			id: '7',
			isNew: false,
			hasBounced: false,
			readHasBounced,
			hasPhone: undefined,
			readHasPhone,
			part,
			partAfterwards: async (name) => (await part(name)).value,
			entryCount: async () => await Promise.resolve(0),
			...contact,
		},
		scope,
		lookups,
		resubscribe: false,
		isDryRun: false,
		steps: [],
		resultsOf: async () => await Promise.resolve([]),
		...more,
	};
	return {
		work,
		lookups,
		account,
		part,
		call: jest.spyOn(scope, 'call'),
		remove: jest.spyOn(scope, 'remove'),
	};
}

/** A response that is a success. */
export function responseOf(body: JsonObject = {}, statusCode = 200): AccountResponse {
	return { statusCode, body, startedAt: performance.now() };
}

/** A call that failed, for a reason that stands in the message. */
export function failureOf(kind: FailureKind, details: FailureDetails = {}): AccountFailure {
	return new AccountFailure(kind, `It was ${kind}`, 'Do this', details);
}
