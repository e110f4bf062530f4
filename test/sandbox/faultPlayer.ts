import type { ServerResponse } from 'node:http';
import type { ApiResponse } from './apiResponse';
import type { FaultPlan } from './faults';
import { reset, send, sendGzipBomb, sendHalf, sendNotHttp, sendPadded, trickle } from './wire';

/** What playing a fault needs of the request it meets. */
export interface Faulted {
	outgoing: ServerResponse;
	/** Does the request's work. @returns the account's own response */
	doWork: () => ApiResponse;
	/** Adds what the account adds to each response, and writes the status into the journal. */
	complete: (response: ApiResponse) => ApiResponse;
	/** Milliseconds of the account's time. */
	now: () => number;
	/** @throws when the account ends before */
	wait: (ms: number) => Promise<void>;
}

/** Meets one request with a fault. The work is done at most once, even for a client that has left. */
export async function playFault(plan: FaultPlan, faulted: Faulted): Promise<void> {
	const { delivery, afterWrite = false, delayMs = 0, trickleMs, trickleForMs = Infinity } = plan;
	const { outgoing, doWork, complete, now, wait } = faulted;
	const early = afterWrite ? doWork() : undefined;
	await wait(delayMs);
	const own = () => early ?? doWork();
	const deliver = {
		silence: () => undefined,
		reset: () => reset(outgoing),
		notHttp: () => sendNotHttp(outgoing),
		halfOfOwnResponse: () => sendHalf(outgoing, own()),
	};
	if (delivery.kind === 'gzipBomb') sendGzipBomb(outgoing, delivery.bytes);
	else if (delivery.kind === 'paddedResponse') await sendPadded(outgoing, complete(own()), delivery.bytes);
	else if (delivery.kind === 'response' || delivery.kind === 'ownResponse') {
		const response = complete(delivery.kind === 'response' ? delivery.response : own());
		if (trickleMs === undefined) send(outgoing, response);
		else await trickle(outgoing, response, steps(trickleMs, now() + trickleForMs, { now, wait }));
	} else deliver[delivery.kind]();
}

/** A step every so many ms until the given time. */
async function* steps(
	everyMs: number,
	untilMs: number,
	{ now, wait }: Pick<Faulted, 'now' | 'wait'>,
): AsyncGenerator<void> {
	while (now() < untilMs) {
		yield;
		await wait(Math.min(everyMs, untilMs - now()));
	}
}
