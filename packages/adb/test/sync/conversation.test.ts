import { deepEqual, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { RemoteFiles } from '@holdfast/adb';
import { encodeSyncHeader, SYNC } from '@holdfast/adb/wire';
import { Failure } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import { STALL_AFTER } from '#link/patience.ts';
import { Conversation } from '#sync/conversation.ts';
import { coded, nextTurn, streamOf, transportWith } from '../../test-setup/phones.ts';

const lost = new Failure('adb/gone', 'gone');

test('it still reads what the phone had said when it hung up in the middle of a request', async () => {
  const answers = [encodeSyncHeader(SYNC.done, 1), encodeSyncHeader(SYNC.fail, 0)];
  const stream = streamOf(answers, () => Promise.reject(lost));
  using conversation = new Conversation(
    stream,
    { clock: fakeClock(), stallAfter: STALL_AFTER },
    'reading a file',
    'watched',
  );
  conversation.tell(new Uint8Array(8));
  await nextTurn();
  conversation.tell(new Uint8Array(8));
  deepEqual(await conversation.header(), { id: SYNC.done, value: 1 });
  deepEqual(await conversation.header(), { id: SYNC.fail, value: 0 });
  await rejects(conversation.header(), coded('adb/gone'));
});

test('it does not believe a phone that has a file before it was sent', async () => {
  const stream = streamOf([encodeSyncHeader(SYNC.okay, 0)], async () => undefined);
  const files = new RemoteFiles(transportWith(stream));
  const content = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < 10; at++) {
      await nextTurn();
      yield new Uint8Array(10);
    }
  };
  await rejects(files.push('/a', content(), { mode: 0o600, mtime: 0 }), coded('adb/protocol'));
});
