import type { SetAside } from '../backup/events.ts';
import type { Verdict } from './events.ts';

/** Why something is in no backup, by what the last one of the device set aside: it, or a folder that it is in. */
export function whyNot(
  path: string,
  isThere: boolean,
  setAside: ReadonlyMap<string, SetAside>,
): Extract<Verdict, { verdict: 'not-in-any-backup' }> {
  for (let at = path; at !== ''; at = above(at)) {
    const found = setAside.get(at);
    if (found === undefined) continue;
    const { reason, detail } = found;
    return {
      verdict: 'not-in-any-backup',
      why: 'set-aside',
      reason,
      ...(detail !== undefined && { detail }),
    };
  }
  return { verdict: 'not-in-any-backup', why: isThere ? 'changed' : 'new' };
}

/** What something is in: a folder, or the file that a record is of. */
const above = (path: string): string =>
  path.slice(0, Math.max(0, path.lastIndexOf('/'), /#[^/]*$/.exec(path)?.index ?? 0));
