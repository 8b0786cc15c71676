import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chosenBytes } from '@holdfast/contents';
import { isRecordPath } from '@holdfast/engine';
import { madeBackups } from '../../test-setup/made-backup.ts';
import { phone, textOf } from '../../test-setup/sample-phone.ts';

const { signal } = new AbortController();
const page = { limit: 200 };

suite('a selection', () => {
  test('it puts a selection in the words of a restore: folders where all in them is meant', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const all = await index.resolve({ types: ['photos', 'videos', 'calls'] }, {}, signal);
    deepEqual(all.paths, ['calls', 'files/internal/DCIM']);
    equal(all.items, 6);
    const inTypes = await index.resolve({ types: ['photos'] }, { inTypes: true }, signal);
    deepEqual([inTypes.paths, inTypes.types, inTypes.items], [[], ['photos'], 3]);
    const mixed = await index.resolve({ types: ['videos'], days: ['2024-06-12'], threads: [99] }, {}, signal);
    deepEqual(mixed.paths, [
      'files/internal/DCIM/Camera/IMG_20240612_235959.jpg',
      'files/internal/DCIM/Camera/PXL_20240612_225959123.mp4',
    ]);
    const { records } = index.records({ type: 'calls', ...page });
    const [call] = (await index.resolve({ entries: [records[0]?.entry ?? 0] }, {}, signal)).paths;
    ok(call !== undefined && isRecordPath(call));
    deepEqual(await index.resolve({}, {}, signal), { paths: [], recordsIn: new Map(), items: 0, bytes: 0 });
  });

  test('it gives the files of a selection, with the records that are chosen and no others', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const [alone] = index.threads(page).threads.filter(({ people }) => people.length === 1);
    const selection = { threads: [alone?.thread ?? 0], types: ['documents' as const] };
    const { items, files } = await index.chosenFiles(selection, signal);
    equal(items, 5);
    const written = new Map<string, string>();
    for await (const file of files) written.set(file.path, await textOf(chosenBytes(made.repository, file)));
    deepEqual(
      [...written.keys()],
      [
        'messages/messages.ndjson',
        'messages/parts/sea.jpg',
        'files/internal/Download/Ünï.pdf',
        'files/internal/Download/写真日記.txt',
      ],
    );
    equal(written.get('messages/messages.ndjson')?.trim().split('\n').length, 3);
    equal(written.get('messages/parts/sea.jpg'), 'sea');
  });

  test('it leaves out what is named so, and lets the nearest folder have the last word', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const photos = index.media(undefined, 0, 100).media;
    const one = photos[0];
    ok(one);
    const types = ['photos', 'videos'] as const;
    const all = await index.resolve({ types: [...types] }, {}, signal);
    const less = await index.resolve({ types: [...types], except: [one.entry] }, { inTypes: true }, signal);
    equal(less.types, undefined);
    equal(less.items, all.items - 1);
    ok(!less.paths.some((path) => one.path === path || one.path.startsWith(`${path}/`)));
    const above = index.files(undefined, page).entries.find(({ what }) => what === 'folder');
    ok(above);
    const inner = index.files(above.entry, page).entries.find(({ what }) => what === 'folder');
    ok(inner);
    const around = await index.resolve({ entries: [above.entry] }, {}, signal);
    const without = await index.resolve({ entries: [above.entry], except: [inner.entry] }, {}, signal);
    equal(without.items, around.items - (inner.items ?? 0));
    const again = await index.resolve(
      { entries: [above.entry, one.entry], except: [inner.entry] },
      {},
      signal,
    );
    equal(again.items, without.items + (one.path.startsWith(`${inner.path}/`) ? 1 : 0));
    deepEqual(
      await index.resolve(
        { types: ['photos'], days: [], except: photos.map(({ entry }) => entry) },
        {},
        signal,
      ),
      {
        paths: [],
        recordsIn: new Map(),
        items: 0,
        bytes: 0,
      },
    );
  });

  test('it leaves single records out of all of their type', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    for (const type of ['contacts', 'calls'] as const) {
      const { records } = index.records({ type, ...page });
      const all = await index.resolve({ types: [type] }, {}, signal);
      const less = await index.resolve({ types: [type], except: [records[0]?.entry ?? 0] }, {}, signal);
      equal(less.items, all.items - 1, type);
      ok(!less.paths.includes(type));
    }
    const thread = index.threads(page).threads[0]?.thread ?? 0;
    const { messages } = index.messages(thread, page);
    const whole = await index.resolve({ types: ['messages'] }, {}, signal);
    const less = await index.resolve(
      { types: ['messages'], except: messages.map(({ entry }) => entry) },
      {},
      signal,
    );
    equal(less.items, whole.items - messages.length);
    const some = await index.resolve({ threads: [thread], except: [messages[0]?.entry ?? 0] }, {}, signal);
    equal(some.items, messages.length - 1);
  });
});
