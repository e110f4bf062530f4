import { useVirtualClock } from './virtualClock';

useVirtualClock();

// Some tests sync hundreds of contacts, on a machine that may have other things to do. Jest reads `testTimeout` of no project.
jest.setTimeout(60_000);
