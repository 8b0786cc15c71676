import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contents } from '@holdfast/contents';
import { systemClock } from '@holdfast/kernel';
import { largeBackup } from './contents-rows.ts';
import { LARGE } from './large-backup.ts';

/** How long it takes to lay out a large backup, how long others wait meanwhile, and how long each page takes. */
const folder = mkdtempSync(join(tmpdir(), 'holdfast-contents-'));
try {
  const { snapshot, read } = await largeBackup(LARGE);
  const signal = new AbortController().signal;
  await using contents = new Contents({ folder, read, clock: systemClock, timeZone: 'Europe/Berlin' });
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const began = performance.now();
  const usedBefore = process.cpuUsage();
  const index = await contents.ready(snapshot, signal);
  const took = performance.now() - began;
  clearInterval(watch);
  const { user, system } = process.cpuUsage(usedBefore);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  console.log(
    `laid out in ${took.toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} ms of a processor), others waited ${longest.toFixed(0)} ms at most, ${(bytes / 1e6).toFixed(0)} MB, resident ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  );
  const page = { limit: 200 };
  const camera = (name: string): number | undefined =>
    index.files(undefined, page).entries.find((each) => each.name === name)?.entry;
  const inCamera = index.files(camera('DCIM'), page).entries[3]?.entry;
  const [thread] = index.threads(page).threads;
  const { total } = index.days(undefined);
  const pages: Readonly<Record<string, () => unknown>> = {
    contents: () => index.contents(),
    days: () => index.days(['photo']),
    'media, first': () => index.media(undefined, 0, 200),
    'media, last': () => index.media(['photo'], 90_000, 200),
    'media, 1000 in the middle': () => index.media(undefined, Math.floor(total / 2), 1000),
    files: () => index.files(inCamera, page),
    'files, second page': () =>
      index.files(inCamera, { ...page, after: index.files(inCamera, page).next ?? '' }),
    threads: () => index.threads(page),
    messages: () => index.messages(thread?.thread ?? 1, page),
    contacts: () => index.records({ type: 'contacts', ...page }),
    'contacts with a text': () => index.records({ type: 'contacts', text: 'sea', ...page }),
    calls: () => index.records({ type: 'calls', ...page }),
    'search: one letter': () => index.search({ text: 's', ...page }),
    'search: two letters': () => index.search({ text: 'im', ...page }),
    'search: a word everywhere': () => index.search({ text: 'the', ...page }),
    'search: three words': () => index.search({ text: 'olives call me', ...page }),
    'search: a date': () => index.search({ text: 'img_2019', ...page }),
    'search: nothing': () => index.search({ text: 'zebra', ...page }),
  };
  for (const [name, ask] of Object.entries(pages)) {
    const times = Array.from({ length: 20 }, () => {
      const from = performance.now();
      ask();
      return performance.now() - from;
    }).toSorted((a, b) => a - b);
    console.log(
      `${name.padEnd(28)} first of all ${times.at(-1)?.toFixed(1)} ms, half of them ${times[10]?.toFixed(1)} ms`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
