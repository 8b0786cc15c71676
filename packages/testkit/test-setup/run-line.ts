import { decodeName, encodeName } from '@holdfast/kernel';
import { type Android, androidShell } from '@holdfast/testkit/phone';

/** What a line printed, and how it ended. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs a line in the phone's shell, with this on standard input. */
export async function runLine(android: Android, line: string, stdin: Uint8Array | string = ''): Promise<Ran> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const code = await androidShell(android)(encodeName(line), {
    out: async (bytes) => void out.push(bytes.slice()),
    err: async (bytes) => void err.push(bytes.slice()),
    stdin: (async function* () {
      yield typeof stdin === 'string' ? encodeName(stdin) : stdin;
    })(),
    over: Promise.resolve(),
  });
  return { stdout: decodeName(Buffer.concat(out)), stderr: decodeName(Buffer.concat(err)), code };
}
