import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../packages/kernel/src/index.ts';
import { createRepository, loadIndex, openRepository } from '../packages/repository/src/index.ts';
import { formatIndexFile, type Id, idOf } from '../packages/restic-format/src/index.ts';
import { LocalStore } from '../packages/store/src/index.ts';

/** Prints, as JSON, how long the index of a repository takes to load and how much memory a blob takes. `argv`: a folder, how many blobs. */
const [folder = '', count = '1000000'] = process.argv.slice(2);

const surroundings = {
  clock: systemClock,
  random: (length: number) => new Uint8Array(randomBytes(length)),
  identity: { hostname: hostname(), username: userInfo().username, pid: process.pid, uid: 0, gid: 0 },
};
const BLOBS_A_FILE = 50_000;
const BLOBS_A_PACK = 500;

const place = mkdtempSync(join(folder, 'index-'));
try {
  await makeIndex(place, Number(count));
  const opened = await openRepository(new LocalStore(place), 'bench', surroundings);
  const memoryBefore = process.memoryUsage().rss;
  const start = performance.now();
  await using repository = await loadIndex(opened);
  const seconds = (performance.now() - start) / 1000;
  const { blobCount, sizeBytes } = repository.index;
  const grownBytes = process.memoryUsage().rss - memoryBefore;
  console.log(
    JSON.stringify({
      blobs: blobCount,
      seconds,
      bytesABlob: sizeBytes / blobCount,
      grownMegabytes: grownBytes / 1e6,
    }),
  );
} finally {
  rmSync(place, { recursive: true });
}

async function makeIndex(at: string, blobs: number): Promise<void> {
  const repository = await createRepository(new LocalStore(at), 'bench', surroundings);
  for (let first = 0; first < blobs; first += BLOBS_A_FILE) {
    const packs: {
      id: Id;
      blobs: { id: Id; type: 'data'; offset: number; length: number; uncompressedLength: number }[];
    }[] = [];
    for (let pack = first; pack < Math.min(blobs, first + BLOBS_A_FILE); pack += BLOBS_A_PACK) {
      packs.push({
        id: idOf(Buffer.from(`pack ${pack}`)),
        blobs: Array.from({ length: Math.min(BLOBS_A_PACK, blobs - pack) }, (_, blob) => ({
          id: idOf(Buffer.from(`blob ${pack + blob}`)),
          type: 'data' as const,
          offset: blob * 30_000,
          length: 30_000,
          uncompressedLength: 60_000 + blob,
        })),
      });
    }
    await repository.files.save('index', formatIndexFile({ supersedes: [], packs }));
  }
}
