import { useVirtualClock } from './virtualClock';

// Hundreds of contacts on a busy machine; jest ignores `testTimeout` of a project.
jest.setTimeout(60_000);
useVirtualClock();

// Some tests sync hundreds of contacts, on a machine that may have other things to do. Jest reads `testTimeout` of no project.
jest.setTimeout(60_000);
