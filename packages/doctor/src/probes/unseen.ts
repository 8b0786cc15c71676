import { isFile, isFolder, RemoteFiles } from '@holdfast/adb';
import { fileKindOf } from '@holdfast/devices';
import { type AndroidPhone, mediaIndexOf, told } from '@holdfast/devices/android';
import { isFailure } from '@holdfast/kernel';
import { refused } from '../asked.ts';
import { LIMITS_NOW } from '../limits/tables.ts';
import { isIndexed } from '../limits/why-skipped.ts';
import type { UnseenFacts } from '../photos-facts.ts';
import type { Answer, Probe, ProbeOptions } from './probe.ts';

/** Folders where cameras and people put pictures. */
const FOLDERS = ['DCIM', 'Pictures', 'Movies'];

/** Has a folder with all below it left out of the index. */
const NO_MEDIA = '.nomedia';

/** Folders are listed for the index to be compared with, not read. */
async function* mediaOn(
  { transport, volumes }: AndroidPhone,
  { clock, signal }: ProbeOptions,
): AsyncGenerator<string, void, undefined> {
  const files = new RemoteFiles(transport, { clock });
  const waiting = volumes.flatMap(({ path }) => FOLDERS.map((name) => `${path}/${name}`));
  for await (const { path, entries, problem } of files.listMany(() => waiting.shift(), signal)) {
    if (problem !== undefined || entries.some(({ name }) => name === NO_MEDIA)) continue;
    for (const entry of entries) {
      // The index passes hidden ones over, and those that are being written.
      if (entry.kind !== 'found' || entry.name.startsWith('.')) continue;
      if (isFolder(entry.stat.mode)) waiting.push(`${path}/${entry.name}`);
      const kind = fileKindOf(entry.name);
      if (isFile(entry.stat.mode) && (kind === 'photo' || kind === 'video')) yield `${path}/${entry.name}`;
    }
  }
}

/** Photos and videos that the index of media never saw: Google Photos cannot know of them. */
export const unseenProbe: Probe<'unseen'> = {
  name: 'unseen',
  title: 'Files the phone has not noticed',
  asked: ({ volumes }) => [
    ['ls', '-R', ...volumes.flatMap(({ path }) => FOLDERS.map((name) => `${path}/${name}`))],
  ],
  async ask(phone, options): Promise<Answer<UnseenFacts>> {
    try {
      // First the storage: a file that comes meanwhile is in the index after, and never in the storage alone.
      const found = await Array.fromAsync(mediaOn(phone, options));
      const known = new Set<string>();
      for await (const { path } of mediaIndexOf(phone, { ...options, columns: 'paths' })) known.add(path);
      const unseen = found.filter((path) => !known.has(path));
      const { paths = [], unlisted = [] } = Object.groupBy(unseen, (path) =>
        isIndexed(path, LIMITS_NOW) ? 'paths' : 'unlisted',
      );
      return {
        told: told({ paths, unlisted }),
        raw: `${found.length} on the storage, ${known.size} in the index\n`,
      };
    } catch (error) {
      if (!isFailure(error) || !error.code.startsWith('devices/')) throw error;
      return { told: refused(`${error.message}. ${error.hint}`), raw: String(error.details['said'] ?? '') };
    }
  },
};
