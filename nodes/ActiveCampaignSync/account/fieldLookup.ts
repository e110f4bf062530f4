import { parseFields } from '../fields/customField';
import { FieldCatalog } from '../fields/fieldCatalog';
import { isFailure } from '../shared/failure';
import type { Account } from './account';
import { once } from '../shared/memo';

const PURPOSE = { action: 'read the custom fields', permission: 'see custom fields' };

/** Reads of all custom fields under way: executions that begin meanwhile share them. */
const readsUnderWay = new Map<string, Promise<FieldCatalog>>();

/** The custom fields of the account, read once however many items ask for them. */
export class FieldLookup {
	private readonly catalog = new Map<'fields', Promise<FieldCatalog>>();

	constructor(private readonly account: Account) {}

	/** All custom fields of the account. @throws AccountFailure */
	async all(): Promise<FieldCatalog> {
		return await once(this.catalog, 'fields', async () => {
			const inFlight = readsUnderWay.get(this.account.keyOf('fields'));
			if (!inFlight) return await this.read();
			// Only this execution is not stopped when the other one is.
			const shared = await inFlight.catch((thrown: unknown) => {
				if (isFailure(thrown) && thrown.kind === 'stopped') return undefined;
				throw thrown;
			});
			return shared ?? (await this.read());
		});
	}

	private async read(): Promise<FieldCatalog> {
		const request = { path: '/fields', purpose: PURPOSE };
		const reading = this.account
			.scope([], 'lookup')
			.readAll(request, 'fields', ['fieldOptions'])
			.then(
				(found) => new FieldCatalog(parseFields(found.get('fields') ?? [], found.get('fieldOptions') ?? [])),
			);
		const key = this.account.keyOf('fields');
		readsUnderWay.set(key, reading);
		try {
			return await reading;
		} finally {
			readsUnderWay.delete(key);
		}
	}
}
