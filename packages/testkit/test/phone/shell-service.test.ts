import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { connectTcp, shell } from '@holdfast/adb';
import { hostShell, startPhone, testerKey } from '@holdfast/testkit/phone';

test('it ends a command that neither reads nor prints when the host hangs up', async () => {
  const ended = Promise.withResolvers<number>();
  await using phone = await startPhone({
    shell: (line, io) => {
      const running = hostShell(line, io);
      running.then(ended.resolve, ended.reject);
      return running;
    },
  });
  const key = testerKey();
  await using transport = await connectTcp({ host: phone.host, port: phone.port, key });
  for await (const _ready of shell(transport, ['sh', '-c', 'echo ready; exec sleep 1000 >&2'])) break;
  equal(await ended.promise, 255);
});
