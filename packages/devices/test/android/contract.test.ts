import type { Source } from '@holdfast/devices';
import { sourceContract } from '@holdfast/devices/testing';
import { type PhoneFolder, phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { openedPhone, storageOf } from '../../test-setup/phones.ts';

/** The phone's own storage alone, as a source: what is above it is left out of its paths. */
const insideOf = (source: Source): Source => ({
  device: source.device,
  async *walk(signal) {
    for await (const folder of source.walk(signal))
      if (folder.path !== '') yield { ...folder, path: folder.path.slice('internal/'.length) };
  },
  localPath: () => undefined,
  read: (path, signal) => source.read(`internal/${path}`, signal),
});

sourceContract('AndroidFiles', async (files) => {
  const internal = phoneFolder();
  for (const [path, text] of Object.entries(files)) {
    const names = path.split('/');
    let folder: PhoneFolder = internal;
    for (const name of names.slice(0, -1)) {
      const inner = folder.entries.get(name);
      const next = inner?.kind === 'folder' ? inner : phoneFolder();
      folder.entries.set(name, next);
      folder = next;
    }
    folder.entries.set(names.at(-1) ?? '', phoneFile(text));
  }
  const opened = await openedPhone(storageOf(internal));
  return {
    source: insideOf(opened.source),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
});
