import { json, missingAttribute, noResult, notFound, type ApiResponse } from '../apiResponse';
import { ROWS_OF_CONTACT, tagLinkRow } from '../contactRows';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { Call, Route } from '../router';
import { forContact } from './forContact';
import { linksOf } from './paging';

/** POST /contactTags: 201, then 200 on a repeat. */
function tagContact({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contactTag) ? body.contactTag : {};
	for (const key of ['contact', 'tag']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(phpText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const tag = account.tags.get(phpText(sent.tag));
	if (!tag) return notFound('Tag not found');
	const { link, created } = account.tagContact(contact, tag.id);
	return json(created ? 201 : 200, { contactTag: tagLinkRow(contact, tag.id, link) });
}

export const contactTagRoutes: Route[] = [
	{ method: 'POST', path: '/contactTags', permission: 'tags', handle: tagContact },
	forContact('GET', '/contacts/*/contactTags', (contact, call) =>
		json(200, { contactTags: linksOf(call, ROWS_OF_CONTACT.contactTags(contact)) }),
	),
	{
		method: 'DELETE',
		path: '/contactTags/*',
		permission: 'tags',
		handle: ({ account }, id) => (account.deleteTagLink(id) ? json(200, {}) : noResult('SubscriberTag', id)),
	},
];
