import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { INDEX_VERSION } from '../src/database/schema.ts';
import { lines, type MadeFolder, madeBackups, PHONE } from '../test-setup/made-backup.ts';
import { phone } from '../test-setup/sample-phone.ts';

const { signal } = new AbortController();
const page = { limit: 200 };

suite('contents', () => {
  test('it counts what there is by type, and what could not be read', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const { types, damaged } = index.contents();
    deepEqual(Object.fromEntries(types.map(({ type, items }) => [type, items])), {
      photos: 3,
      videos: 1,
      documents: 2,
      other: 1,
      contacts: 2,
      messages: 5,
      calls: 2,
    });
    equal(damaged, 1);
  });

  test('it lists records whose numbers are words that every object knows', async () => {
    await using made = await madeBackups();
    const backup: MadeFolder = {
      calls: { 'calls.ndjson': lines({ number: '', presentation: 'constructor', date: '1700000000000' }) },
      messages: {
        'messages.ndjson': lines({ address: '1', date: '1700000000000', type: 'toString', body: 'a' }),
      },
    };
    const index = await made.contents.ready(await made.save(backup), signal);
    equal(index.contents().damaged, 0);
    deepEqual(
      index.records({ type: 'calls', limit: 200 }).records.map(({ title }) => title),
      ['Unknown number'],
    );
    equal(index.contents().types.find(({ type }) => type === 'messages')?.items, 1);
  });

  test('it has photos and videos in the order they were taken in, by the days of the zone', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const { total, media } = index.media(undefined, 0, 10);
    equal(total, 4);
    deepEqual(
      media.map(({ name, taken }) => [name, taken]),
      [
        // In UTC, and so the next day.
        ['PXL_20240612_225959123.mp4', '2024-06-13T00:59:59.123+02:00'],
        ['IMG_20240612_235959.jpg', '2024-06-12T23:59:59.000+02:00'],
        ['IMG-20240611-WA0001.jpg', '2024-06-11T12:00:00.000+02:00'],
        ['old.jpg', '2023-11-14T23:13:20.000+01:00'],
      ],
    );
    deepEqual(index.days(undefined).days, [
      { day: '2024-06-13', from: 0, items: 1 },
      { day: '2024-06-12', from: 1, items: 1 },
      { day: '2024-06-11', from: 2, items: 1 },
      { day: '2023-11-14', from: 3, items: 1 },
    ]);
    deepEqual(
      index.media(['photo'], 1, 1).media.map(({ name }) => name),
      ['IMG-20240611-WA0001.jpg'],
    );
    equal(index.days(['video']).total, 1);
  });

  test('it places photos by what was learned of them, but never under the eyes of a person', async () => {
    await using made = await madeBackups();
    const backup = await made.save(await phone());
    const { contents } = made;
    const days = async (from = contents) => (await from.ready(backup, signal)).days(undefined).days;
    const index = await contents.ready(backup, signal);
    const [old] = index.undated();
    equal(old?.name, 'old.jpg');
    const content = old?.content ?? [];
    equal(contents.knows(content), false);
    const taken = { by: 'camera', local: '2024-07-01T23:59:00', offsetMinutes: -300 } as const;
    contents.learn(content, { width: 4, height: 3, camera: 'Pear', taken });
    // The others' names say on what day they were taken.
    equal(index.undated().next().done, true);
    await contents.placeAnew(backup, signal);
    // Nobody had looked at them.
    const [first, ...others] = await days();
    deepEqual([first, others.length], [{ day: '2024-07-01', from: 0, items: 1 }, 3]);
    const placed = await contents.ready(backup, signal);
    const [newest] = placed.media(undefined, 0, 1).media;
    deepEqual([newest?.taken, newest?.width], ['2024-07-01T23:59:00.000-05:00', 4]);
    deepEqual(placed.about(newest?.entry ?? 0), {
      taken: '2024-07-01T23:59:00.000-05:00',
      takenBy: 'camera',
      width: 4,
      height: 3,
      camera: 'Pear',
    });
    contents.learn(content, { taken: { ...taken, local: '2020-01-01T00:00:00' } });
    await contents.placeAnew(backup, signal);
    deepEqual((await days())[0]?.day, '2024-07-01');
    // In a new order once the program starts again, and for that the repository is not read.
    const reads = made.reads();
    await contents[Symbol.asyncDispose]();
    deepEqual((await days(made.reopen())).at(-1)?.day, '2020-01-01');
    equal(made.reads(), reads);
  });

  test('it does without what was learned where that is damaged', async () => {
    await using made = await madeBackups();
    writeFileSync(join(made.folder, 'facts.db'), 'no database'.repeat(100));
    const index = await made.contents.ready(await made.save(await phone()), signal);
    equal(index.media(undefined, 0, 10).total, 4);
    made.contents.learn(['a'], { seconds: 3 });
    equal(made.contents.knows(['a']), true);
  });

  test('it lists folders page by page, and says where a person is', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const top = index.files(undefined, page);
    deepEqual(
      top.entries.map(({ name, items }) => [name, items]),
      [
        ['DCIM', 4],
        ['Download', 3],
      ],
    );
    const download = top.entries[1]?.entry;
    const names: string[] = [];
    for (let after: string | undefined; ; ) {
      const { entries, above, next } = index.files(download, { limit: 1, after });
      deepEqual(
        above.map(({ name }) => name),
        ['Download'],
      );
      names.push(...entries.map(({ name }) => name));
      if (next === undefined) break;
      after = next;
    }
    deepEqual(names.toSorted(), ['half\udcff.bin', 'Ünï.pdf', '写真日記.txt'].toSorted());
  });

  test('it puts messages of the same people together, whatever their numbers look like, without the phone’s own', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const { threads } = index.threads(page);
    deepEqual(
      threads.map(({ people, messages }) => [people, messages]),
      [
        [['Ana Sé', '920000002'], 2],
        [['Ana Sé'], 3],
      ],
    );
    const [group, alone] = threads.map(({ thread }) => index.messages(thread, page).messages);
    deepEqual(
      group?.map(({ isOwn, from, text }) => [isOwn, from, text]),
      [
        [true, undefined, 'from me'],
        [false, 'Ana Sé', 'for us'],
      ],
    );
    deepEqual(
      alone?.map(({ text }) => text),
      ['for me alone', 'Até já', 'Olá <b>"x"'],
    );
    const [attachment] = alone?.[0]?.attachments ?? [];
    equal(index.entry(attachment?.entry ?? 0).path, 'messages/parts/sea.jpg');
  });

  test('it lists records, and says all of each', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const first = index.records({ type: 'contacts', limit: 1 });
    const second = index.records({ type: 'contacts', limit: 1, after: first.next });
    deepEqual(
      [first, second].map(({ total, records }) => [total, records[0]?.title]),
      [
        [2, 'Ana Sé'],
        [2, 'bela'],
      ],
    );
    equal(second.next, undefined);
    const calls = index.records({ type: 'calls', ...page }).records;
    deepEqual(
      calls.map(({ title, subtitle }) => [title, subtitle]),
      [
        ['Private number', 'Missed'],
        ['Ana Sé', 'Outgoing · 2 min 49 s'],
      ],
    );
    const { fields } = index.record(calls[1]?.entry ?? 0);
    deepEqual(fields.find(({ label }) => label === 'When')?.value, '2023-11-14T23:13:20.000+01:00');
    deepEqual(index.records({ type: 'contacts', text: 'ANA', ...page }).total, 1);
  });

  test('it tells the times of calls, messages and events by the clocks of the zone, and whole days as days', async () => {
    await using made = await madeBackups();
    const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...event('UID:1', 'SUMMARY:Market', 'DTSTART;VALUE=DATE:20240612'),
      ...event('UID:2', 'SUMMARY:Late', 'DTSTART:20240611T223000Z'),
      'END:VCALENDAR',
    ];
    const backup = {
      ...(await phone()),
      calendar: { 'home.ics': calendar.map((line) => `${line}\r\n`).join('') },
    };
    const index = await made.contents.ready(await made.save(backup), signal);
    const times = (type: 'calls' | 'calendar') =>
      index.records({ type, ...page }).records.map(({ title, time }) => [title, time]);
    deepEqual(times('calls'), [
      ['Private number', '2023-11-14T23:21:40.000+01:00'],
      ['Ana Sé', '2023-11-14T23:13:20.000+01:00'],
    ]);
    deepEqual(times('calendar'), [
      ['Late', '2024-06-12T00:30:00.000+02:00'],
      ['Market', '2024-06-12'],
    ]);
    deepEqual(
      index.search({ text: 'market', ...page }).hits.map(({ time }) => time),
      ['2024-06-12'],
    );
    const { thread, messages } = index.messages(index.threads(page).threads[1]?.thread ?? 0, page);
    equal(thread.last, messages[0]?.time);
    equal(messages.at(-1)?.time, '2023-11-14T23:13:20.000+01:00');
    equal(index.search({ text: 'ola', ...page }).hits[0]?.time, '2023-11-14T23:13:20.000+01:00');
  });

  const searches: readonly [text: string, titles: readonly string[]][] = [
    // The contact, the call, what was written with that number alone, and in a group.
    ['SE', [...Array<string>(5).fill('Ana Sé'), ...Array<string>(2).fill('Ana Sé, 920000002')]],
    ['ana alone', ['Ana Sé']],
    ['ana us', ['Ana Sé, 920000002']],
    ['ate ja', ['Ana Sé']],
    ['ünï', ['Ünï.pdf']],
    ['UNI', ['Ünï.pdf']],
    ['日記', ['写真日記.txt']],
    ['img_2024', ['IMG_20240612_235959.jpg', 'IMG-20240611-WA0001.jpg'].toReversed()],
    ['"x', ['Ana Sé']],
    ['x" OR "for', []],
    ['* - ( NEAR', []],
    ['\0half\udcff', ['half\udcff.bin']],
  ];
  for (const [text, titles] of searches)
    test(`it takes ${JSON.stringify(text)} as text that is looked for`, async () => {
      await using made = await madeBackups();
      const index = await made.contents.ready(await made.save(await phone()), signal);
      const { hits } = index.search({ text, ...page });
      deepEqual(hits.map(({ title }) => title).toSorted(), titles.toSorted());
    });

  test('it tells how two backups differ', async () => {
    await using made = await madeBackups();
    const before = await phone();
    const older = await made.contents.ready(await made.save(before), signal);
    const { internal } = before['files'] as { internal: MadeFolder };
    const after = {
      ...before,
      calls: { 'calls.ndjson': lines({ number: '1', date: '5', type: '1' }) },
      files: {
        internal: { ...internal, Download: { 'Ünï.pdf': 'other', 'new.txt': 'n', 'half\udcff.bin': 'g' } },
      },
    };
    const newer = await made.contents.ready(await made.save(after), signal);
    const { counts, differences } = await newer.compare(older, page);
    deepEqual(counts, { added: 2, removed: 3, changed: 1, same: 12 });
    deepEqual(differences.map(({ change, path }) => `${change} ${path.replace(/#.*/, '#')}`).toSorted(), [
      'added calls/calls.ndjson#',
      'added files/internal/Download/new.txt',
      'changed files/internal/Download/Ünï.pdf',
      'removed calls/calls.ndjson#',
      'removed calls/calls.ndjson#',
      'removed files/internal/Download/写真日記.txt',
    ]);
    const first = await newer.compare(older, { limit: 1, change: 'removed' });
    equal(first.differences.length, 1);
    ok(first.next !== undefined);
  });

  test('it gives the same numbers whenever it is made, and one for each zone', async () => {
    await using made = await madeBackups();
    const id = await made.save(await phone());
    const one = await made.contents.ready(id, signal);
    const again = await made.reopen().ready(id, signal);
    equal(made.reads(), 1);
    await made.reopen({ timeZone: 'UTC' }).ready(id, signal);
    equal(made.reads(), 2);
    for (let n = 0; n < 20; n++) deepEqual(again.entry(n), one.entry(n));
  });

  test('it is made again when what is kept is no index', async () => {
    await using made = await madeBackups();
    const id = await made.save(await phone());
    writeFileSync(join(made.folder, `${id}.${INDEX_VERSION}.Europe_Berlin.sqlite`), 'no database');
    equal((await made.contents.ready(id, signal)).contents().kind, 'ready');
  });

  test('it keeps the backups looked at last, and none that was forgotten', async () => {
    await using made = await madeBackups();
    const ids: string[] = [];
    mkdirSync(made.folder, { recursive: true });
    writeFileSync(join(made.folder, 'not-ours.sqlite'), '');
    for (let at = 0; at < 7; at++) ids.push(await made.save({ 'a.txt': `${at}` }));
    const first = await made.contents.ready(ids[0] ?? '', signal);
    using held = first.hold();
    for (const id of ids) await made.contents.ready(id, signal);
    const kept = () => readdirSync(made.folder).filter((name) => name.endsWith('.sqlite')).length;
    equal(kept(), 6);
    equal(first.entry(0).path, '');
    held[Symbol.dispose]();
    made.contents.keepOnly(new Set(ids.slice(-1)));
    equal(kept(), 2);
    ok(existsSync(join(made.folder, 'not-ours.sqlite')));
  });

  test('it is built once for all who ask, and tells those why it cannot be', async () => {
    await using made = await madeBackups();
    const id = await made.save(await phone());
    const all = await Promise.all([1, 2, 3].map(() => made.contents.ready(id, signal)));
    equal(made.reads(), 1);
    equal(new Set(all).size, 1);
    await rejects(made.contents.ready('0'.repeat(64), signal), { code: 'repository/no-snapshot' });
    equal(made.contents.state('0'.repeat(64)).kind, 'failed');
  });

  test('it counts folders that are missing and files without their bytes as damaged, and shows the rest', async () => {
    await using made = await madeBackups();
    const root = {
      files: {
        internal: {
          lost: { node: { type: 'dir', content: undefined, subtree: 'ab'.repeat(32) } as object },
          'gone.txt': { node: { size: 3, content: ['cd'.repeat(32)] } },
          'here.txt': 'here',
        },
      },
    };
    const index = await made.contents.ready(await made.save(root as MadeFolder), signal);
    equal(index.contents().damaged, 2);
    deepEqual(
      index.files(undefined, page).entries.map(({ name }) => name),
      ['lost', 'gone.txt', 'here.txt'],
    );
  });

  test('it takes all of another program’s backup for files', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(
      await made.save({ messages: { 'messages.ndjson': '{}\n' } }, []),
      signal,
    );
    deepEqual(
      index.contents().types.map(({ type }) => type),
      ['other'],
    );
    match(index.files(undefined, page).entries[0]?.name ?? '', /^messages$/);
  });

  test('it cuts pages of messages that are long, and shows the beginning of one that is longer', async () => {
    await using made = await madeBackups();
    const body = 'ö'.repeat(1_000_000);
    const messages = Array.from({ length: 10 }, (_, at) => ({
      address: '1',
      date: `${at}`,
      type: '1',
      body,
    }));
    const index = await made.contents.ready(
      await made.save({ messages: { 'messages.ndjson': lines(...messages) } }, PHONE),
      signal,
    );
    const { messages: shown, next } = index.messages(index.threads(page).threads[0]?.thread ?? 0, page);
    equal(shown.length, 3);
    ok(next !== undefined && (shown[0]?.text.length ?? 0) < 300_000);
  });

  test('it refuses numbers nothing has and places no page gave', async () => {
    await using made = await madeBackups();
    const index = await made.contents.ready(await made.save(await phone()), signal);
    const refused = (work: () => unknown, code: string): Promise<void> =>
      rejects(async () => work(), { code });
    await refused(() => index.entry(99_999), 'contents/missing-entry');
    await refused(() => index.files(99_999, page), 'contents/missing-entry');
    await refused(() => index.messages(99_999, page), 'contents/missing-thread');
    await refused(() => index.record(0), 'contents/missing-entry');
    for (const after of ['x', '-1', '99999', "1'"]) {
      await refused(() => index.files(undefined, { ...page, after }), 'contents/bad-page');
      await refused(() => index.threads({ ...page, after }), 'contents/bad-page');
      await refused(() => index.records({ type: 'calls', ...page, after }), 'contents/bad-page');
      await refused(() => index.search({ text: 'a', ...page, after }), 'contents/bad-page');
    }
  });
});
