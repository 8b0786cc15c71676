import { ADB_FAILURES, type AdbTransport, runShell } from '@holdfast/adb';
import { type Clock, decodeName, Failure, isFailure, plainText, Slots } from '@holdfast/kernel';
import { DEVICE_FAILURES } from '#failures.ts';
import { unlessSilent } from './silence.ts';

/** A query for the `content` command (AOSP `Content.java`). */
export interface ContentQuery {
  /** `content://sms`. */
  readonly uri: string;
  /** Columns or expressions; none may have a `:`, at which the command splits them. Default: what the provider gives. */
  readonly columns?: readonly string[];
  /** SQL. */
  readonly where?: string;
  /** SQL: `_id ASC`. */
  readonly sort?: string;
}

/** How to reach the phone. */
export interface ContentLink {
  readonly transport: AdbTransport;
  readonly clock?: Clock;
  /** Each command starts a program on the phone: so many may run at once. */
  readonly slots: Slots;
}

/** Programs that are started on a phone at once. */
const ASKED_AT_ONCE = 4;

/** A link for all that one source asks. */
export const contentLink = (transport: AdbTransport, clock?: Clock): ContentLink => ({
  transport,
  ...(clock && { clock }),
  slots: new Slots(ASKED_AT_ONCE),
});

/** Why a provider does not answer. */
export type Refusal =
  /** The phone does not let a computer ask. */
  | 'permission'
  /** This provider has no such column or expression. */
  | 'column'
  /** There is no such provider: the phone keeps none of it, or it was not unlocked since it started. */
  | 'missing'
  /** A row is larger than Android hands over, or all of them are than we do. */
  | 'too-large'
  /** It says nothing, while the phone does. */
  | 'silent'
  | 'unrecognised';

/**
 * Rows of one query, all of them in memory, and of several queries at once: the numbers of two million rows. What is more is asked for
 * in smaller pages.
 */
const MOST_BYTES = 64 * 1024 * 1024;

/** What stands for no rows, and for a provider that gave none at all. */
const NOTHING = 'No result found.';

/**
 * What a query prints, rows one after another as they are: `''` for none.
 *
 * The command always exits with 0; what it says on stderr is what counts. Fails with `devices/refused-query` (see
 * {@link refusalOf}) and with `adb/…`.
 */
export async function contentQuery(
  link: ContentLink,
  { uri, columns, where, sort }: ContentQuery,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { transport, clock, slots } = link;
  const words = ['content', 'query', '--uri', uri];
  if (columns !== undefined) words.push('--projection', columns.join(':'));
  if (where !== undefined) words.push('--where', where);
  if (sort !== undefined) words.push('--sort', sort);
  await slots.take(signal);
  try {
    const { stdout, stderr, exitCode } = await runShell(transport, words, {
      mostBytes: MOST_BYTES,
      ...(clock && { clock }),
      ...(signal && { signal }),
    });
    const said = decodeName(stderr).trim();
    if (said !== '' || (exitCode ?? 0) !== 0)
      throw refusedQuery(uri, said === '' ? decodeName(stdout.subarray(0, 4096)) : said);
    if (decodeName(stdout.subarray(0, 7)) === 'Row: 0 ') return stdout;
    const text = decodeName(stdout.subarray(0, 4096)).trim();
    if (text === '' || text === NOTHING) return new Uint8Array(0);
    throw refusedQuery(uri, text);
  } catch (error) {
    throw await unlessSilent(link, error, (said) => refusedAs(whyOf(error), uri, said), signal);
  } finally {
    slots.give();
  }
}

/** Why the query was refused; `undefined` for every other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  return isFailure(error, DEVICE_FAILURES.refusedQuery) ? (error.details['why'] as Refusal) : undefined;
}

const REFUSALS: readonly (readonly [said: RegExp, why: Refusal])[] = [
  [/SecurityException|Permission Denial/, 'permission'],
  [/Could not find provider|Unknown authority|Failed to find provider/, 'missing'],
  [/BlobTooBig|Row too big|CursorWindow/, 'too-large'],
  [/IllegalArgumentException|Invalid column|no such column|Invalid token|SQLiteException/, 'column'],
];

const HINTS: Readonly<Record<Refusal, string>> = {
  permission: 'This Android does not let a computer read it without an app on the phone.',
  missing: 'Unlock the phone and try again; a phone without this has none to give.',
  column: 'Try again; if it stays so, tell us what the phone said.',
  silent: 'Restart the phone, then back up again.',
  'too-large': 'Look at it on the phone: one record is larger than Android hands over.',
  unrecognised: 'Unlock the phone and try again; if it stays so, tell us what the phone said.',
};

/** `devices/refused-query` for what the tool said: a provider is named, and then a Java exception. */
export const refusedQuery = (uri: string, said: string): Failure =>
  refusedAs(REFUSALS.find(([pattern]) => pattern.test(said))?.[1] ?? 'unrecognised', uri, said);

const whyOf = (error: unknown): Refusal =>
  isFailure(error, ADB_FAILURES.outputTooLarge) ? 'too-large' : 'silent';

/** `devices/refused-query`, for this reason. */
export function refusedAs(why: Refusal, uri: string, said: string): Failure {
  const provider = /^content:\/\/([^/?]+)/.exec(uri)?.[1] ?? uri;
  return new Failure(DEVICE_FAILURES.refusedQuery, `The phone does not give what is in ${provider}`, {
    hint: HINTS[why],
    details: {
      why,
      provider,
      said: plainText(exceptionIn(said), 500),
      reason: why === 'permission' ? 'phone-refuses' : 'read-error',
    },
  });
}

/** The line that names the exception, where there is one: what follows is where it was thrown. */
const exceptionIn = (said: string): string => /[\w.]*\w(?:Exception|Error): .*/.exec(said)?.[0] ?? said;

/** Gives {@link DEVICE_FAILURES}`.unrecognisedOutput`. */
export const unrecognisedOutput = (command: string): Failure =>
  new Failure(DEVICE_FAILURES.unrecognisedOutput, `The phone's answer to "${command}" is none we know`, {
    hint: 'Unlock the phone and try again; if it stays so, tell us its model and Android version.',
    details: { reason: 'read-error' },
  });
