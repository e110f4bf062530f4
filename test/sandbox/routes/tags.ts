import { json, missingAttribute, noResult, notFound, type ApiResponse } from '../apiResponse';
import { asText, isRecord } from '../guards';
import type { Call, Route } from '../router';
import { tagRow } from '../catalogRows';
import { tagLinkRow } from '../contactRows';
import { pageOf, passesFilters } from './paging';

/** GET /tags: `filters[search][eq]=` is exact, `search=` contains. A tag made without a type is not shown. */
function listTags(call: Call): ApiResponse {
	const part = (call.query.get('search') ?? '').toLowerCase();
	const tags = [...call.account.tags.values()].filter(
		({ name, tagType }) =>
			tagType !== '' && name.toLowerCase().includes(part) && passesFilters(call, 'search', name),
	);
	const { rows, meta } = pageOf(call, tags);
	return json(200, { tags: rows.map(tagRow), meta });
}

/** POST /tags: 201, or 200 with the tag that has the name already, whatever its case. */
function createTag({ account, body }: Call): ApiResponse {
	const { tag: name, tagType = '', description = '' } = isRecord(body) && isRecord(body.tag) ? body.tag : {};
	if (typeof name !== 'string' || name.trim() === '') return missingAttribute('tag');
	if (name.includes(',')) {
		const source = { pointer: '/data/attributes/tag' };
		return json(422, {
			errors: [{ title: 'The tag may not contain commas', detail: '', code: 'tag_invalid', source }],
		});
	}
	const present = account.tagByName(name);
	if (present) return json(200, { tag: tagRow(present) });
	if (tagType === '') account.mistake('hiddenTag', name);
	return json(201, { tag: tagRow(account.addTag(name, asText(tagType), asText(description))) });
}

/** POST /contactTags: 201, then 200 on a repeat. */
function tagContact({ account, body }: Call): ApiResponse {
	const sent = isRecord(body) && isRecord(body.contactTag) ? body.contactTag : {};
	for (const key of ['contact', 'tag']) if (sent[key] === undefined) return missingAttribute(key);
	const contact = account.contactById(asText(sent.contact));
	if (!contact) return notFound('Contact not found');
	const tag = account.tags.get(asText(sent.tag));
	if (!tag) return notFound('Tag not found');
	const { link, created } = account.tagContact(contact, tag.id);
	return json(created ? 201 : 200, { contactTag: tagLinkRow(contact, tag.id, link) });
}

export const tagRoutes: Route[] = [
	{ method: 'GET', path: '/tags', permission: 'tags', handle: listTags },
	{ method: 'POST', path: '/tags', permission: 'tags', handle: createTag },
	{ method: 'POST', path: '/contactTags', permission: 'tags', handle: tagContact },
	{
		method: 'DELETE',
		path: '/contactTags/*',
		permission: 'tags',
		handle: ({ account }, id) => (account.deleteTagLink(id) ? json(200, {}) : noResult('SubscriberTag', id)),
	},
];
