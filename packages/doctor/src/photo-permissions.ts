import { factOf, type PhotosFacts } from './photos-facts.ts';

/** Android 13: photos and videos, and notifications, are permissions of their own. */
export const SPLIT_MEDIA = 33;

/** What photos are read with, by the version of Android: the permissions, and the operations behind them, have these names. */
export const photoPermissions = (sdk: number): readonly string[] =>
  sdk >= SPLIT_MEDIA ? ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO'] : ['READ_EXTERNAL_STORAGE'];

/** Modes of an operation in which an app is not told what it asks for. `ask` is a maker's own. */
export const BLOCKING_MODES: ReadonlySet<string | undefined> = new Set(['ignore', 'deny', 'errored', 'ask']);

/** Operations of reading photos that are switched off; none where the phone does not say. */
export function blockedOperations(facts: PhotosFacts): readonly string[] {
  const [android, modes] = [factOf(facts, 'android'), factOf(facts, 'app-ops')];
  if (android === undefined || modes === undefined) return [];
  return photoPermissions(android.sdk).filter((name) => BLOCKING_MODES.has(modes[name]));
}
