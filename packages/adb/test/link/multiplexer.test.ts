import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND, encodePacket } from '@holdfast/adb/wire';
import { concatBytes } from '@holdfast/kernel';
import { Multiplexer } from '#link/multiplexer.ts';
import { Reader } from '#link/reader.ts';
import { coded } from '../../test-setup/phones.ts';

const TERMS = { mostPayloadBytes: 1000, hasChecksums: false, isAckDelayed: false };

test('it gives up a phone that makes it answer and takes no answer', async () => {
  const okay = encodePacket({ command: COMMAND.okay, arg0: 7, arg1: 7, payload: new Uint8Array(0) }, false);
  const babble = concatBytes(Array.from({ length: 1000 }, () => okay));
  const lost = Promise.withResolvers<unknown>();
  let isClosed = false;
  const link = {
    read: async () => (isClosed ? undefined : babble),
    write: () => new Promise<void>(() => undefined),
    close(reason: unknown) {
      isClosed = true;
      lost.resolve(reason);
    },
  };
  const multiplexer = new Multiplexer(link, new Reader(link.read), TERMS);
  equal(coded('adb/protocol')(await lost.promise), true);
  throws(() => multiplexer.open(new Uint8Array(1)), coded('adb/protocol'));
});
