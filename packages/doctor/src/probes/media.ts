import { fileKindOf } from '@holdfast/devices';
import { mediaIndexOf, told } from '@holdfast/devices/android';
import { isFailure } from '@holdfast/kernel';
import { refused } from '../asked.ts';
import { LIMITS_NOW } from '../limits/tables.ts';
import { whySkipped } from '../limits/why-skipped.ts';
import type { MediaFacts, SkippedFile } from '../photos-facts.ts';
import type { Answer, Probe } from './probe.ts';

const QUERIES = ['images', 'video'].map((table) => [
  'content',
  'query',
  '--uri',
  `content://media/external/${table}/media`,
]);

/** What the phone's index of media has, and what of it Google Photos would not take. */
export const mediaProbe: Probe<'media'> = {
  name: 'media',
  title: 'Photos and videos',
  asked: () => QUERIES,
  async ask(phone, options): Promise<Answer<MediaFacts>> {
    const counts = { photo: 0, video: 0 };
    const skipped: SkippedFile[] = [];
    const folders = new Map<string, number>();
    try {
      for await (const row of mediaIndexOf(phone, options)) {
        const kind = fileKindOf(row.path);
        if (kind === 'photo' || kind === 'video') counts[kind] += 1;
        const folder = row.path.slice(0, row.path.lastIndexOf('/'));
        folders.set(folder, (folders.get(folder) ?? 0) + 1);
        const why = whySkipped(row, LIMITS_NOW);
        if (why !== undefined) skipped.push({ path: row.path, why, sizeBytes: row.sizeBytes ?? 0 });
      }
    } catch (error) {
      if (!isFailure(error) || !error.code.startsWith('devices/')) throw error;
      return { told: refused(`${error.message}. ${error.hint}`), raw: String(error.details['said'] ?? '') };
    }
    const raw = `${counts.photo} photos, ${counts.video} videos in ${folders.size} folders\n`;
    const facts = {
      images: counts.photo,
      videos: counts.video,
      skipped,
      folders: Object.fromEntries(folders),
    };
    return { told: told(facts), raw };
  },
};
