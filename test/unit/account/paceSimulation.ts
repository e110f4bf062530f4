import {
	afterResponse,
	afterRateLimited,
	afterStart,
	generalLimit,
	nextStartAt,
	INITIAL_PACE,
	type Pace,
	type PaceLimit,
} from '../../../nodes/ActiveCampaignSync/account/pace';
import { RequestLimit } from '../../sandbox/limit';
import { seededRandom } from '../../sandbox/random';

const SECOND = 1_000;
const MINUTE = 60_000;

/** Several programs with something to send, and an account with a strict limit. Times in ms. */
export interface SimulationOptions {
	ttlMs: number;
	/** Programs of ours that do not know of each other, e.g. n8n workers. */
	clients?: number;
	/** How much later than the one before each of them begins. */
	staggerMs?: number;
	/** What each of them has to do, all of it there at the start, the requests of an item one by one; by default always more. */
	job?: { items: number; requestsEach: number };
	/** What each of them is set to. */
	requestsPerSecond?: number;
	/** What the account allows. */
	limit?: number;
	/** In any second, or in each second of the account's clock. */
	window?: 'sliding' | 'fixed';
	/** Another program, at a steady pace that it insists on; as a function, of the time. Sliding windows only. */
	neighbor?: number | ((now: number) => number);
	/** From the arrival until the response. */
	latencyMs?: number | { min: number; max: number };
	/** Refusals take none of that time. */
	refusesAtOnce?: boolean;
	/** Each request arrives up to this much later than the quickest. */
	jitterMs?: number;
	/** The first five requests of each client arrive up to this much later still. */
	coldMs?: number;
	/** What a refusal says; null for nothing. */
	retryAfterMs?: number | null;
	seed?: number;
}

export interface SimulatedRequest {
	client: number;
	startedAt: number;
	endedAt: number;
	refused: boolean;
}

interface Event {
	at: number;
	happen: (now: number) => void;
}

/** The quickest way to the account and back, and how late timers are at most. */
const ONE_WAY_MS = 3;
const TIMER_LATE_MS = 2;
const COLD_REQUESTS = 5;

/** Runs the pace of every client against the account, with a clock that only exists here. */
export function simulate(options: SimulationOptions): SimulatedRequest[] {
	const { ttlMs, clients = 1, staggerMs = 150, job, requestsPerSecond = 5 } = options;
	const { latencyMs = 250, jitterMs = 25, coldMs = 100, retryAfterMs = SECOND } = options;
	const latency = typeof latencyMs === 'number' ? { min: latencyMs, max: latencyMs } : latencyMs;
	const random = seededRandom(options.seed ?? 1);
	const admit = accountOf(options, random() * SECOND);
	const requests: SimulatedRequest[] = [];
	const events: Event[] = [];
	const later = (at: number, happen: Event['happen']) => {
		const before = events.findLastIndex((event) => event.at <= at);
		events.splice(before + 1, 0, { at, happen });
	};
	const ours = generalLimit(requestsPerSecond);

	const run = (client: number) => {
		let pace: Pace = INITIAL_PACE;
		let sent = 0;
		let isServing = false;
		/** For each item that waits: how many requests it still takes. */
		const queue: number[] = Array.from({ length: job?.items ?? 1 }, () => job?.requestsEach ?? Infinity);
		const send = (startedAt: number, left: number) => {
			const coldFor = sent++ < COLD_REQUESTS ? random() * coldMs : 0;
			later(startedAt + ONE_WAY_MS + random() * jitterMs + coldFor, (arrivedAt) => {
				const refused = !admit(arrivedAt);
				const request = { client, startedAt, endedAt: Infinity, refused };
				requests.push(request);
				const worksForMs =
					refused && options.refusesAtOnce ? 0 : latency.min + random() * (latency.max - latency.min);
				later(arrivedAt + worksForMs + ONE_WAY_MS * random(), (now) => {
					request.endedAt = now;
					pace = refused
						? afterRateLimited(pace, startedAt, retryAfterMs ?? undefined, now)
						: afterResponse(pace, now);
					if (job && refused) queue.push(left);
					else if (job && left > 1) queue.push(left - 1);
					if (!isServing) serve(now);
				});
			});
		};
		// As the throttle does: a hold may begin meanwhile, so nobody sleeps for long; counted from the next turn.
		const serve = (now: number) => {
			const [left] = queue;
			isServing = left !== undefined;
			if (left === undefined) return;
			const at = nextStartAt(pace, ours, now);
			if (at > now) {
				later(now + Math.min(200, Math.ceil(at - now)) + random() * TIMER_LATE_MS, serve);
				return;
			}
			if (job) queue.shift();
			send(now, left);
			later(now + 1 + (random() * TIMER_LATE_MS) / 2, (sentAt) => {
				pace = afterStart(pace, sentAt);
				serve(sentAt);
			});
		};
		isServing = true;
		later(SECOND + client * staggerMs + random() * 50, serve);
	};
	for (let client = 0; client < clients; client += 1) run(client);
	for (let event = events.shift(); event && event.at <= ttlMs + SECOND; event = events.shift()) {
		event.happen(event.at);
	}
	return requests.sort((one, other) => one.startedAt - other.startedAt);
}

/** Whether the account admits a request that arrives at a time. */
function accountOf(
	{ limit = 5, window = 'sliding', neighbor = 0 }: SimulationOptions,
	phaseMs: number,
): (now: number) => boolean {
	const account = new RequestLimit();
	let [second, admitted] = [0, 0];
	return (now) => {
		const others = typeof neighbor === 'function' ? neighbor(now) : neighbor;
		if (window === 'sliding') return account.admit(now, limit, others).admitted;
		const current = Math.floor((now + phaseMs) / SECOND);
		if (current !== second) [second, admitted] = [current, 0];
		admitted += 1;
		return admitted <= limit;
	};
}

/** What becomes of several workers of one account that always have something to send. */
export interface WorkersMeasurement {
	/** Requests that got through, all workers together. */
	perSecond: number;
	refusedPart: number;
	/** The slowest worker's share of the fastest one's, in the worst ten minutes. */
	fairness: number;
	/** The longest time in which one of them got nothing through (ms). */
	longestWaitMs: number;
}

/** Runs workers for so long, ten minutes at least. */
export function measureWorkers(options: SimulationOptions): WorkersMeasurement {
	const { ttlMs, clients = 1 } = options;
	const requests = simulate(options);
	const byClient = Array.from({ length: clients }, (_, client) =>
		requests.filter((request) => request.client === client),
	);
	const fairnessFrom = (fromMs: number) => {
		const rates = byClient.map((own) => perSecond(own, fromMs, fromMs + 10 * MINUTE));
		return Math.min(...rates) / Math.max(...rates);
	};
	const spans = Array.from({ length: 1 + (ttlMs - 10 * MINUTE) / (5 * MINUTE) }, (_, span) => span);
	return {
		perSecond: perSecond(requests, SECOND, ttlMs),
		refusedPart: refusedPart(requests),
		fairness: Math.min(...spans.map((span) => fairnessFrom(span * 5 * MINUTE))),
		longestWaitMs: Math.max(...byClient.map((own) => longestWait(own, ttlMs))),
	};
}

/** How many of the requests got through per second, from a time on. */
export function perSecond(requests: readonly SimulatedRequest[], fromMs: number, toMs: number): number {
	const through = requests.filter(
		({ refused, startedAt }) => !refused && startedAt >= fromMs && startedAt < toMs,
	);
	return through.length / ((toMs - fromMs) / SECOND);
}

/** How many of the requests of a job got through per second, from the first start to the last response. */
export function jobPerSecond(requests: readonly SimulatedRequest[]): number {
	const through = requests.filter(({ refused }) => !refused);
	const endedAt = Math.max(...through.map((request) => request.endedAt));
	return through.length / ((endedAt - (requests[0]?.startedAt ?? 0)) / SECOND);
}

/** The longest time without a request that got through (ms), from the first try to the end. */
export function longestWait(requests: readonly SimulatedRequest[], ttlMs: number): number {
	const through = requests.filter(({ refused }) => !refused).map(({ startedAt }) => startedAt);
	const times = [requests[0]?.startedAt ?? 0, ...through, ttlMs];
	return Math.max(...times.map((at, index) => at - (times[index - 1] ?? at)));
}

/** The part of the requests that was refused, 0 to 1. */
export function refusedPart(requests: readonly SimulatedRequest[]): number {
	return requests.filter(({ refused }) => refused).length / requests.length;
}

/** Starts requests as early as the pace lets them, from a time on. */
export function startMany(
	count: number,
	from: number,
	pace: Pace = INITIAL_PACE,
	by: PaceLimit = generalLimit(5),
) {
	const starts: number[] = [];
	let now = from;
	for (let index = 0; index < count; index += 1) {
		now = nextStartAt(pace, by, now);
		pace = afterStart(pace, now);
		starts.push(now);
	}
	return { starts, pace };
}

/** The most of the times that lie within any window of that length. */
export function mostWithin(times: readonly number[], windowMs: number): number {
	return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}
