/**
 * n8n reads the credential from its database before each request: with many executions starting at once that takes
 * hundreds of milliseconds, once n8n has been given the request. The credential is asked last, so it knows.
 */
const awaited = new WeakMap<object, () => void>();

/** Has `notify` called when the credential signs these request options, which is just before they are sent. */
export function onRequestSent(requestOptions: object, notify: () => void): void {
	awaited.set(requestOptions, notify);
}

/** To be called by the credential with the very options that it was given. */
export function notifyRequestSent(requestOptions: object): void {
	awaited.get(requestOptions)?.();
}
