import type { Alert, NotificationChannel } from '@holdfast/contract/api';
import { type Clock, errnoOf, Failure, plainText } from '@holdfast/kernel';
import { SERVER_FAILURES } from '../failures.ts';

/** What leaves the app. */
export interface Notice {
  readonly severity: Alert['severity'];
  readonly sentence: string;
  readonly remedy?: string | undefined;
  /** When it began. */
  readonly since: string;
}

/** Time, and when to give up. */
export interface SendOptions {
  readonly clock: Clock;
  /** How long it may take at most; default 20 seconds. */
  readonly limit?: Temporal.Duration;
  readonly signal?: AbortSignal;
}

/** A mail server that is far away greets slowly. */
const LIMIT = Temporal.Duration.from({ seconds: 20 });

/** Of a test, for which somebody waits. */
export const TEST_LIMIT = Temporal.Duration.from({ seconds: 10 });

/** For nodemailer, whose clock is the system's: ours is to be the first. */
const SOCKET_MS = 2 * LIMIT.total('milliseconds');

/** What a test sends. */
export const testNotice = (now: Temporal.Instant): Notice => ({
  severity: 'warning',
  sentence: 'This is a test: alerts of Holdfast reach you here.',
  since: now.toString({ smallestUnit: 'second' }),
});

/** An alert as it leaves the app: text of phones without control characters, and without anything that looks like a secret. */
export const noticeOf = ({ severity, sentence, remedy, since }: Alert): Notice => ({
  severity,
  sentence: plainText(sentence),
  ...(remedy !== undefined && { remedy: plainText(remedy) }),
  since,
});

/** Sends a notice over one channel, once, in time. Redirects are refused: they would carry it somewhere else. Fails with `server/not-sent`. */
export async function send(
  channel: NotificationChannel,
  notice: Notice,
  { clock, limit: longest = LIMIT, signal }: SendOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const done = new AbortController();
  const tooLong = (): void => limit.abort(new DOMException('no answer', 'TimeoutError'));
  const limiting = clock.sleep(longest, done.signal).then(tooLong, () => {});
  try {
    await sendBy(channel, notice, AbortSignal.any([limit.signal, ...(signal ? [signal] : [])]));
  } catch (error) {
    signal?.throwIfAborted();
    throw notSent(channel, limit.signal.aborted ? limit.signal.reason : error);
  } finally {
    done.abort();
    await limiting;
  }
}

async function sendBy(channel: NotificationChannel, notice: Notice, signal: AbortSignal): Promise<void> {
  switch (channel.kind) {
    case 'webhook':
      return await post(channel.url, webhookOf(notice), signal);
    case 'ntfy':
      return await post(channel.url, ntfyOf(notice, channel.token), signal);
    case 'smtp':
      return await mail(channel, notice, signal);
    default:
      return channel satisfies never;
  }
}

type Posted = Pick<RequestInit, 'headers' | 'body'>;

const webhookOf = (notice: Notice): Posted => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ program: 'holdfast', ...notice }),
});

const ntfyOf = (notice: Notice, token: string | undefined): Posted => ({
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    title: 'Holdfast',
    priority: notice.severity === 'error' ? 'high' : 'default',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  },
  body: textOf(notice),
});

async function post(url: string, posted: Posted, signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, { ...posted, method: 'POST', redirect: 'manual', signal });
  // Nobody reads what it says, however much that is.
  await answer.body?.cancel();
  if (!answer.ok) throw new Refused(answer.status);
}

/** A server answered, and not that it took it. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

type Smtp = Extract<NotificationChannel, { kind: 'smtp' }>;

/** The port on which encryption begins with the first byte (RFC 8314). */
const TLS_PORT = 465;

async function mail(
  { host, port, isTls, username, password, from, to }: Smtp,
  notice: Notice,
  signal: AbortSignal,
): Promise<void> {
  // 23 MB that most never need.
  const { createTransport } = await import('nodemailer');
  signal.throwIfAborted();
  const transport = createTransport({
    host,
    port,
    secure: isTls && port === TLS_PORT,
    requireTLS: isTls,
    ...(username !== undefined && { auth: { user: username, pass: password ?? '' } }),
    connectionTimeout: SOCKET_MS,
    greetingTimeout: SOCKET_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const subject = `Holdfast: ${notice.sentence}`;
    await transport.sendMail({ from, to, subject, text: textOf(notice), signal });
  } finally {
    transport.close();
  }
}

const textOf = ({ sentence, remedy }: Notice): string =>
  remedy === undefined ? sentence : `${sentence}\n${remedy}`;

const TOO_LONG = 'it took too long';

const NAMES = { webhook: 'webhook', ntfy: 'ntfy server', smtp: 'mail server' } as const;

/** Says what went wrong, and nothing that a server said: it may repeat what it was sent, a password among it. */
function notSent({ kind }: NotificationChannel, error: unknown): Failure {
  const name = NAMES[kind];
  const isRefused = error instanceof Refused;
  const isElsewhere = isRefused && error.status >= 300 && error.status < 400;
  const code = isRefused ? `status ${error.status}` : codeOf(error);
  return new Failure(SERVER_FAILURES.notSent, `The ${name} did not take the message (${code})`, {
    hint: isElsewhere
      ? 'Use the address that it leads to: messages are not sent on to others.'
      : code === TOO_LONG
        ? 'Check its address and port, and that a firewall lets this computer through.'
        : 'Check its address and what it needs to let you in.',
    retry: 'later',
    details: { kind, code },
  });
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (error instanceof DOMException && error.name === 'TimeoutError') return TOO_LONG;
  const { responseCode } = error as { readonly responseCode?: unknown };
  if (typeof responseCode === 'number') return `status ${responseCode}`;
  return errnoOf(cause) ?? errnoOf(error) ?? 'no connection';
}
