import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { onWire, type ApiResponse } from './apiResponse';

/** The whole body. @throws the connection's error when the client leaves before its end */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** The parsed JSON, undefined for an empty text, the SyntaxError (not thrown) for a text that is not JSON. */
export function parseJson(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch (error) {
		return error;
	}
}

export function send(outgoing: ServerResponse, response: ApiResponse): void {
	const { status, headers, bytes } = onWire(response);
	outgoing.writeHead(status, headers).end(bytes);
}

/** Announces the whole response, sends half of it and cuts the connection. */
export function sendHalf(outgoing: ServerResponse, response: ApiResponse): void {
	const { status, headers, bytes } = onWire(response);
	outgoing.writeHead(status, headers);
	outgoing.write(bytes.subarray(0, bytes.length / 2), () => reset(outgoing));
}

/** Cuts the connection; with a TCP reset where Node can send one, which it cannot through TLS. */
export function reset(outgoing: ServerResponse): void {
	const { socket } = outgoing;
	if (socket instanceof TLSSocket) socket.destroy();
	else socket?.resetAndDestroy();
}

/** Sends bytes that are not HTTP and ends the connection. */
export function sendNotHttp(outgoing: ServerResponse): void {
	outgoing.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
}

/** Sends the headers, then a blank at every step, then the body; JSON may begin with blanks. */
export async function trickle(
	outgoing: ServerResponse,
	response: ApiResponse,
	steps: AsyncIterator<void>,
): Promise<void> {
	const { status, headers, bytes } = onWire(response);
	delete headers['content-length'];
	outgoing.writeHead(status, headers).flushHeaders();
	while (!(await steps.next()).done) {
		if (outgoing.destroyed) return;
		outgoing.write(' ');
	}
	outgoing.end(bytes);
}

const CHUNK_BYTES = 1_048_576;

/** Sends JSON, an array of nothing but blanks, that is that long once unpacked. */
export function sendGzipBomb(outgoing: ServerResponse, bytes: number): void {
	outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
	// Packed in pieces, which gzip allows, so that it never takes up that much memory here.
	outgoing.end(Buffer.concat(Array.from(blankArray(bytes), (chunk) => gzipSync(chunk, { level: 1 }))));
}

/** Sends the response, JSON, and blanks after it until it has that size. Ends early when the client leaves. */
export async function sendPadded(
	outgoing: ServerResponse,
	response: ApiResponse,
	bytes: number,
): Promise<void> {
	const { status, headers, bytes: own } = onWire(response);
	outgoing.writeHead(status, { ...headers, 'content-length': String(Math.max(own.length, bytes)) });
	outgoing.write(own);
	await pipeline(Readable.from(blanks(bytes - own.length)), outgoing).catch(() => undefined);
}

function* blankArray(bytes: number): Generator<Buffer> {
	yield Buffer.from('[');
	yield* blanks(bytes - 2);
	yield Buffer.from(']');
}

function* blanks(bytes: number): Generator<Buffer> {
	const chunk = Buffer.alloc(CHUNK_BYTES, ' ');
	for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}
