import type { Writable } from 'node:stream';
import { Failure } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';
import type { Outlet } from '#world.ts';

/** Columns of what is no terminal. */
const DEFAULT_COLUMNS = 80;

/** A stream of the process as an outlet. */
export function streamOutlet(
  stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
): Outlet {
  // A stream emits its error besides handing it to the writer, who tells; unheard, it would end the process.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns === undefined || stream.columns < 1 ? DEFAULT_COLUMNS : stream.columns;
    },
    write: (chunk) =>
      new Promise((resolve, reject) => {
        stream.write(chunk, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(outputFailure(error));
        });
      }),
  };
}

function outputFailure(error: Error): Failure {
  const errno = 'code' in error ? String(error.code) : '';
  const isClosed = errno === 'EPIPE' || errno === 'ERR_STREAM_DESTROYED' || errno === 'ECONNRESET';
  if (isClosed)
    return new Failure(CLI_FAILURES.outputClosed, 'Nobody reads the output any more', { cause: error });
  return new Failure(CLI_FAILURES.output, `Cannot write the output (${errno})`, {
    hint: errno === 'ENOSPC' ? 'Make room where the output goes.' : 'Check where the output goes.',
    cause: error,
  });
}
