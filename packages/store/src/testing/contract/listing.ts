import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { STORE_FAILURES } from '#failures.ts';
import { CONFIG, FILE_KINDS } from '#file.ts';
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

/** What `list`, `remove`, `create` and `freeSpace` promise. */
export function listingContract(make: MakeStore): void {
  test('it lists nothing where nothing is', async () => {
    await using made = await created(make);
    for (const kind of FILE_KINDS) deepEqual(await listed(made.store, kind), []);
  });

  test('it lists every file once, with its size', async () => {
    await using made = await created(make);
    for (let n = 0; n < 256; n += 3) await made.store.put(pack(n), [noise(n)]);
    for (let n = 0; n < 40; n++) await made.store.put({ kind: 'index', name: nameOf(n) }, [noise(n)]);
    const packs = Array.from({ length: 86 }, (_, i) => ({ name: nameOf(i * 3), sizeBytes: i * 3 }));
    deepEqual(await listed(made.store, 'pack'), packs);
    const names = await made.store.packNames?.();
    if (names !== undefined) deepEqual([...names].sort(), packs.map(({ name }) => name).sort());
    const indexes = Array.from({ length: 40 }, (_, n) => ({ name: nameOf(n), sizeBytes: n }));
    deepEqual(await listed(made.store, 'index'), indexes);
  });

  test('it lets go of a listing that is left early', async () => {
    await using made = await created(make);
    for (let n = 0; n < 30; n++) await made.store.put(pack(n), [noise(n)]);
    for await (const { name } of made.store.list('pack')) {
      await made.store.remove({ kind: 'pack', name });
      break;
    }
    equal((await listed(made.store, 'pack')).length, 29);
  });

  test('it can be emptied while it is listed', async () => {
    await using made = await created(make);
    for (let n = 0; n < 30; n++) await made.store.put({ kind: 'index', name: nameOf(n) }, [noise(n)]);
    for await (const { name } of made.store.list('index')) await made.store.remove({ kind: 'index', name });
    deepEqual(await listed(made.store, 'index'), []);
  });

  test('it stops a listing for an abort', async () => {
    await using made = await created(make);
    for (let n = 0; n < 30; n++) await made.store.put(pack(n), [noise(n)]);
    const reason = new Error('stopped by the test');
    await rejects(
      Array.fromAsync(made.store.list('pack', AbortSignal.abort(reason))),
      (error) => error === reason,
    );
    const stop = new AbortController();
    const names: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const { name } of made.store.list('pack', stop.signal)) {
        names.push(name);
        stop.abort(reason);
      }
    };
    await rejects(reading(), (error) => error === reason);
    equal(names.length, 1);
  });

  test('it removes a file once, and its name is free again', async () => {
    await using made = await created(make);
    for (const file of [CONFIG, pack(1), { kind: 'lock', name: nameOf(1) } as const]) {
      await made.store.put(file, [noise(5)]);
      await made.store.remove(file);
      await rejects(made.store.remove(file), failsWith(STORE_FAILURES.missing));
      deepEqual(await listed(made.store, file.kind), []);
      await made.store.put(file, [noise(6, 2)]);
      sameBytes(await made.store.get(file), noise(6, 2));
    }
  });

  test('it is made ready twice without harm', async () => {
    await using made = await created(make);
    await made.store.put(pack(1), [noise(5)]);
    await made.store.create();
    sameBytes(await made.store.get(pack(1)), noise(5));
  });

  test('it says that it is absent before it is made, to every call', async () => {
    await using made = await make();
    const absent = failsWith(STORE_FAILURES.absent);
    for (const file of [pack(1), CONFIG, { kind: 'lock', name: nameOf(1) } as const]) {
      for (const [call, run] of CALLS) await rejects(run(made.store, file), absent, call);
      await rejects(listed(made.store, file.kind), absent);
    }
    await made.store.create();
    for (const kind of FILE_KINDS) deepEqual(await listed(made.store, kind), []);
  });

  test('it says how much room there is, or that it cannot say', async () => {
    await using made = await created(make);
    const space = await made.store.freeSpace();
    ok(space === undefined || (space.freeBytes >= 0 && space.freeBytes <= space.totalBytes));
  });

  test('it has a location to show', async () => {
    await using made = await make();
    ok(made.store.location.length > 0);
  });
}
