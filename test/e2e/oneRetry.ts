/*
 * A real n8n, a browser and databases on a busy machine answer late now and then: a test that fails is tried once
 * more. Fails it again, it has failed.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
