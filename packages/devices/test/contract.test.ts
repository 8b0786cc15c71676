import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFolderSource } from '@holdfast/devices';
import { sourceContract } from '@holdfast/devices/testing';
import { temporaryFolder } from '@holdfast/testkit';

for (const useThread of [false, true]) {
  sourceContract(`FolderSource${useThread ? ' on a thread' : ''}`, async (files) => {
    const folder = await temporaryFolder();
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder.path, path)), { recursive: true });
      await writeFile(join(folder.path, path), text);
    }
    return {
      source: await openFolderSource(folder.path, { machine: 'test', useThread }),
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  });
}
