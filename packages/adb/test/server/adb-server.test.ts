import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { AdbServer, type ListedDevice, RemoteFiles, runShell } from '@holdfast/adb';
import { collect } from '@holdfast/kernel';
import { realAdb, seededRandom } from '@holdfast/testkit';
import { hostShell, phoneFile, phoneFolder, startPhone } from '@holdfast/testkit/phone';
import { coded } from '../../test-setup/phones.ts';

const one = async (server: AdbServer): Promise<ListedDevice> => {
  const [device] = await server.devices();
  if (device === undefined) throw new Error('no device');
  return device;
};

test('it lists, reads, writes and runs on a phone through the real adb server', async () => {
  const content = seededRandom(5)(2_000_000);
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`f${at}`, phoneFile(`content ${at}`)]),
  );
  const root = phoneFolder({ 'big.bin': phoneFile(content), many: phoneFolder(many) });
  await using adb = await realAdb();
  await using phone = await startPhone({ root, shell: hostShell, model: 'Pixel_8' });
  const server = new AdbServer({ port: adb.port });
  equal(await server.version(), 41);
  await adb.run('connect', `127.0.0.1:${phone.port}`);
  const device = await one(server);
  equal(device.model, 'Pixel_8');
  await using transport = await server.connect(device);
  equal(transport.features.has('shell_v2'), true);

  const { exitCode, stderr } = await runShell(transport, ['sh', '-c', 'echo "$1" >&2; exit 9', 'sh', "it's"]);
  deepEqual([exitCode, Buffer.from(stderr).toString()], [9, "it's\n"]);

  const files = new RemoteFiles(transport);
  await files.push('/new/copy.bin', files.pull('/big.bin'), { mode: 0o644, mtime: 1_111_111_111 });
  deepEqual(await collect(files.pull('/new/copy.bin'), 3_000_000), content);
  const { entries } = await files.list('/many');
  let read = 0;
  for await (const pulled of files.pullMany(entries.map(({ name }) => `/many/${name}`))) {
    if (pulled.kind === 'problem') throw pulled.failure;
    equal(
      `/many/f${Buffer.from(await collect(pulled.content, 100))
        .toString()
        .slice(8)}`,
      pulled.path,
    );
    read += 1;
  }
  equal(read, 300);
  await rejects(collect(files.pull('/none'), 1), coded('adb/refused-file'));
});

test('it tells of phones as they come and go, until the loop is left', async () => {
  await using adb = await realAdb();
  const server = new AdbServer({ port: adb.port });
  const phone = await startPhone();
  const seen: string[] = [];
  for await (const devices of server.trackDevices()) {
    const codes = devices.map((device) => device.state.code).join();
    if (codes !== seen.at(-1)) seen.push(codes);
    if (seen.length === 1) await adb.run('connect', `127.0.0.1:${phone.port}`);
    if (codes === 'ready') await adb.run('disconnect');
    if (codes === '' && seen.includes('ready')) break;
  }
  equal(seen[0], '');
  equal(seen.at(-1), '');
  await phone[Symbol.asyncDispose]();
});

test('it says what is the matter with a phone that is not ready, and of a phone that went', async () => {
  await using adb = await realAdb();
  const server = new AdbServer({ port: adb.port });
  const shy = await startPhone({ prompt: 'ignores' });
  await adb.run('connect', `127.0.0.1:${shy.port}`);
  const device = await one(server);
  equal(device.state.code, 'adb/unauthorized');
  await rejects(server.connect(device), coded('adb/unauthorized'));
  await adb.run('disconnect');
  await shy[Symbol.asyncDispose]();

  const phone = await startPhone({ root: phoneFolder({ big: phoneFile(new Uint8Array(50_000_000)) }) });
  await adb.run('connect', `127.0.0.1:${phone.port}`);
  await using transport = await server.connect(await one(server));
  const reading = async (): Promise<void> => {
    for await (const _chunk of new RemoteFiles(transport).pull('/big')) phone.unplug();
  };
  await rejects(reading(), coded('adb/gone'));
  await phone[Symbol.asyncDispose]();
});

test('it says that no server answers, and ends with one that goes', async () => {
  const adb = await realAdb();
  const server = new AdbServer({ port: adb.port });
  const tracking = (async () => {
    for await (const _devices of server.trackDevices()) await adb[Symbol.asyncDispose]();
  })();
  await rejects(tracking, coded('adb/gone'));
  await rejects(server.version(), coded('adb/no-server'));
});

test('it ends tracking on an abort', async () => {
  await using adb = await realAdb();
  const stopper = new AbortController();
  const tracking = (async () => {
    for await (const _devices of new AdbServer({ port: adb.port }).trackDevices(stopper.signal)) {
      stopper.abort(new Error('enough'));
    }
  })();
  await rejects(tracking, { message: 'enough' });
});
