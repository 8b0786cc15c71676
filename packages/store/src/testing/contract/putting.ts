import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { STORE_FAILURES } from '#failures.ts';
import { CONFIG, FILE_KINDS, type FileKind, type FileRef } from '#file.ts';
import {
  CALLS,
  created,
  failsWith,
  listed,
  type MakeStore,
  nameOf,
  noise,
  pack,
  sameBytes,
} from './fixture.ts';

const MIB = 1024 * 1024;

const PARTS: readonly (readonly [string, readonly Uint8Array[]])[] = [
  ['no part', []],
  ['an empty part', [new Uint8Array()]],
  ['one byte', [noise(1)]],
  [
    'empty parts between others',
    [new Uint8Array(), noise(5, 1), new Uint8Array(), noise(7, 2), new Uint8Array()],
  ],
  ['a thousand and more parts', Array.from({ length: 1500 }, (_, i) => noise(i % 7, i))],
  ['20 MiB in odd parts', [noise(3 * MIB + 1, 1), noise(17, 2), noise(17 * MIB - 18, 3)]],
  ['20 MiB in one part', [noise(20 * MIB)]],
];

const HOSTILE_NAMES: readonly string[] = [
  '',
  '.',
  '..',
  '../config',
  'config',
  '/etc/passwd',
  `../keys/${nameOf(1)}`,
  `${nameOf(1)}/../${nameOf(2)}`,
  nameOf(1).slice(1),
  `${nameOf(1)}0`,
  nameOf(1).toUpperCase(),
  `${nameOf(1)}\n`,
  `${nameOf(1)}\0`,
  `${nameOf(1)}-tmp-0011223344556677`,
  '\u0661'.repeat(64),
];

/** What `put` promises, and what every call does with a hostile name. */
export function puttingContract(make: MakeStore): void {
  for (const [what, parts] of PARTS) {
    test(`it gives back what was put: ${what}`, async () => {
      await using made = await created(make);
      await made.store.put(pack(1), parts);
      sameBytes(await made.store.get(pack(1)), Buffer.concat(parts));
      equal(await made.store.size(pack(1)), Buffer.concat(parts).length);
    });
  }

  test('it copies bytes in and out', async () => {
    await using made = await created(make);
    const mine = noise(10);
    await made.store.put(pack(1), [mine]);
    mine.fill(0);
    (await made.store.get(pack(1))).fill(1);
    (await made.store.readBack(pack(1), { from: 'cache' })).bytes.fill(2);
    sameBytes(await made.store.get(pack(1)), noise(10));
  });

  test('it keeps the kinds apart', async () => {
    await using made = await created(make);
    const files: FileRef[] = FILE_KINDS.map((kind) =>
      kind === 'config' ? CONFIG : { kind, name: nameOf(1) },
    );
    for (const [i, file] of files.entries()) await made.store.put(file, [noise(i + 1, i)]);
    for (const [i, file] of files.entries()) {
      sameBytes(await made.store.get(file), noise(i + 1, i));
      deepEqual(await listed(made.store, file.kind), [{ name: file.name, sizeBytes: i + 1 }]);
    }
  });

  test('it refuses a name that is taken, and changes nothing', async () => {
    await using made = await created(make);
    for (const file of [CONFIG, pack(1)]) {
      await made.store.put(file, [noise(10)]);
      await rejects(made.store.put(file, [noise(20, 2)]), failsWith(STORE_FAILURES.exists));
      await rejects(made.store.put(file, []), failsWith(STORE_FAILURES.exists));
      sameBytes(await made.store.get(file), noise(10));
    }
  });

  test('it lets exactly one of many puts under the same name win', async () => {
    await using made = await created(make);
    const puts = Array.from({ length: 8 }, (_, i) => made.store.put(pack(1), [noise(5000, i)]));
    const outcomes = await Promise.allSettled(puts);
    const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
    for (const [i, outcome] of outcomes.entries()) {
      if (i !== winner)
        await rejects(async () => await puts[i], failsWith(STORE_FAILURES.exists), outcome.status);
    }
    sameBytes(await made.store.get(pack(1)), noise(5000, winner));
    equal((await listed(made.store, 'pack')).length, 1);
  });

  test('it takes many files at the same time', async () => {
    await using made = await created(make);
    await Promise.all(Array.from({ length: 64 }, (_, i) => made.store.put(pack(i), [noise(70_000 + i, i)])));
    for (let i = 0; i < 64; i++) sameBytes(await made.store.get(pack(i)), noise(70_000 + i, i));
  });

  test('it never lists or gives a half-written file', async () => {
    await using made = await created(make);
    let isDone = false;
    const puts = Promise.all([1, 2, 3].map((n) => made.store.put(pack(n), [noise(6 * MIB), noise(1)])));
    const done = puts.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      for (const { sizeBytes } of await listed(made.store, 'pack')) equal(sizeBytes, 6 * MIB + 1);
      await setImmediate();
    }
    await done;
    equal((await listed(made.store, 'pack')).length, 3);
  });

  test('it stops for an abort without leaving anything under the name', async () => {
    await using made = await created(make);
    const parts = Array.from({ length: 6 }, (_, i) => noise(MIB, i));
    for (let turns = 0; turns < 24; turns++) {
      const stop = new AbortController();
      const reason = new Error('stopped by the test');
      const outcome = made.store.put(pack(turns), parts, stop.signal).then(
        () => 'put' as const,
        (error: unknown) => error,
      );
      for (let i = 0; i < turns; i++) await setImmediate();
      stop.abort(reason);
      if ((await outcome) === 'put') {
        sameBytes(await made.store.get(pack(turns)), Buffer.concat(parts));
      } else {
        equal(await outcome, reason);
        await rejects(made.store.get(pack(turns)), failsWith(STORE_FAILURES.missing));
        await made.store.put(pack(turns), parts);
      }
    }
    equal((await listed(made.store, 'pack')).length, 24);
  });

  for (const [call, run] of CALLS) {
    test(`it refuses names that are not a file's: ${call}`, async () => {
      await using made = await created(make);
      await made.store.put(pack(1), [noise(1)]);
      const kinds = ['../pack', '__proto__', 'toString', ''].map((kind) => ({
        kind: kind as FileKind,
        name: nameOf(1),
      }));
      const configs = [nameOf(1), 'config', '..'].map((name): FileRef => ({ kind: 'config', name }));
      const packs = HOSTILE_NAMES.map((name): FileRef => ({ kind: 'pack', name }));
      const keys = HOSTILE_NAMES.map((name): FileRef => ({ kind: 'key', name }));
      for (const file of [...kinds, ...configs, ...packs, ...keys]) {
        await rejects(run(made.store, file), failsWith(STORE_FAILURES.badName), JSON.stringify(file));
      }
    });
  }
}
