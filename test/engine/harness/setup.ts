import { useVirtualClock } from './virtualClock';

// Hundreds of contacts on a busy machine; jest ignores `testTimeout` of a project.
jest.setTimeout(60_000);
useVirtualClock();
