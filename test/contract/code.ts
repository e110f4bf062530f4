const NODE = 'nodes/ActiveCampaignSync';

/** The code that rests on facts of the API: what would have to change with them. */
export const CODE = {
	authentication: `${NODE}/transport/authenticate.ts`,
	response: `${NODE}/transport/response.ts`,
	rateLimit: `${NODE}/transport/rateLimit.ts`,
	paging: `${NODE}/transport/paging.ts`,
	credentialTest: `${NODE}/methods/credentialTest.ts`,
	sync: `${NODE}/operations/syncContact/contactSync.ts`,
	syncOutput: `${NODE}/contact/contactOutput.ts`,
	plan: `${NODE}/contact/contactPlan.ts`,
	email: `${NODE}/contact/email.ts`,
	fieldValue: `${NODE}/contact/fields/fieldValue.ts`,
	customField: `${NODE}/contact/fields/customField.ts`,
	steps: `${NODE}/operations/syncContact/contactSteps.ts`,
	membership: `${NODE}/contact/steps/membership.ts`,
	enrollment: `${NODE}/operations/syncContact/enrollment.ts`,
	catalogs: `${NODE}/lookups/catalogs.ts`,
	operations: `${NODE}/operations`,
	import: `${NODE}/contact/import/importContact.ts`,
	importInfo: `${NODE}/contact/import/importInfo.ts`,
	rejectedBatch: `${NODE}/contact/import/rejectedBatch.ts`,
	importBatches: `${NODE}/contact/import/importBatches.ts`,
} as const;

export type CodePlace = keyof typeof CODE;
