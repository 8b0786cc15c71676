import { type AdbTransport, runShell } from '@holdfast/adb';
import { type Clock, decodeName, Failure, plainText } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';

/** A query for the `content` command (AOSP `Content.java`). */
export interface ContentQuery {
  /** `content://sms`. */
  readonly uri: string;
  /** Columns or expressions; none may have a `:`, at which the command splits them. */
  readonly columns: readonly string[];
  /** SQL. */
  readonly where?: string;
  /** SQL: `_id ASC`. */
  readonly sort?: string;
}

/** How to reach the phone. */
export interface ContentLink {
  readonly transport: AdbTransport;
  readonly clock?: Clock;
}

/** Rows of one query, all of them in memory: a phone's whole call log is a few megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What stands for no rows, and for a provider that gave none at all. */
const NOTHING = 'No result found.';

/**
 * What a query prints, rows one after another as they are: `''` for none.
 *
 * The command always exits with 0; what it says on stderr is what counts. Fails with `devices/refused-query`: `details.why` is
 * `permission` (the phone does not let a computer ask), `column` (this provider has no such column or expression), or
 * `unrecognised`; and with `adb/…`.
 */
export async function contentQuery(
  { transport, clock }: ContentLink,
  { uri, columns, where, sort }: ContentQuery,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const words = ['content', 'query', '--uri', uri, '--projection', columns.join(':')];
  if (where !== undefined) words.push('--where', where);
  if (sort !== undefined) words.push('--sort', sort);
  const { stdout, stderr, exitCode } = await runShell(transport, words, {
    mostBytes: MOST_BYTES,
    ...(clock && { clock }),
    ...(signal && { signal }),
  });
  const said = decodeName(stderr).trim();
  if (said !== '' || (exitCode ?? 0) !== 0) throw refusedQuery(uri, said === '' ? decodeName(stdout) : said);
  if (startsWith(stdout, 'Row: 0 ')) return stdout;
  const text = decodeName(stdout.subarray(0, 4096)).trim();
  if (text === '' || text === NOTHING) return new Uint8Array(0);
  throw refusedQuery(uri, text);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return decodeName(bytes.subarray(0, text.length)) === text;
}

/** A provider is named, and then a Java exception. */
function refusedQuery(uri: string, said: string): Failure {
  const why = /SecurityException|Permission Denial/.test(said)
    ? 'permission'
    : /IllegalArgumentException|Invalid column|no such column|Invalid token|SQLiteException/.test(said)
      ? 'column'
      : 'unrecognised';
  const provider = /^content:\/\/([^/?]+)/.exec(uri)?.[1] ?? uri;
  return new Failure(DEVICE_FAILURES.refusedQuery, `The phone does not give what is in ${provider}`, {
    hint:
      why === 'permission'
        ? 'This Android does not let a computer read it without an app on the phone.'
        : 'Unlock the phone and try again; if it stays so, tell us what the phone said.',
    details: {
      why,
      provider,
      said: plainText(said, 500),
      reason: why === 'permission' ? 'phone-refuses' : 'read-error',
    },
  });
}

/** Gives {@link DEVICE_FAILURES}`.unrecognisedOutput`. */
export const unrecognisedOutput = (command: string): Failure =>
  new Failure(DEVICE_FAILURES.unrecognisedOutput, `The phone's answer to "${command}" is none we know`, {
    hint: 'Unlock the phone and try again; if it stays so, tell us its model and Android version.',
    details: { reason: 'read-error' },
  });
