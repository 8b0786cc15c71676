import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeLock, type LockFile } from '../complete-lock.ts';

test('it adds the platform packages that were left out, each for its platform only', () => {
  const kept = { version: '2.0.0', optional: true, cpu: ['x64'], os: ['linux'] };
  const lock: LockFile = {
    packages: {
      '': {},
      'node_modules/tool': {
        version: '2.0.0',
        dev: true,
        optionalDependencies: {
          '@tool/win32-x64': '2.0.0',
          '@tool/linux-x64': '2.0.0',
          '@tool/binding-linux-arm64-musl': '2.0.0',
          '@tool/binding-linux-arm-gnueabihf': '2.0.0',
          'a-nicety': '2.0.0',
          '@tool/darwin-x64': '^2.0.0',
        },
      },
      'node_modules/@tool/linux-x64': kept,
    },
  };
  const added = ['@tool/win32-x64', '@tool/binding-linux-arm64-musl', '@tool/binding-linux-arm-gnueabihf'];
  deepEqual(completeLock(lock), added);
  const { 'node_modules/tool': _tool, ...others } = lock.packages;
  const rest = { dev: true, optional: true };
  deepEqual(others, {
    '': {},
    'node_modules/@tool/binding-linux-arm-gnueabihf': {
      version: '2.0.0',
      cpu: ['arm'],
      libc: ['glibc'],
      os: ['linux'],
      ...rest,
    },
    'node_modules/@tool/binding-linux-arm64-musl': {
      version: '2.0.0',
      cpu: ['arm64'],
      libc: ['musl'],
      os: ['linux'],
      ...rest,
    },
    'node_modules/@tool/linux-x64': kept,
    'node_modules/@tool/win32-x64': { version: '2.0.0', cpu: ['x64'], os: ['win32'], ...rest },
  });
  deepEqual(completeLock(lock), []);
});

test('it has nothing to add to our own lock file (npm run fix:lock)', () => {
  const path = join(import.meta.dirname, '../../package-lock.json');
  deepEqual(completeLock(JSON.parse(readFileSync(path, 'utf8')) as LockFile), []);
});
