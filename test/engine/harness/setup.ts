import { useVirtualClock } from './virtualClock';

useVirtualClock();
