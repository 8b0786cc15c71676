import { damageOf } from '@holdfast/engine';
import { type ByteSource, visibleText } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import { begin } from '../pictures/send-file.ts';
import { safePath, UniquePaths } from './safe-name.ts';
import type { ZipInput } from './zip/write-zip.ts';

/** A file of a backup that goes into a download. */
export interface ChosenFile {
  /** Names from the backup's root, joined by `/`. */
  readonly path: string;
  /** Absent where it is known only when it is written. */
  readonly sizeBytes?: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  readonly content: readonly Id[];
  /** Keys of the records it is to have; absent: it is as it is in the backup. */
  readonly only?: ReadonlySet<string>;
}

/** What could not be read. */
interface Missing {
  readonly path: string;
  readonly says: string;
}

/** Where an archive names what is missing from it. */
const MISSING_NAME = 'not in this download.txt';

/** Most of what is missing that is named one by one. */
const MOST_NAMED = 10_000;

/**
 * What goes into an archive of some files, under safe names, each once. A file that is damaged costs only itself: a text at the end names those that are
 * missing, or end too early. Fails as reading does where more than one file is concerned.
 */
export async function* archiveOf<F extends ChosenFile>(
  files: AsyncIterable<F>,
  bytesOf: (file: F) => ByteSource,
  now: number,
): AsyncGenerator<ZipInput, void, undefined> {
  const paths = new UniquePaths();
  paths.take(MISSING_NAME);
  const missing: Missing[] = [];
  let count = 0;
  const note = (path: string, says: string): void => {
    count += 1;
    if (missing.length < MOST_NAMED) missing.push({ path, says });
  };
  for await (const file of files) {
    const { path, mtime, sizeBytes } = file;
    const name = paths.take(safePath(path));
    let begun: ByteSource;
    try {
      begun = await begin(bytesOf(file));
    } catch (error) {
      note(name, damageOf(error));
      continue;
    }
    const bytes = untilDamaged(begun, (says) => note(name, `only its beginning is there: ${says}`));
    yield { name, mtime, sizeBytes, bytes };
  }
  if (count > 0) yield { name: MISSING_NAME, mtime: now, bytes: told(missing, count) };
}

async function* untilDamaged(bytes: ByteSource, note: (says: string) => void): ByteSource {
  try {
    yield* bytes;
  } catch (error) {
    note(damageOf(error));
  }
}

async function* told(missing: readonly Missing[], count: number): ByteSource {
  const lines = [
    'These files are damaged in the backup and are not, or not wholly, in this download.',
    'All others are as they were saved. "holdfast check" says what is wrong and what to do.',
    '',
    ...missing.map(({ path, says }) => `${visibleText(path, 1000)}\r\n    ${visibleText(says)}`),
    ...(count > missing.length ? [`… and ${count - missing.length} more.`] : []),
  ];
  yield Buffer.from(`${lines.join('\r\n')}\r\n`);
}
