import { equal, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTables } from '../doctor-page.ts';

test('it finds the tables of docs/doctor.md as the catalogue has them; else run node tools/doctor-page.ts', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/doctor.md'), 'utf8');
  equal(page, withTables(page));
});

test('it leaves a page alone that has lost its marks', () => {
  throws(() => withTables('# The doctor\n'), /lost the marks/);
});
