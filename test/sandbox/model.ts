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

/** What a list sends; being on an SMS list is consent to SMS. */
export type Channel = 'email' | 'sms';

/** What a list is made from; a text is the name of an email list. */
export type ListSeed = string | { name: string; channel?: Channel };

export interface SandboxList {
	id: string;
	name: string;
	channel: Channel;
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

/** Every list, where a list's id is asked for. */
export const ANY_LIST = '0';

export interface SandboxAutomation {
	id: string;
	name: string;
	/** Whether it takes contacts; one that does not responds with 403 "Could not create SubscriberSeries". */
	active: boolean;
	/** Id of the list whose new subscribers it takes on by itself, ANY_LIST for all. */
	startsOnList?: string;
	cdate: string;
}

/** Contacts that meet a condition; made by hand in the account. */
export interface SandboxSegment {
	id: string;
	name: string;
	includes: (contact: SandboxContact) => boolean;
	/** When it was first asked for, on the account's clock; its contacts are looked up from then on. */
	askedAtMs: number | undefined;
}

/** The known values of `contactLists[].status`; removed means off the list without an unsubscribe. */
export const MEMBERSHIP_STATUS = {
	unconfirmed: 0,
	active: 1,
	unsubscribed: 2,
	bounced: 3,
	removed: 91,
} as const;
/** Any code: an account may have one that is not documented. */
export type MembershipStatus = number;
export type MembershipStatusName = keyof typeof MEMBERSHIP_STATUS;

export interface Membership {
	id: string;
	status: MembershipStatus;
	/** As the last write gave it, '0' without. */
	sourceId: string;
	channel: Channel;
	sdate: string;
	udate: string;
}

/** What the API calls an account and the node's users a company. */
export interface SandboxCompany {
	id: string;
	name: string;
	url: string | null;
	cdate: string;
}

/** A contact's company; a contact has one at most. */
export interface CompanyLink {
	id: string;
	companyId: string;
	jobTitle: string;
	cdate: string;
	udate: string;
}

export interface SandboxNote {
	id: string;
	text: string;
	cdate: string;
}

export interface SandboxDeal {
	id: string;
	title: string;
	/** In cents. */
	value: number;
	/** ISO 4217, lower case. */
	currency: string;
}

/** A client's write to a membership. */
export interface MembershipWrite {
	email: string;
	listId: string;
	/** Undefined where there was no membership. */
	from: MembershipStatus | undefined;
	to: MembershipStatus;
	sourceId: string;
}

export interface TagLink {
	id: string;
	cdate: string;
}

export interface AutomationEntry {
	id: string;
	automationId: string;
	adddate: string;
	/** Whether the contact is through. */
	completed: boolean;
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
	/** How many messages bounced, for good or for now. */
	bouncedHard?: number;
	bouncedSoft?: number;
	/** By field id, title or personalization tag. */
	fieldValues?: Record<string, string>;
	/** By list id or name. */
	lists?: Record<string, MembershipStatus | MembershipStatusName>;
	/** Names; made if missing. */
	tags?: string[];
	/** Ids or names. */
	automations?: string[];
	/** Name; made if missing. */
	company?: string;
	jobTitle?: string;
	notes?: string[];
}

/** A stored contact with everything that hangs on it. */
export class SandboxContact {
	firstName = '';
	lastName = '';
	phone = '';
	bouncedHard = 0;
	bouncedSoft = 0;
	udate: string;
	/** By field id. */
	readonly fieldValueRows = new Map<string, FieldValueRow>();
	/** By list id. */
	readonly lists = new Map<string, Membership>();
	/** By tag id. */
	readonly tags = new Map<string, TagLink>();
	/** In the order of enrollment; twice enrolled is twice in here. */
	readonly automations: AutomationEntry[] = [];
	/** How often it has ever entered each automation, by id; an entry that was deleted counts. */
	readonly automationEntryCounts = new Map<string, number>();
	company: CompanyLink | undefined;
	readonly notes: SandboxNote[] = [];
	readonly deals: SandboxDeal[] = [];
	/** The account's latest write about it, counted over all contacts, and when it was, in ms since 1970. */
	lastChange = { number: 0, atMs: 0 };

	constructor(
		readonly id: string,
		public email: string,
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
