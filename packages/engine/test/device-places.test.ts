import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { choosePaths, isRecordPath, madeFileOf, placeOnDevice } from '#restore/device/places.ts';

const INTERNAL = { id: 'internal' };
const CARD = { id: '1A2B-3C4D' };
const OTHER = { id: '5E6F-7A8B' };

suite('placeOnDevice', () => {
  const ROWS: readonly (readonly [
    path: string,
    volumes: readonly { id: string }[],
    place: string | undefined,
  ])[] = [
    ['internal/DCIM/a.jpg', [INTERNAL], 'internal/DCIM/a.jpg'],
    ['1A2B-3C4D/a.jpg', [INTERNAL, CARD, OTHER], '1A2B-3C4D/a.jpg'],
    ['1A2B-3C4D/a.jpg', [INTERNAL, OTHER], '5E6F-7A8B/a.jpg'],
    ['1A2B-3C4D/a.jpg', [INTERNAL], undefined],
    ['0000-0000/a.jpg', [INTERNAL, CARD, OTHER], undefined],
    ['Pictures of 2019/a.jpg', [INTERNAL], 'internal/Pictures of 2019/a.jpg'],
  ];
  for (const [path, volumes, place] of ROWS)
    test(`it puts ${path} to ${place ?? 'no place'}, of ${volumes.length}`, () => {
      equal(placeOnDevice(path.split('/'), volumes)?.join('/'), place);
    });
});

suite('madeFileOf', () => {
  const ROWS: readonly (readonly [path: string, made: string | undefined])[] = [
    ['messages/messages.ndjson', 'messages/messages.ndjson'],
    ['messages/parts/x.jpg', 'messages/messages.ndjson'],
    ['contacts/contacts.vcf', 'contacts/contacts.vcf'],
    ['calendar/Work.ics', 'calendar/Work.ics'],
    ['apps/org.example/split_a.apk', 'apps/org.example/app.json'],
    ['apps/org.example', undefined],
    ['settings/settings.json', 'settings/settings.json'],
    ['holdfast.json', undefined],
    ['photos/a.jpg', undefined],
    ['something/else', undefined],
  ];
  for (const [path, made] of ROWS)
    test(`it counts ${path} as ${made ?? 'nothing'}`, () => {
      equal(madeFileOf(path.split('/'))?.path.join('/'), made);
    });
});

suite('choosePaths', () => {
  const key = 'a'.repeat(64);
  const other = 'b'.repeat(64);

  test('it takes paths of records apart', () => {
    const { paths, isChosen } = choosePaths([`/messages/messages.ndjson#${key}~2`, 'files/internal/a#b']);
    deepEqual(paths, ['files/internal/a#b', 'messages/messages.ndjson']);
    equal(isChosen('messages/messages.ndjson', key), true);
    equal(isChosen('messages/messages.ndjson', other), false);
    equal(isChosen('calls/calls.ndjson', key), false);
  });

  test('it takes files with what looks like a key in their names for files', () => {
    for (const path of [`files/internal/a#${key}`, `/files/internal/a#${key}`, 'messages/messages.ndjson#1'])
      equal(isRecordPath(path), false, path);
    equal(isRecordPath(`//messages/messages.ndjson#${key}`), true);
    deepEqual(choosePaths([`/files/internal/a#${key}`]).paths, [`files/internal/a#${key}`]);
  });

  test('it chooses all records of what is chosen as a whole', () => {
    for (const whole of [[], ['/'], ['messages'], ['messages/messages.ndjson']]) {
      const { isChosen } = choosePaths([
        ...whole,
        ...(whole.length === 0 ? [] : [`messages/messages.ndjson#${key}`]),
      ]);
      equal(isChosen('messages/messages.ndjson', other), true);
    }
  });
});
