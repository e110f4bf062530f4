const NODE = 'nodes/ActiveCampaignSync';
const SYNC = `${NODE}/operations/syncContact`;
const BULK = `${NODE}/operations/syncContactsInBulk`;

/** The code that rests on facts of the API: what would have to change with them. */
export const CODE = {
	accountUrl: `${NODE}/account/accountUrl.ts`,
	response: `${NODE}/account/errorRules.ts`,
	rateLimit: `${NODE}/account/errorRules.ts`,
	paging: `${NODE}/account/paging.ts`,
	sideLoading: `${NODE}/account/sideLoading.ts`,
	fields: `${NODE}/account/fieldLookup.ts`,
	tags: `${NODE}/account/tagLookup.ts`,
	companies: `${NODE}/account/companyLookup.ts`,
	contactReads: `${NODE}/account/contactReader.ts`,
	credentialTest: `${NODE}/methods/credentialTest.ts`,
	email: `${NODE}/input/email.ts`,
	plan: `${NODE}/input/contactPlan.ts`,
	fieldValue: `${NODE}/fields/fieldValue.ts`,
	customField: `${NODE}/fields/customField.ts`,
	fieldCatalog: `${NODE}/fields/fieldCatalog.ts`,
	steps: `${NODE}/steps/contactSteps.ts`,
	membership: `${NODE}/steps/membership.ts`,
	enrollment: `${NODE}/steps/enrollment.ts`,
	company: `${NODE}/steps/companyStep.ts`,
	note: `${NODE}/steps/noteStep.ts`,
	sync: `${SYNC}/contactSync.ts`,
	syncOutput: `${SYNC}/contactOutput.ts`,
	find: `${SYNC}/contactFinder.ts`,
	update: `${SYNC}/updateFailures.ts`,
	import: `${BULK}/importContact.ts`,
	importInfo: `${BULK}/importInfo.ts`,
	importedContacts: `${BULK}/importedEmails.ts`,
	importBatches: `${BULK}/importBatches.ts`,
	rejectedBatch: `${BULK}/rejectedBatch.ts`,
	manyContacts: `${NODE}/run/mapWithConcurrency.ts`,
} as const;

export type CodePlace = keyof typeof CODE;
