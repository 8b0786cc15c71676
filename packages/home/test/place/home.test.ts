import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeOf } from '#place/home.ts';

test('it keeps everything where each platform keeps such things', () => {
  const at = (platform: string, env: Record<string, string>): string =>
    homeOf({ env, cwd: '/here', platform, homeFolder: '/home/ada' } as Parameters<typeof homeOf>[0]).folder;
  assert.equal(at('linux', {}), '/home/ada/.local/share/holdfast');
  assert.equal(at('linux', { XDG_DATA_HOME: '/data' }), '/data/holdfast');
  assert.equal(at('darwin', {}), '/home/ada/Library/Application Support/Holdfast');
  assert.equal(at('linux', { HOLDFAST_HOME: 'there' }), '/here/there');
});
