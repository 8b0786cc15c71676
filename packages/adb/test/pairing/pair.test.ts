import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { connectTcp, generateAdbKey, pair, runShell } from '@holdfast/adb';
import { fakeClock } from '@holdfast/testkit';
import { hostShell, type PairingStep, startPairing, startPhone } from '@holdfast/testkit/phone';
import { coded, key, listening } from '../../test-setup/phones.ts';

const CODE = '592781';

for (const tellsFirst of [false, true]) {
  suite(`a phone that tells of itself ${tellsFirst ? 'before' : 'after'} it knows the code`, () => {
    test('it pairs, connects and runs a command', async () => {
      const knownKeys = new Set<string>();
      await using dialog = await startPairing({ code: CODE, guid: 'adb-1234-abCD', knownKeys, tellsFirst });
      const { host, port } = dialog;
      equal(await pair({ host, port, code: CODE, key, name: 'me@the big\nbox' }), 'adb-1234-abCD');
      deepEqual([...knownKeys], [`${key.publicLine.split(' ')[0]} me@the-big-box`]);

      await using phone = await startPhone({ isWireless: true, knownKeys, shell: hostShell });
      await using transport = await connectTcp({ host: phone.host, port: phone.port, key });
      const { stdout, exitCode } = await runShell(transport, ['echo', 'encrypted']);
      deepEqual([Buffer.from(stdout).toString(), exitCode], ['encrypted\n', 0]);
    });

    test('it says that the code is wrong, and the phone keeps nothing', async () => {
      const knownKeys = new Set<string>();
      await using dialog = await startPairing({ code: CODE, knownKeys, tellsFirst });
      const { host, port } = dialog;
      for (const code of ['592782', '', `${CODE}\0`]) {
        await rejects(pair({ host, port, code, key }), coded('adb/wrong-code'), JSON.stringify(code));
      }
      equal(knownKeys.size, 0);
      // The dialog stays open.
      await pair({ host, port, code: CODE, key });
      deepEqual([...knownKeys], [key.publicLine]);
    });
  });
}

const closings: [before: PairingStep, code: string][] = [
  ['connection', 'adb/pairing-closed'],
  ['tls', 'adb/pairing-closed'],
  ['message', 'adb/pairing-closed'],
  // From here on a phone that hangs up is one that was told a wrong code.
  ['peer', 'adb/wrong-code'],
];
for (const [before, code] of closings) {
  test(`it says ${code} when the dialog is closed before the ${before}`, async () => {
    await using dialog = await startPairing({ code: CODE, fault: { before, is: 'closed' } });
    await rejects(pair({ host: dialog.host, port: dialog.port, code: CODE, key }), coded(code));
  });

  // Before that there is nothing to be silent about: the connection is there.
  if (before === 'connection') continue;

  test(`it does not wait for ever when the phone falls silent before the ${before}`, async () => {
    await using dialog = await startPairing({ code: CODE, fault: { before, is: 'silent' } });
    const clock = fakeClock();
    const pairing = pair({ host: dialog.host, port: dialog.port, code: CODE, key, clock });
    const ended = rejects(pairing, coded('adb/stalled'));
    // Every step has a limit of its own: those that are over before time moves do not notice.
    await dialog.whenSilent;
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 20 }));
    await ended;
  });

  test(`it ends at once, with the reason, when it is aborted before the ${before}`, async () => {
    await using dialog = await startPairing({ code: CODE, fault: { before, is: 'silent' } });
    const stopper = new AbortController();
    const reason = new Error('enough');
    const pairing = pair({ host: dialog.host, port: dialog.port, code: CODE, key, signal: stopper.signal });
    const ended = rejects(pairing, reason);
    await dialog.whenSilent;
    stopper.abort(reason);
    await ended;
  });
}

test('it says that no pairing is open where nothing listens', async () => {
  const { host, port, ...dialog } = await startPairing({ code: CODE });
  await dialog[Symbol.asyncDispose]();
  await rejects(pair({ host, port, code: CODE, key }), coded('adb/no-pairing'));
});

test('it says that the port is another one than that of the dialog', async () => {
  await using phone = await startPhone({ isWireless: true });
  await rejects(pair({ host: phone.host, port: phone.port, code: CODE, key }), coded('adb/pairing-closed'));
});

test('it endures whatever listens there', async () => {
  const greeting = 'HTTP/1.1 400 Bad Request\r\n\r\n';
  const servers: [name: string, says: (socket: Socket) => void][] = [
    ['one that speaks first', (socket) => socket.end(greeting)],
    ['one that answers', (socket) => socket.once('data', () => socket.end(greeting))],
  ];
  for (const [name, says] of servers) {
    await using server = await listening((socket) => {
      socket.on('error', () => undefined).resume();
      says(socket);
    });
    await rejects(
      pair({ host: '127.0.0.1', port: server.port, code: CODE, key }),
      (error) => coded('adb/pairing-closed')(error) || coded('adb/protocol')(error),
      name,
    );
  }
});

test('it is not paired with a phone that knows another key', async () => {
  const stranger = generateAdbKey('stranger@holdfast');
  await using phone = await startPhone({ isWireless: true, knownKeys: new Set([stranger.publicLine]) });
  await rejects(connectTcp({ host: phone.host, port: phone.port, key }), coded('adb/not-paired'));
  await using _transport = await connectTcp({ host: phone.host, port: phone.port, key: stranger });
});
