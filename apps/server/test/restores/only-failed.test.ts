import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { onlyFailed } from '#restores/only-failed.ts';
import type { Asked } from '#restores/plans.ts';

const key = (digit: string): string => digit.repeat(64);
const MESSAGES = 'messages/messages.ndjson';
const [ONE, TWO] = [`${MESSAGES}#${key('1')}`, `${MESSAGES}#${key('2')}`];
const PHOTO = 'files/internal/DCIM/a#1.jpg';

const FOLDER: Asked = {
  backup: 'latest',
  paths: ['files/internal', ONE, TWO],
  to: { kind: 'folder', path: '/out' },
  conflict: 'overwrite',
  target: '/out',
  replaces: 9,
};
const PHONE: Asked = {
  ...FOLDER,
  paths: [],
  types: ['photos', 'messages'],
  to: { kind: 'device', device: 'p' },
};

suite('what is asked for again', () => {
  const rows: [title: string, asked: Asked, failed: string[], paths: string[]][] = [
    ['is the file that failed', FOLDER, [PHOTO], [PHOTO]],
    ['is all that was chosen of a file of which a record failed', FOLDER, [TWO], [ONE, TWO]],
    ['is the same where the file was lost as a whole', FOLDER, [MESSAGES], [ONE, TWO]],
    ['is the whole of a file that was chosen whole', { ...FOLDER, paths: [] }, [TWO], [MESSAGES]],
    ['is the record alone on a phone', PHONE, [TWO, PHOTO], [TWO, PHOTO]],
  ];
  for (const [title, asked, failed, paths] of rows)
    test(`it ${title}`, () => {
      const again = onlyFailed(asked, new Set(failed));
      assert.deepEqual(again.paths.toSorted(), paths.toSorted());
      assert.deepEqual([again.partOf, again.types], [asked.paths, undefined]);
      assert.equal(again.replaces, failed.length);
      // And again what fails of that.
      assert.deepEqual(onlyFailed(again, new Set(failed)), again);
    });
});
