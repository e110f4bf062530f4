const REFUSED_IN_LOCAL_PART = /["(),:;<>@[\\\]\s]/;

/**
 * Whether the account takes the address: it has a local part without `" ( ) , : ; < > @ [ \ ]` and blanks, and a
 * domain with a dot and a top-level domain of two letters or more. These are the bulk import's documented rules; whether
 * the sync trims blanks is unknown, so they are refused there too.
 */
export function isAddress(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const at = value.lastIndexOf('@');
	const local = value.slice(0, Math.max(0, at));
	const domain = value.slice(at + 1);
	return (
		local !== '' && !REFUSED_IN_LOCAL_PART.test(local) && /^[^\s.@]+(\.[^\s.@]+)*\.[^\s.@]{2,}$/.test(domain)
	);
}
