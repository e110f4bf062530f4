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

/** Several programs that always have something to send, and an account with a strict sliding window. Times in ms. */
export interface SimulationOptions {
	ttlMs: number;
	/** Programs of ours that do not know of each other, e.g. n8n workers. */
	clients?: number;
	/** What each of them is set to. */
	requestsPerSecond?: number;
	/** What the account allows. */
	limit?: number;
	/** Another program, at a steady pace that it insists on; as a function, of the time. */
	neighbor?: number | ((now: number) => number);
	/** From the start until the response. */
	latencyMs?: number;
	/** Each request arrives up to this much later than the quickest. */
	jitterMs?: number;
	/** The first five requests of all arrive this much later still. */
	coldMs?: number;
	/** What a refusal says; null for nothing. */
	retryAfterMs?: number | null;
	seed?: number;
}

export interface SimulatedRequest {
	client: number;
	startedAt: number;
	refused: boolean;
}

interface Event {
	at: number;
	happen: (now: number) => void;
}

/** Runs the pace of every client against the account, with a clock that only exists here. */
export function simulate(options: SimulationOptions): SimulatedRequest[] {
	const { ttlMs, clients = 1, requestsPerSecond = 5, limit = 5, neighbor = 0 } = options;
	const { latencyMs = 50, jitterMs = 0, coldMs = 0, retryAfterMs = 1_000 } = options;
	const random = seededRandom(options.seed ?? 1);
	const account = new RequestLimit();
	const requests: SimulatedRequest[] = [];
	const events: Event[] = [];
	const later = (at: number, happen: Event['happen']) => events.push({ at, happen });
	const ours = generalLimit(requestsPerSecond);

	const arrive = (now: number) => {
		const others = typeof neighbor === 'function' ? neighbor(now) : neighbor;
		return account.admit(now, limit, others);
	};
	const run = (client: number) => {
		let pace: Pace = INITIAL_PACE;
		let sent = 0;
		const send = (startedAt: number) => {
			const onTheWayMs = 5 + random() * jitterMs + (sent++ < 5 ? coldMs : 0);
			later(startedAt + onTheWayMs, (arrivedAt) => {
				const { admitted } = arrive(arrivedAt);
				requests.push({ client, startedAt, refused: !admitted });
				later(startedAt + Math.max(latencyMs, onTheWayMs), (now) => {
					pace = admitted
						? afterResponse(pace)
						: afterRateLimited(pace, startedAt, retryAfterMs ?? undefined, now);
				});
			});
		};
		const next = (now: number) => {
			const at = nextStartAt(pace, ours, now);
			if (at <= now) {
				pace = afterStart(pace, now);
				send(now);
			}
			// As the throttle does: a hold may begin meanwhile, so nobody sleeps for long.
			later(Math.min(Math.max(at, now), now + 200), next);
		};
		// Not all at the same moment.
		later(1_000 + client * 130, next);
	};
	for (let client = 0; client < clients; client += 1) run(client);
	for (;;) {
		const first = events.reduce(
			(soonest, event, index) => (event.at < (events[soonest]?.at ?? 0) ? index : soonest),
			0,
		);
		const [event] = events.splice(first, 1);
		if (!event || event.at > ttlMs + 1_000)
			return requests.sort((one, other) => one.startedAt - other.startedAt);
		event.happen(event.at);
	}
}

/** How many of the requests got through per second, from a time on. */
export function perSecond(requests: readonly SimulatedRequest[], fromMs: number, toMs: number): number {
	const through = requests.filter(
		({ refused, startedAt }) => !refused && startedAt >= fromMs && startedAt < toMs,
	);
	return through.length / ((toMs - fromMs) / 1_000);
}

/** The longest time without a request that got through (ms). */
export function longestWait(requests: readonly SimulatedRequest[]): number {
	const through = requests.filter(({ refused }) => !refused).map(({ startedAt }) => startedAt);
	return Math.max(...through.map((at, index) => at - (through[index - 1] ?? at)));
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
