import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers';

/** Turns of the event loop without network traffic after which code is taken to wait for the clock only. */
const QUIET_TURNS = 6;

/**
 * Makes all waits of a test file take no real time: those of the node, of n8n's engine, of the sandbox account and of
 * the tests go by one clock, which jumps to the next moment for which somebody waits as soon as nobody does anything
 * else. So durations, limits per second and time-outs come out as they would in real time, on a slow machine too.
 *
 * Sockets stay real: the clock stands while a request or a response travels.
 */
export function useVirtualClock(): void {
	jest.useFakeTimers({
		doNotFake: ['hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
	});
	const clock = installedClock();
	const traffic = new Traffic();
	const timeOutReally = timeOutVirtually();
	// AbortSignal.timeout() would go by real time.
	const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), ms);
		return controller.signal;
	});
	let isOver = false;
	let quietTurns = 0;
	const turn = () => {
		if (isOver) return;
		quietTurns = traffic.isTraveling() ? 0 : quietTurns + 1;
		if (quietTurns > QUIET_TURNS && clock.countTimers() > 0) {
			quietTurns = 0;
			const before = performance.now();
			clock.next();
			// Node waits at least a millisecond; the fake timers would spend for ever on a wait of a fraction of one.
			if (performance.now() === before) clock.tick(1);
		}
		nextTurn(turn);
	};
	nextTurn(turn);
	afterAll(() => {
		isOver = true;
		traffic.stop();
		timeOutReally();
		timeout.mockRestore();
		jest.useRealTimers();
	});
}

/** The clock under jest's fake timers, which `jest` itself gives to running tests only. */
interface FakeClock {
	countTimers(): number;
	next(): void;
	tick(ms: number): void;
}

function installedClock(): FakeClock {
	const clock: unknown = Reflect.get(setTimeout, 'clock');
	if (!isFakeClock(clock)) throw new Error('The timers are not fake');
	return clock;
}

function isFakeClock(value: unknown): value is FakeClock {
	return typeof value === 'object' && value !== null && 'countTimers' in value && 'tick' in value;
}

/** What travels between clients and servers of this process. */
class Traffic {
	private readonly asked = new Set<ClientRequest>();
	private readonly arrived = new Map<ServerResponse, IncomingMessage>();

	constructor() {
		subscribe('http.client.request.start', this.ask);
		subscribe('http.server.request.start', this.arrive);
	}

	/** Whether a request or a response is on its way; those that the server has in full and still works on are not. */
	isTraveling(): boolean {
		let waiting = 0;
		for (const [response, request] of this.arrived) {
			if (request.complete && !response.writableEnded) waiting += 1;
		}
		return this.asked.size > waiting;
	}

	stop(): void {
		unsubscribe('http.client.request.start', this.ask);
		unsubscribe('http.server.request.start', this.arrive);
	}

	private readonly ask = (message: unknown) => {
		const request = part(message, 'request');
		if (!(request instanceof ClientRequest)) return;
		this.asked.add(request);
		request.once('close', () => this.asked.delete(request));
	};

	private readonly arrive = (message: unknown) => {
		const request = part(message, 'request');
		const response = part(message, 'response');
		if (!(request instanceof IncomingMessage && isResponse(response))) return;
		this.arrived.set(response, request);
		response.once('close', () => this.arrived.delete(response));
	};
}

/** Node's own timers for silent connections know real time only. @returns puts them back */
function timeOutVirtually(): () => void {
	// eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it is
	const { setTimeout: real } = ClientRequest.prototype;
	ClientRequest.prototype.setTimeout = function (timeoutMs, onTimeout) {
		if (onTimeout) this.once('timeout', onTimeout);
		if (timeoutMs === 0) return this;
		let heardAt = performance.now();
		const check = () => {
			const leftMs = heardAt + timeoutMs - performance.now();
			if (leftMs <= 0) this.emit('timeout');
			else timer = setTimeout(check, leftMs);
		};
		let timer = setTimeout(check, timeoutMs);
		this.once('socket', (socket) => socket.on('data', () => (heardAt = performance.now())));
		this.once('close', () => clearTimeout(timer));
		return this;
	};
	return () => (ClientRequest.prototype.setTimeout = real);
}

function part(message: unknown, name: string): unknown {
	return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

/** With the type parameter that `instanceof` leaves open. */
function isResponse(value: unknown): value is ServerResponse {
	return value instanceof ServerResponse;
}
