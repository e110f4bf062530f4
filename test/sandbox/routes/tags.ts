import { json, missingAttribute, noResult, refusedAttribute, type ApiResponse } from '../apiResponse';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import { deleteTag } from '../removals';
import type { Call, Route } from '../router';
import { tagRow } from '../catalogRows';
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
		return refusedAttribute('tag', 'tag_invalid', 'The tag may not contain commas');
	}
	const present = account.tagByName(name);
	if (present) return json(200, { tag: tagRow(present) });
	if (tagType === '') account.mistake('hiddenTag', name);
	return json(201, { tag: tagRow(account.addTag(name, phpText(tagType), phpText(description))) });
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
