import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstQuestions } from '#app/first-questions.ts';

const BACKUP = 'ab'.repeat(32);

describe('firstQuestions', () => {
  for (const path of [`/backups/${BACKUP}`, `/backups/${BACKUP}/`, `/backups/${BACKUP}/photos`])
    it(`asks for what leads to the photos, their days and the newest of them: ${path.slice(74)}`, () => {
      assert.deepEqual(firstQuestions(path), {
        addresses: ['/api/session', `/api/backups/${BACKUP}/contents`, `/api/backups/${BACKUP}/days`],
        photos: `/api/backups/${BACKUP}/media?from=0&limit=200`,
        backup: BACKUP,
      });
    });
  for (const path of ['/', '/backups', '/backups/no-id', `/backups/${BACKUP}/messages`, `/restore/${BACKUP}`])
    it(`asks for nothing that another page has no use for: ${path.slice(0, 20)}`, () => {
      assert.equal(firstQuestions(path), undefined);
    });
});
