import { isFailure } from './failure';

/**
 * Shares one read among all who ask for it. That the permission is missing stays, as does a list without an end; other
 * failures may pass, so the next one who asks reads again.
 * @throws what `read` throws
 */
export async function once<Key, Value>(
	reads: Map<Key, Promise<Value>>,
	key: Key,
	read: () => Promise<Value>,
): Promise<Value> {
	const known = reads.get(key);
	if (known) return await known;
	const started = read();
	reads.set(key, started);
	started.catch((thrown: unknown) => {
		const isFinal = isFailure(thrown) && (thrown.kind === 'forbidden' || thrown.details.isFinal);
		if (!isFinal && reads.get(key) === started) reads.delete(key);
	});
	return await started;
}
