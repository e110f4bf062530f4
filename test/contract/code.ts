const NODE = 'nodes/ActiveCampaignSync';
const SYNC = `${NODE}/operations/syncContact`;
const GET_MANY = `${NODE}/operations/getManyContacts`;
const BULK = `${NODE}/operations/syncContactsInBulk`;

/** The code that rests on facts of the API: what would have to change with them. */
export const CODE = {
	accountUrl: `${NODE}/account/accountUrl.ts`,
	response: `${NODE}/account/errorRules.ts`,
	rateLimit: `${NODE}/account/errorRules.ts`,
	trust: `${NODE}/account/tokenHistory.ts`,
	paging: `${NODE}/account/paging.ts`,
	sideLoading: `${NODE}/account/contactReads.ts`,
	fields: `${NODE}/account/lookups.ts`,
	tags: `${NODE}/account/nameSearch.ts`,
	companies: `${NODE}/account/nameSearch.ts`,
	contactReads: `${NODE}/account/contactReads.ts`,
	credentialTest: `${NODE}/methods/credentialTest.ts`,
	email: `${NODE}/input/contactReference.ts`,
	plan: `${NODE}/input/contactPlan.ts`,
	fieldValue: `${NODE}/fields/fieldValue.ts`,
	customField: `${NODE}/fields/field.ts`,
	fieldCatalog: `${NODE}/fields/fieldCatalog.ts`,
	steps: `${NODE}/steps/runSteps.ts`,
	membership: `${NODE}/steps/lists.ts`,
	enrollment: `${NODE}/steps/automations.ts`,
	company: `${NODE}/steps/company.ts`,
	note: `${NODE}/steps/note.ts`,
	contactFilters: `${GET_MANY}/contactFilters.ts`,
	sync: `${SYNC}/saveContact.ts`,
	syncOutput: `${SYNC}/contactOutput.ts`,
	find: `${SYNC}/findContact.ts`,
	update: `${SYNC}/saveContact.ts`,
	import: `${BULK}/importBatches.ts`,
	importInfo: `${BULK}/importResult.ts`,
	importedContacts: `${BULK}/followImports.ts`,
	importBatches: `${BULK}/importBatches.ts`,
	rejectedBatch: `${BULK}/submitBatches.ts`,
	manyContacts: `${NODE}/run/concurrency.ts`,
} as const;

export type CodePlace = keyof typeof CODE;
