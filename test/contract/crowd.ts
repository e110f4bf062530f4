import { ownField, ownList } from './catalog';
import { CannotTry, shared } from './fact';
import { at, text } from './read';

/** More contacts than a page has by default, so that a collection that is cut at 20 rows shows. */
export const CROWD_SIZE = 25;
/** Tags of each contact; together more than a page of 100 rows. */
export const CROWD_TAGS = 5;
/** The first contact has more tags than a page has rows by default. */
export const MAX_TAGS = 21;

/** Contacts on one list, with tags and a value; without a company or an automation. The first has a tag of its own. */
export const crowd = shared(async (run) => {
	const { id: field } = await ownField(run, 'text');
	const list = await ownList(run);
	const tags = Array.from({ length: MAX_TAGS }, () => run.newName());
	const emails = Array.from({ length: CROWD_SIZE }, () => run.newAddress());
	const { info } = await run.import({
		contacts: emails.map((email, index) => ({
			email,
			tags: index === 0 ? tags : tags.slice(0, CROWD_TAGS),
			fields: [{ id: Number(field), value: 'Contract' }],
			subscribe: [{ listid: list }],
		})),
		exclude_automations: true,
	});
	const success = at(info.body, 'success');
	const ids = Array.isArray(success) ? success.map(text).filter((id) => /^\d+$/.test(id)) : [];
	if (ids.length !== CROWD_SIZE)
		throw new CannotTry(`an import of ${CROWD_SIZE} contacts gave ${ids.length} ids`);
	const [firstEmail = ''] = emails;
	return { ids, list, firstEmail, lastEmail: emails.at(-1) ?? '', firstTag: tags.at(-1) ?? '' };
});
