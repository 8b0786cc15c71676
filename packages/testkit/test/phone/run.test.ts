import { equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { connectTcp, runShell } from '@holdfast/adb';
import { decodeName } from '@holdfast/kernel';
import { testerKey } from '@holdfast/testkit/phone';

const RUN = join(import.meta.dirname, '../../src/phone/run.ts');

test('it starts a phone by hand, says where it is, and ends on Ctrl-C', async () => {
  const child = spawn(process.execPath, [
    RUN,
    '--port',
    '0',
    '--release',
    '12',
    '--count',
    '3',
    '--messages',
    '5',
  ]);
  const ended = once(child, 'close');
  try {
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const [, port = ''] = /with Android 12 is at 127\.0\.0\.1:(\d+)\./.exec(said.toString()) ?? [];
    await using transport = await connectTcp({
      host: '127.0.0.1',
      port: Number(port),
      key: testerKey(),
    });
    const { stdout } = await runShell(transport, ['ls', '/sdcard/DCIM/Camera']);
    match(decodeName(stdout), /^(IMG_\d{8}_\d{6}\.jpg\n){3}$/);
  } finally {
    child.kill('SIGINT');
  }
  equal((await ended)[0], 0);
});

test('it says how it is used when it is used otherwise', async () => {
  const child = spawn(process.execPath, [RUN, '--nothing']);
  const ended = once(child, 'close');
  match(await text(child.stderr), /Unknown option '--nothing'.*\n\nStarts a simulated phone/);
  equal((await ended)[0], 2);
});

test('it has a phone with the complaints it is told, and says which no such phone has', async () => {
  const child = spawn(process.execPath, [RUN, '--release', '9', '--complaint', 'standby-restricted']);
  const ended = once(child, 'close');
  match(
    await text(child.stderr),
    /^No phone with Android 9 has standby-restricted\. There are: phone-sealed, /,
  );
  equal((await ended)[0], 2);
});

test('it says in a sentence that its port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  try {
    const child = spawn(process.execPath, [RUN, '--port', port, '--count', '1']);
    const ended = once(child, 'close');
    match(await text(child.stderr), /^No phone can be at port \d+: .*EADDRINUSE.*\nName another, .*\n$/);
    equal((await ended)[0], 1);
  } finally {
    server.close();
  }
});
