import type { RandomBytes } from '@holdfast/kernel';
import { type IndexedRepository, type WalkRoot, walkTrees } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';

/** A file of a backup that was picked. */
export interface Picked {
  /** From the backup's root, without a leading `/`. */
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly content: readonly Id[];
}

/** What of a backup was picked. */
export interface Sample {
  readonly files: readonly Picked[];
  /** Folders that cannot be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly detail: string }[];
}

/** How much is picked. */
export interface SampleLimits {
  readonly files: number;
  /** Together; the first file may be larger. */
  readonly bytes: number;
}

/**
 * Files of a backup picked at random, each as likely as any other, in one pass over its trees; files that are the same in
 * several places of it may count once.
 */
export async function sampleOf(
  repository: Pick<IndexedRepository, 'blobs' | 'index'>,
  root: WalkRoot,
  { files: most, bytes: mostBytes }: SampleLimits,
  random: RandomBytes,
  signal?: AbortSignal,
): Promise<Sample> {
  const picked: Picked[] = [];
  const unreadable: Sample['unreadable'][number][] = [];
  let seen = 0;
  for await (const { path, outcome } of walkTrees(repository, [root], signal)) {
    if (outcome.kind === 'failed') {
      unreadable.push({ path: path.slice(1), detail: outcome.failure.message });
      continue;
    }
    for (const { type, name, content = [], size = 0 } of outcome.nodes) {
      if (type !== 'file') continue;
      const file = { path: `${path}/${name}`.slice(1), name, sizeBytes: size, content };
      seen += 1;
      if (picked.length < most) picked.push(file);
      else {
        // Vitter's algorithm R: the n-th takes the place of one with the chance of most/n.
        const at = below(seen, random);
        if (at < most) picked[at] = file;
      }
    }
  }
  return { files: within(picked, mostBytes), unreadable };
}

function within(files: readonly Picked[], mostBytes: number): Picked[] {
  const kept: Picked[] = [];
  let bytes = 0;
  for (const file of files) {
    if (kept.length > 0 && bytes + file.sizeBytes > mostBytes) continue;
    kept.push(file);
    bytes += file.sizeBytes;
  }
  return kept;
}

/** A whole number from 0 up to, not including, `count`. */
function below(count: number, random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * count);
}
