/*
 * What talks over sockets to an account, an n8n, a browser or a database, on a machine that is busy with other things
 * too, is late now and then: such a test that fails is tried once more, and its first failure is shown. Fails it again,
 * it has failed. Pure functions get no second chance, nor do properties, whose next try would be another one.
 */
const { testPath = '' } = expect.getState();
if (/[\\/](engine|e2e)[\\/]/.test(testPath) && !testPath.includes('.property.')) {
	jest.retryTimes(1, { logErrorsBeforeRetry: true });
}
