import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NotificationChannel } from '@holdfast/contract/api';
import { isFailure } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import { noticeOf, send, TEST_LIMIT } from '#alerts/send.ts';
import { mailSink, webSink } from '../../test-setup/sinks.ts';

const NOTICE = {
  severity: 'error',
  sentence: 'Café: the drive is full.',
  remedy: 'Free some space.',
  since: '2026-03-14T15:00:00Z',
} as const;

/** A clock that stands still: nothing takes too long. */
const NOW = { clock: fakeClock() };

const smtp = (port: number, more: object = {}): NotificationChannel => ({
  kind: 'smtp',
  host: '127.0.0.1',
  port,
  isTls: false,
  from: 'me@example.org',
  to: 'you@example.org',
  ...more,
});

const notSent = (says: RegExp) => (error: unknown) => {
  ok(isFailure(error, 'server/not-sent'));
  equal(error.retry, 'later');
  match(error.message, says);
  ok(!`${error.message} ${error.hint}`.includes('secret'));
  return true;
};

suite('sending', () => {
  test('it posts JSON to a webhook', async () => {
    await using sink = await webSink();
    await send({ kind: 'webhook', url: `http://127.0.0.1:${sink.port}/hook?key=1` }, NOTICE, NOW);
    const [posted] = sink.got;
    equal(posted?.path, '/hook?key=1');
    equal(posted?.headers['content-type'], 'application/json');
    deepEqual(JSON.parse(posted?.text ?? ''), { program: 'holdfast', ...NOTICE });
  });

  test('it posts text to ntfy, with the token', async () => {
    await using sink = await webSink();
    await send({ kind: 'ntfy', url: `http://127.0.0.1:${sink.port}/topic`, token: 'tk_1' }, NOTICE, NOW);
    const [posted] = sink.got;
    deepEqual(
      [posted?.text, posted?.headers.authorization, posted?.headers['priority']],
      ['Café: the drive is full.\nFree some space.', 'Bearer tk_1', 'high'],
    );
  });

  test('it sends mail, logged in', async () => {
    await using sink = await mailSink();
    await send(smtp(sink.port, { username: 'me', password: 'secret' }), NOTICE, NOW);
    const [mail = ''] = sink.got;
    match(mail, /^From: me@example\.org\r$/m);
    match(mail, /^To: you@example\.org\r$/m);
    match(mail, /^Subject: =\?UTF-8\?/m);
    ok(!mail.includes('secret'));
  });

  test('it never follows a redirect', async () => {
    await using other = await webSink();
    await using sink = await webSink(() => 307, { location: `http://127.0.0.1:${other.port}/` });
    for (const kind of ['webhook', 'ntfy'] as const)
      await rejects(
        send({ kind, url: `http://127.0.0.1:${sink.port}/` }, NOTICE, NOW),
        notSent(/status 307/),
      );
    equal(other.got.length, 0);
  });

  test('it says that it was refused, and nothing that a server said', async () => {
    await using web = await webSink(() => 403);
    await rejects(
      send({ kind: 'webhook', url: `http://127.0.0.1:${web.port}/` }, NOTICE, NOW),
      notSent(/status 403/),
    );
    await using mail = await mailSink('refuses');
    await rejects(
      send(smtp(mail.port, { username: 'me', password: 'secret' }), NOTICE, NOW),
      notSent(/status 535/),
    );
  });

  test('it sends no password where encryption is wanted and not to be had', async () => {
    await using mail = await mailSink();
    const channel = smtp(mail.port, { isTls: true, username: 'me', password: 'secret' });
    await rejects(send(channel, NOTICE, NOW), notSent(/did not take/));
    equal(mail.got.length, 0);
  });

  test('it gives up on who does not answer', async () => {
    await using web = await webSink(() => undefined);
    await using mute = await mailSink('mute');
    await using talking = await mailSink('talks');
    const webhook = { kind: 'webhook', url: `http://127.0.0.1:${web.port}/` } as const;
    for (const channel of [webhook, smtp(mute.port), smtp(talking.port)]) {
      const clock = fakeClock();
      const sending = rejects(send(channel, NOTICE, { clock }), notSent(/too long/));
      await clock.whenSleeping(1);
      clock.advance(Temporal.Duration.from({ seconds: 20 }));
      await sending;
    }
  });

  test('it gives up sooner on a test, for which somebody waits', async () => {
    await using mute = await mailSink('mute');
    const clock = fakeClock();
    const sending = rejects(send(smtp(mute.port), NOTICE, { clock, limit: TEST_LIMIT }), notSent(/too long/));
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 10 }));
    await sending;
  });

  test('it says who is not there', async () => {
    const { port } = await webSink().then(async (sink) => {
      await sink[Symbol.asyncDispose]();
      return sink;
    });
    await rejects(
      send({ kind: 'ntfy', url: `http://127.0.0.1:${port}/` }, NOTICE, NOW),
      notSent(/ECONNREFUSED/),
    );
    await rejects(send(smtp(port), NOTICE, NOW), notSent(/did not take/));
  });

  test('it stops when asked to', async () => {
    const stopped = AbortSignal.abort(new Error('stop'));
    await rejects(
      send({ kind: 'webhook', url: 'http://127.0.0.1:9/' }, NOTICE, { clock: fakeClock(), signal: stopped }),
      /stop/,
    );
  });

  test('it shows names of phones as text, and hides what looks like a secret', () => {
    const { sentence } = noticeOf({ id: 'a', ...NOTICE, sentence: 'P\x1b[2J\r\nBcc: x token=abc' });
    equal(sentence, 'P\\x1b[2J\\r\\nBcc: x token=***');
  });
});
