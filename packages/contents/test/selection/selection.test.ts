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
    deepEqual(await index.resolve({}, {}, signal), { paths: [], items: 0, bytes: 0 });
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
});
