import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
// Real time, whatever the clock of a test: until it is handed on, a connection is on its way.
import { clearTimeout, setTimeout } from 'node:timers';
import { selfSigned } from './certificate';
import { respondToControl, isControl } from './control';
import { Sandbox, type StartingObjects } from './sandbox';
import type { SandboxSettings } from './settings';
import { send } from './wire';

export interface SandboxOptions extends Partial<SandboxSettings>, StartingObjects {
	/** 0, the default, takes a free one. */
	port?: number;
	/** HTTPS with a certificate of its own; connecting takes two round trips and each request one. */
	tls?: { roundTripMs: number };
}

export interface RunningSandbox extends Pick<
	Sandbox,
	| 'settings'
	| 'journal'
	| 'limit'
	| 'configure'
	| 'failNext'
	| 'startSpell'
	| 'rewrite'
	| 'clearFaults'
	| 'skip'
	| 'reset'
> {
	/** `http://127.0.0.1:PORT`, what goes into the credential's account name. */
	url: string;
	token: string;
	/** The same account through plain HTTP, for `/_sandbox/…`; differs from `url` with `tls` only. */
	controlUrl: string;
	/** The self-signed certificate (PEM) a client has to trust; only with `tls`. */
	certificate?: string;
	/** Replaced by `reset()`: read it from here each time. */
	readonly account: Sandbox['account'];
	/** Cuts all connections and refuses new ones, until `goOnline` or for so long (of the account's time). */
	takeOffline: (forMs?: number) => Promise<void>;
	goOnline: () => Promise<void>;
	stop: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Longer than any test waits between two requests: an idle connection is never closed under a client's next one. */
const KEEP_ALIVE_MS = 60_000;

/** Starts a stand-in account on loopback. @throws when the port is taken */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const { port = 0, tls, fields, lists, tags, automations, ...settings } = options;
	const sandbox = new Sandbox(settings, { fields, lists, tags, automations }, tls?.roundTripMs ?? 0);
	const listener: RequestListener = (message, outgoing) => {
		if (!isControl(message)) void sandbox.handle(message, outgoing);
		else
			void respondToControl(message, sandbox, { url, takeOffline }).then((response) =>
				send(outgoing, response),
			);
	};
	const plain = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
	const identity = tls && (await selfSigned(HOST));
	const doors: [Door, Door?] = identity
		? [
				await openDoor(delayed(createSecureServer(identity, listener), 2 * tls.roundTripMs), port),
				await openDoor(plain, 0),
			]
		: [await openDoor(plain, port)];
	const [front, control = front] = doors;
	const url = `${tls ? 'https' : 'http'}://${HOST}:${front.port}`;
	const goOnline = () => front.open();
	const takeOffline = async (forMs?: number) => {
		if (forMs !== undefined) sandbox.clock.after(forMs, () => void goOnline());
		await front.close();
	};
	return {
		url,
		controlUrl: `http://${HOST}:${control.port}`,
		token: sandbox.settings.token,
		certificate: identity?.cert,
		settings: sandbox.settings,
		journal: sandbox.journal,
		limit: sandbox.limit,
		get account() {
			return sandbox.account;
		},
		configure: (changes) => sandbox.configure(changes),
		failNext: (match, fault) => sandbox.failNext(match, fault),
		rewrite: (match, change) => sandbox.rewrite(match, change),
		startSpell: (spell) => sandbox.startSpell(spell),
		clearFaults: () => sandbox.clearFaults(),
		skip: (ms) => sandbox.skip(ms),
		reset: () => sandbox.reset(),
		takeOffline,
		goOnline,
		stop: async () => {
			sandbox.end();
			for (const door of doors) await door?.close();
		},
	};
}

interface Door {
	port: number;
	/** Takes connections, on its own port again. */
	open: () => Promise<void>;
	/** Cuts all its connections and refuses new ones. */
	close: () => Promise<void>;
}

async function openDoor(server: TcpServer, port: number): Promise<Door> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	const listen = (onPort: number) =>
		new Promise<void>((resolve, reject) => {
			server.once('error', reject).listen(onPort, HOST, () => {
				server.off('error', reject);
				resolve();
			});
		});
	await listen(port);
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The sandbox has no port');
	const open = async () => {
		if (!server.listening) await listen(address.port);
	};
	const close = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		});
	return { port: address.port, open, close };
}

/** A TCP server that hands each connection on after a delay, as if the handshakes had to travel. */
function delayed(server: HttpsServer, delayMs: number): TcpServer {
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	return createTcpServer({ pauseOnConnect: true }, (socket) => {
		const timer = setTimeout(() => {
			server.emit('connection', socket);
			socket.resume();
		}, delayMs);
		socket.once('error', () => socket.destroy()).once('close', () => clearTimeout(timer));
	});
}
