import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { addressOf, bytesAddress } from '../../src/api/address.ts';

suite('addressOf', () => {
  test('it gives the method and the address of an operation', () => {
    assert.deepEqual(addressOf('home'), { method: 'GET', address: '/api/home' });
    assert.deepEqual(addressOf('setRules', { device: 'R5' }), {
      method: 'PUT',
      address: '/api/devices/R5/rules',
    });
  });

  test('it keeps what is filled in from being anything but a part of the path', () => {
    assert.equal(addressOf('run', { run: '../../x?y#z' }).address, '/api/runs/..%2F..%2Fx%3Fy%23z');
  });

  test('it writes what follows the question mark, and leaves out what is undefined', () => {
    assert.equal(
      addressOf('items', { device: 'a' }, { states: 'failed', text: 'a b&c', under: undefined, limit: 50 })
        .address,
      '/api/devices/a/items?states=failed&text=a%20b%26c&limit=50',
    );
  });

  test('it can write names that are no text', () => {
    assert.equal(
      addressOf('deviceFolders', { device: 'a' }, { under: 'x\udcff' }).address.endsWith('under=x%EF%BF%BD'),
      true,
    );
  });

  test('it fills addresses of bytes', () => {
    assert.equal(bytesAddress('thumbnail', { backup: 'ab', entry: 7 }), '/api/backups/ab/thumbnails/7');
  });
});
