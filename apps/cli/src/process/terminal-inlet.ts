import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { Failure } from '@holdfast/kernel';
import { CLI_FAILURES, interrupted } from '#failures.ts';
import type { Inlet } from '#world.ts';

/** The terminal as an inlet: asks on `output`, hears on `input`. */
export function terminalInlet(input: ReadStream, output: WriteStream): Inlet {
  return {
    // Both: with stderr in a file nobody sees the question.
    isTTY: input.isTTY === true && output.isTTY === true,
    ask: (question, { isSecret, signal }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const lines = createInterface({
          input,
          output: isSecret ? nowhere() : output,
          terminal: input.isTTY === true,
        });
        // Only now does the terminal show nothing of what is typed.
        output.write(question);
        let isOver = false;
        const finish = (settle: () => void, hasLineEnd = false): void => {
          if (isOver) return;
          isOver = true;
          signal.removeEventListener('abort', onAbort);
          lines.close();
          if (!hasLineEnd) output.write('\n');
          settle();
        };
        const onAbort = (): void => finish(() => reject(signal.reason as Error));
        signal.addEventListener('abort', onAbort, { once: true });
        // A terminal in raw mode hands Ctrl-C over as a key.
        lines.once('SIGINT', () => finish(() => reject(interrupted())));
        lines.once('line', (line) => finish(() => resolve(line), !isSecret));
        lines.once('close', () => finish(() => reject(noAnswer())));
      }),
  };
}

/** What is typed is not shown. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function noAnswer(): Failure {
  return new Failure(CLI_FAILURES.declined, 'There was no answer', { hint: 'Nothing was changed.' });
}
