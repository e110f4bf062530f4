import { join, resolve } from 'node:path';

/**
 * What n8n-core reads from the environment at its first use: a folder of its own, so that the tests never touch the
 * developer's ~/.n8n, with the log in it. Has to be imported before n8n-core.
 *
 * All n8n-core may write there is its settings and log, which the next run can use again; jest's workers write at the same time.
 */
const cache = resolve(__dirname, '..', '..', 'node_modules', '.cache');
process.env.N8N_USER_FOLDER = join(cache, 'n8n-engine', process.env.JEST_WORKER_ID ?? '1');
// At "silent", n8n would still put together every line of the level "debug".
process.env.N8N_LOG_LEVEL = 'error';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
