import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import {
  formatLock,
  formatSnapshot,
  type Lock,
  parseLock,
  parseSnapshot,
  type Snapshot,
} from '@holdfast/restic-format';
import fc from 'fast-check';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const TIME = '2015-01-02T18:10:50.895208559+01:00';
const isMalformed = (error: unknown): boolean => isFailure(error, 'restic-format/malformed');
const anyBytes = fc.oneof(
  fc.uint8Array(),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .record({ time: fc.constant(TIME), tree: fc.constant(A), exclusive: fc.boolean(), paths: fc.json() })
    .map((object) => Buffer.from(JSON.stringify(object))),
);

const summary = {
  backupStart: TIME,
  backupEnd: TIME,
  filesNew: 1,
  filesChanged: 2,
  filesUnmodified: 3,
  dirsNew: 4,
  dirsChanged: 5,
  dirsUnmodified: 6,
  dataBlobs: 7,
  treeBlobs: 8,
  dataAdded: 9,
  dataAddedPacked: 10,
  totalFilesProcessed: 11,
  totalBytesProcessed: 2 ** 53 - 1,
};

suite('snapshots', () => {
  const whole: Snapshot = {
    time: TIME,
    parent: B,
    tree: A,
    paths: ['/'],
    hostname: 'kasimir <&>',
    username: 'fd0',
    uid: 1000,
    gid: 100,
    excludes: ['*.tmp'],
    tags: ['holdfast', 'device:1'],
    original: B,
    programVersion: 'restic 0.17.0',
    summary,
    unknownFields: [['later', '{"a":"<"}']],
  };

  test('it reads what it wrote', () => {
    assert.deepEqual(parseSnapshot(formatSnapshot(whole)), whole);
    fc.assert(
      fc.property(fc.subarray(Object.keys(whole) as (keyof Snapshot)[]), (fields) => {
        const some = Object.fromEntries(fields.map((field) => [field, whole[field]]));
        const snapshot = { time: TIME, tree: A, paths: [], ...some };
        assert.deepEqual(parseSnapshot(formatSnapshot(snapshot)), snapshot);
      }),
    );
  });

  test('it writes the fields as restic does', () => {
    assert.equal(
      Buffer.from(formatSnapshot({ ...whole, excludes: [], uid: 0, hostname: 'k<' })).toString(),
      `{"time":"${TIME}","parent":"${B}","tree":"${A}","paths":["/"],"hostname":"k\\u003c","username":"fd0","gid":100,` +
        `"tags":["holdfast","device:1"],"original":"${B}","program_version":"restic 0.17.0","summary":{` +
        `"backup_start":"${TIME}","backup_end":"${TIME}","files_new":1,"files_changed":2,"files_unmodified":3,"dirs_new":4,` +
        `"dirs_changed":5,"dirs_unmodified":6,"data_blobs":7,"tree_blobs":8,"data_added":9,"data_added_packed":10,` +
        `"total_files_processed":11,"total_bytes_processed":9007199254740991},"later":{"a":"\\u003c"}}`,
    );
  });

  for (const [name, change] of [
    ['no tree', { tree: undefined }],
    ['a tree that is no id', { tree: '..' }],
    ['a time that is none', { time: 'now' }],
    ['paths that are no list', { paths: '/' }],
    ['tags that are no text', { tags: [1] }],
    ['a negative uid', { uid: -1 }],
    ['a summary that is none', { summary: 1 }],
    ['a summary without times', { summary: {} }],
  ] as const) {
    test(`it refuses ${name}`, () => {
      const document = JSON.stringify({ time: TIME, tree: A, paths: [], ...change });
      assert.throws(() => parseSnapshot(Buffer.from(document)), isMalformed);
    });
  }

  test('it reads any bytes as a snapshot or refuses them', () => {
    fc.assert(fc.property(anyBytes, (bytes) => isReadOrRefused(() => parseSnapshot(bytes))));
  });
});

suite('locks', () => {
  const lock: Lock = {
    time: TIME,
    exclusive: true,
    hostname: 'k',
    username: '',
    pid: 13607,
    uid: 0,
    gid: 100,
  };

  test('it reads what it wrote, and writes as restic does', () => {
    assert.deepEqual(parseLock(formatLock(lock)), lock);
    assert.equal(
      Buffer.from(formatLock(lock)).toString(),
      `{"time":"${TIME}","exclusive":true,"hostname":"k","username":"","pid":13607,"gid":100}`,
    );
  });

  for (const document of [
    '[]',
    '{}',
    `{"time":"${TIME}"}`,
    '{"time":"x","exclusive":true}',
    '{"exclusive":true}',
  ]) {
    test(`it refuses ${document}`, () => {
      assert.throws(() => parseLock(Buffer.from(document)), isMalformed);
    });
  }

  test('it reads any bytes as a lock or refuses them', () => {
    fc.assert(fc.property(anyBytes, (bytes) => isReadOrRefused(() => parseLock(bytes))));
  });
});

function isReadOrRefused(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return isMalformed(error);
  }
}
