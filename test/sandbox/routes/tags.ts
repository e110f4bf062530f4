import { json, missingAttribute, noResult, refusedAttribute, type ApiResponse } from '../apiResponse';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import { deleteTag } from '../removals';
import type { Call, Route } from '../router';
import { tagRow } from '../catalogRows';
import { pageOf, passesFilters } from './paging';

/**
 * GET /tags: `filters[search][eq]=` is exact, `search=` contains. A tag made without a type is not shown, and none is found
 * by its name where the settings say so.
 */
function listTags(call: Call): ApiResponse {
	const { account, query, settings } = call;
	const part = account.collate(query.get('search') ?? '');
	const isSearch = [...query.keys()].some((key) => key === 'search' || key.startsWith('filters[search]'));
	const tags = [...account.tags.values()].filter(
		({ name, tagType }) =>
			(settings.findsTags || !isSearch) &&
			tagType !== '' &&
			account.collate(name).includes(part) &&
			passesFilters(call, 'search', name),
	);
	const { rows, meta } = pageOf(call, tags);
	return json(200, { tags: rows.map(tagRow), meta });
}

/** POST /tags: 201; for a name that a tag has already 200 with that tag, or a refusal, as the settings say. */
function createTag({ account, body, settings }: Call): ApiResponse {
	const { tag: name, tagType = '', description = '' } = isRecord(body) && isRecord(body.tag) ? body.tag : {};
	if (typeof name !== 'string' || name.trim() === '') return missingAttribute('tag');
	if (name.includes(',')) {
		return refusedAttribute('tag', 'tag_invalid', 'The tag may not contain commas');
	}
	const present = account.tagByName(name);
	if (present && settings.existingTag !== 200) return duplicateTag(settings.existingTag, name);
	if (present) return json(200, { tag: tagRow(present) });
	if (tagType === '') account.mistake('hiddenTag', name);
	return json(201, { tag: tagRow(account.addTag(name, phpText(tagType), phpText(description))) });
}

/** As reported, without its status. */
function duplicateTag(status: number, name: string): ApiResponse {
	const error = `Duplicate entry 'contact-${name}' for key 'typetag'`;
	return json(status, { message: 'Could not process request', error });
}

export const tagRoutes: Route[] = [
	{ method: 'GET', path: '/tags', permission: 'tags', handle: listTags },
	{ method: 'POST', path: '/tags', permission: 'tags', handle: createTag },
	{
		method: 'DELETE',
		path: '/tags/*',
		permission: 'tags',
		handle: ({ account }, id) => (deleteTag(account, id) ? json(200, {}) : noResult('Tag', id)),
	},
];
