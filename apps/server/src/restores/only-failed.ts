import { isRecordPath } from '@holdfast/engine';
import type { Asked } from './plans.ts';

/** What to ask for to have just these back that failed, in the places that all of it was to go to. */
export function onlyFailed(asked: Asked, failed: ReadonlySet<string>): Asked {
  const { types: _whole, paths, partOf = paths, ...rest } = asked;
  const isFolder = asked.to.kind === 'folder';
  const chosen = Map.groupBy(paths.filter(isRecordPath), fileOf);
  const again = new Set<string>();
  for (const path of failed) {
    const file = isRecordPath(path) ? fileOf(path) : path;
    // To a folder, all chosen of a file make one file: with fewer of them it would be another.
    for (const one of chosen.get(file) ?? [isFolder ? file : path]) again.add(one);
  }
  return { ...rest, paths: [...again], partOf, replaces: Math.min(asked.replaces, failed.size) };
}

const fileOf = (record: string): string => record.slice(0, record.lastIndexOf('#'));
