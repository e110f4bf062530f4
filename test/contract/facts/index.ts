import type { FactGroup } from '../fact';
import { automationFacts } from './automations';
import { bulkFacts } from './bulk';
import { bulkRefusalFacts } from './bulkRefusals';
import { companyFacts } from './companies';
import { contactFilterFacts } from './contactFilters';
import { contactFacts } from './contacts';
import { credentialFacts } from './credentials';
import { fieldFacts } from './fields';
import { fieldValueFacts } from './fieldValues';
import { listFacts } from './lists';
import { noteFacts } from './notes';
import { pagingFacts } from './paging';
import { rateLimitFacts } from './rateLimit';
import { refusalFacts } from './refusals';
import { sideLoadingFacts } from './sideLoading';
import { syncFacts } from './sync';
import { tagFacts } from './tags';
import { wholeRunFacts } from './wholeRun';

/** All facts, in the order in which they are tried. */
export const FACTS: readonly FactGroup[] = [
	credentialFacts,
	syncFacts,
	contactFacts,
	fieldFacts,
	fieldValueFacts,
	tagFacts,
	listFacts,
	companyFacts,
	noteFacts,
	bulkFacts,
	bulkRefusalFacts,
	sideLoadingFacts,
	contactFilterFacts,
	pagingFacts,
	automationFacts,
	rateLimitFacts,
	refusalFacts,
	wholeRunFacts,
];
