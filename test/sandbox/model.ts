/** A custom field; `type` is the API's word, '' or null for one without. */
export interface SandboxField {
	id: string;
	title: string;
	type: string | null;
	/** The personalization tag, upper case, without the percent signs. */
	perstag: string;
	options: FieldOption[];
	/** Ids of the lists it is related to; `['0']` means every list. */
	lists: string[];
	cdate: string;
}

export interface FieldOption {
	id: string;
	value: string;
	label: string;
}

/** What a custom field is made from; an option given as text has that text as value and label. */
export interface FieldSeed {
	id?: string;
	title?: string;
	type?: string | null;
	perstag?: string;
	options?: Array<string | { value: string; label: string }>;
	lists?: string[];
}

export interface SandboxList {
	id: string;
	name: string;
	cdate: string;
}

export interface SandboxTag {
	id: string;
	name: string;
	/** 'contact', 'template', or '' for a tag made without a type, which the account then hides. */
	tagType: string;
	description: string;
	cdate: string;
}

export interface SandboxAutomation {
	id: string;
	name: string;
	/** Whether it takes contacts; one that does not answers 403 "Could not create SubscriberSeries". */
	active: boolean;
	/** Id of the list whose new subscribers it takes on by itself. */
	startsOnList?: string;
	cdate: string;
}

/** 1 active, 2 unsubscribed, 3 unconfirmed. What a bounced membership has is not documented: 4 stands in for it. */
export const MEMBERSHIP_STATUS = { active: 1, unsubscribed: 2, unconfirmed: 3, bounced: 4 } as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUS)[keyof typeof MEMBERSHIP_STATUS];

export interface Membership {
	id: string;
	status: MembershipStatus;
	/** As the last write gave it, '0' without. */
	sourceId: string;
	sdate: string;
	udate: string;
}

export interface TagLink {
	id: string;
	cdate: string;
}

export interface AutomationEntry {
	id: string;
	automationId: string;
	adddate: string;
}

export interface FieldValueRow {
	id: string;
	fieldId: string;
	value: string;
	cdate: string;
	udate: string;
}

export interface ContactSeed {
	email: string;
	firstName?: string;
	lastName?: string;
	phone?: string;
	/** By field id, title or personalization tag. */
	fieldValues?: Record<string, string>;
	/** By list id or name. */
	lists?: Record<string, MembershipStatus | keyof typeof MEMBERSHIP_STATUS>;
	/** Names; made if missing. */
	tags?: string[];
	/** Ids or names. */
	automations?: string[];
}

/** A stored contact with everything that hangs on it. */
export class SandboxContact {
	firstName = '';
	lastName = '';
	phone = '';
	udate: string;
	/** By field id. */
	readonly fieldValueRows = new Map<string, FieldValueRow>();
	/** By list id. */
	readonly lists = new Map<string, Membership>();
	/** By tag id. */
	readonly tags = new Map<string, TagLink>();
	/** In the order of enrolment; twice enrolled is twice in here. */
	readonly automations: AutomationEntry[] = [];

	constructor(
		readonly id: string,
		readonly email: string,
		readonly hash: string,
		readonly cdate: string,
	) {
		this.udate = cdate;
	}

	/** The custom values by field id. */
	get fieldValues(): Map<string, string> {
		return new Map([...this.fieldValueRows].map(([fieldId, { value }]) => [fieldId, value]));
	}
}

/** Something a careful client would not do, although the account let it pass. */
export interface Mistake {
	kind:
		| 'fieldValuesNotArray'
		| 'valueNotString'
		| 'unprovenKey'
		| 'deprecatedKey'
		| 'tokenInQuery'
		| 'resubscribedWithoutSource'
		| 'enrolledTwice'
		| 'hiddenTag'
		| 'sameAddressTwice'
		| 'keyDropped';
	detail: string;
}
