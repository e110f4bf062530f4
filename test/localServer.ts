import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';

export interface SeenRequest {
	/** The request line's target: a path, or a whole URL where a proxy is asked. */
	target: string;
	method: string;
	headers: IncomingHttpHeaders;
}

/** A real HTTP server on a loopback port of its own, and what it was asked. */
export interface LocalServer {
	port: number;
	/** e.g. `http://127.0.0.1:40123` */
	origin: string;
	seen: SeenRequest[];
	close: () => Promise<void>;
}

/** Starts a server that responds as given. As a proxy, it notes each CONNECT and refuses it. */
export async function startServer(respond: RequestListener): Promise<LocalServer> {
	const seen: SeenRequest[] = [];
	const server = createServer((request, response) => {
		seen.push({ target: request.url ?? '', method: request.method ?? '', headers: request.headers });
		respond(request, response);
	});
	server.on('connect', (request, socket) => {
		seen.push({ target: request.url ?? '', method: 'CONNECT', headers: request.headers });
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	return { port, origin: `http://127.0.0.1:${port}`, seen, close: () => closed(server) };
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
	const server = await startServer(() => undefined);
	await server.close();
	return server.port;
}

function portOf(server: Server): number {
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The server has no port');
	return address.port;
}

async function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
}
