import type { Contents, Entry } from '@holdfast/contents';
import { type Clock, isFailure } from '@holdfast/kernel';
import { factsOf, MEDIA_FAILURES, type MediaSource } from '@holdfast/media';
import type { Reader } from '../reading/reading-room.ts';
import type { Original } from './pictures.ts';
import { contentIdOf, mediaSource } from './saved-file.ts';

/** What reading photos and videos of a backup takes. */
export interface OriginalDeps {
  /** A reader of the repository. */
  readonly enter: (signal: AbortSignal) => Promise<Reader>;
  /** Keeps what files say of themselves. */
  readonly facts: Pick<Contents, 'knows' | 'learn'>;
  readonly clock: Clock;
}

type Saved = Pick<Entry, 'kind' | 'content'>;

/** A file of a backup to make pictures of. What it says of itself is kept on the way: its beginning is read then anyhow. */
export function originalOf(deps: OriginalDeps, entry: Saved, signal: AbortSignal): Original {
  const { kind, content } = entry;
  return {
    contentId: contentIdOf(content),
    kind: kind === 'photo' || kind === 'video' ? kind : 'other',
    open: (use) =>
      opened(deps, entry, signal, async (source) => {
        const made = await use(source);
        await learnFrom(source, deps, entry, signal);
        return made;
      }),
  };
}

/** Reads what a file says of itself, unless that is known. Fails as reading does. */
export async function learnFacts(deps: OriginalDeps, entry: Saved, signal: AbortSignal): Promise<void> {
  if (deps.facts.knows(entry.content)) return;
  await opened(deps, entry, signal, (source) => learnFrom(source, deps, entry, signal));
}

async function opened<T>(
  { enter }: OriginalDeps,
  { content }: Saved,
  signal: AbortSignal,
  use: (source: MediaSource) => Promise<T>,
): Promise<T> {
  await using reader = await enter(signal);
  using source = mediaSource(reader.repository, content);
  return await use(source);
}

async function learnFrom(
  source: MediaSource,
  { facts, clock }: OriginalDeps,
  { content }: Saved,
  signal: AbortSignal,
): Promise<void> {
  if (facts.knows(content)) return;
  try {
    facts.learn(content, (await factsOf(source, { clock, signal })) ?? {});
  } catch (error) {
    signal.throwIfAborted();
    // It says nothing then, whoever asks again.
    if (!isFailure(error, MEDIA_FAILURES.noPicture) && !isFailure(error, MEDIA_FAILURES.tooLarge))
      throw error;
    facts.learn(content, {});
  }
}
