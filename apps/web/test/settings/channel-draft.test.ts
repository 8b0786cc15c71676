import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OPERATIONS } from '@holdfast/contract/api';
import {
  type ChannelDraft,
  NEW_CHANNEL,
  placeOf,
  readChannel,
  wayOf,
} from '../../src/settings/channel-draft.ts';

const mail: ChannelDraft = {
  ...NEW_CHANNEL,
  kind: 'smtp',
  host: 'smtp.example.org',
  from: 'a@example.org',
  to: 'b@example.org',
};

suite('readChannel', () => {
  for (const draft of [
    { ...NEW_CHANNEL, url: 'https://ntfy.sh/topic', token: 't' },
    { ...NEW_CHANNEL, kind: 'webhook' as const, url: 'http://192.168.1.2:8080/x' },
    { ...mail, username: 'a', password: 'b' },
    mail,
  ])
    test(`it gives a ${draft.kind} channel that the contract takes`, () => {
      const channel = readChannel(draft);
      assert.ok(OPERATIONS.testNotification.body.safeParse(channel).success);
    });

  const wrong: readonly (readonly [what: string, draft: ChannelDraft])[] = [
    ['an empty form', NEW_CHANNEL],
    ['an address that runs code', { ...NEW_CHANNEL, url: 'javascript:alert(1)' }],
    ['an address that is none', { ...NEW_CHANNEL, url: 'ntfy.sh/x' }],
    ['a port that is none', { ...mail, port: '70000' }],
    ['mail to nobody', { ...mail, to: 'anna' }],
  ];
  for (const [what, draft] of wrong)
    test(`it refuses ${what}`, () => assert.equal(readChannel(draft), undefined));
});

suite('placeOf', () => {
  test('it says where a channel leads', () => {
    assert.equal(placeOf({ kind: 'webhook', url: 'https://x.example' }), 'https://x.example');
  });

  test('it tells two mail servers apart that write to one address', () => {
    const to = { kind: 'smtp', port: 465, isTls: true, from: 'a@x.example', to: 'b@x.example' } as const;
    const channel = { ...to, host: 'mail.x.example' };
    assert.equal(placeOf(channel), 'b@x.example, by mail.x.example');
    assert.equal(wayOf(channel), 'E-mail by mail.x.example');
  });
});
