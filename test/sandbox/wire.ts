import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { onWire, type Answer } from './answer';

/** The whole body. @throws the connection's error when the client leaves before its end */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** The parsed JSON, undefined for an empty text, the SyntaxError (not thrown) for a text that is no JSON. */
export function parseJson(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch (error) {
		return error;
	}
}

export function send(response: ServerResponse, answer: Answer): void {
	const { status, headers, bytes } = onWire(answer);
	response.writeHead(status, headers).end(bytes);
}

/** Announces the whole answer, sends half of it and cuts the connection. */
export function sendHalf(response: ServerResponse, answer: Answer): void {
	const { status, headers, bytes } = onWire(answer);
	response.writeHead(status, headers);
	response.write(bytes.subarray(0, bytes.length / 2), () => reset(response));
}

/** Cuts the connection; with a TCP reset where Node can send one, which it cannot through TLS. */
export function reset(response: ServerResponse): void {
	const { socket } = response;
	if (socket instanceof TLSSocket) socket.destroy();
	else socket?.resetAndDestroy();
}
