import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { connectOver, RemoteFiles } from '@holdfast/adb';
import { phoneFile, phoneFolder, phoneInMemory, testerKey } from '@holdfast/testkit/phone';

const key = testerKey();

test('it lets a conversation go the same way each time, up to the byte at which the cable is pulled', async () => {
  const root = phoneFolder({
    sdcard: phoneFolder(
      Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, phoneFile('x'.repeat(1000))])),
    ),
  });
  const listen = async (cutAfterBytes: number): Promise<readonly string[]> => {
    const phone = phoneInMemory({ root });
    const heard: string[] = [];
    try {
      await using transport = await connectOver(phone.plug({ cutAfterBytes }), 'memory', { key });
      const paths = Array.from({ length: 50 }, (_, at) => `/sdcard/f${at}`);
      for await (const { path } of new RemoteFiles(transport).pullMany(paths)) heard.push(path);
    } catch (error) {
      heard.push((error as { code: string }).code);
    }
    return heard;
  };
  for (const cut of [0, 500, 10_000, 30_001]) {
    const heard = await listen(cut);
    equal(heard.at(-1), 'adb/gone');
    deepEqual(await listen(cut), heard);
  }
  equal((await listen(10 ** 9)).length, 50);
});

test('it hears of a host that hangs up, and of the services it asked for', async () => {
  const phone = phoneInMemory({ root: phoneFolder({ sdcard: phoneFolder() }) });
  const transport = await connectOver(phone.plug(), 'memory', { key });
  equal((await new RemoteFiles(transport).list('/sdcard')).problem, undefined);
  await transport[Symbol.asyncDispose]();
  equal(phone.services[0], 'sync:');
});
