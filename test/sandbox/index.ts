/* The stand-in ActiveCampaign account: `const sandbox = await startSandbox({ fields: 250, latencyMs: 50 })`. */
export { startSandbox, type RunningSandbox, type SandboxOptions } from './server';
export { CONNECTION_FAULTS, type Fault, type FaultName } from './faults';
export { FAULT_RESPONSES, UNREADABLE_RESPONSES } from './faultResponses';
export type { FaultMatch, RequestMatch, Spell } from './faultRules';
export { withIds, type Rewrite } from './rewrites';
export type { JournalEntry, JournalMatch } from './journal';
export {
	MEMBERSHIP_STATUS,
	type Channel,
	type ContactSeed,
	type FieldSeed,
	type ListSeed,
	type MembershipStatus,
	type MembershipStatusName,
	type SandboxContact,
	type SandboxField,
} from './model';
export type { RandomFaults, SandboxSettings } from './settings';
