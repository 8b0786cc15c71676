import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { frameworkProblem } from './framework-refusals.ts';

const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no request that HTTP knows as everything is answered, with a problem, and hangs up. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  const { code = '' } = error;
  if (code === 'ECONNRESET' || socket.destroyed) return;
  // Half an answer is not followed by another one.
  if (socket.writable && !hasBegunAnswer(socket)) {
    const status = STATUSES[code] ?? 400;
    const body = JSON.stringify(frameworkProblem(status));
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'Content-Type: application/json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'X-Content-Type-Options: nosniff',
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  }
  socket.destroy(error);
}

/** Node keeps the answer under way with its socket (`lib/_http_server.js`, as its own handling of such errors reads it). */
function hasBegunAnswer(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: { headersSent?: boolean } | null };
  return answer?.headersSent === true;
}
