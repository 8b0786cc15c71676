import { MANIFEST_NAME } from '../backup/manifest.ts';
import { recordFileAt } from '../saved/record-files.ts';
import { choosePaths, isRecordPath, madeFileOf } from './device/places.ts';
import type { ItemCounts } from './item-counts.ts';
import type { RestoreSelection } from './restore-plan.ts';
import type { Chosen, LostFolder } from './select.ts';

/** What a selection means for a folder. */
export interface Wanted {
  /** For `select`. */
  readonly paths: readonly string[];
  /** Keys of the records that alone are wanted of a file; `undefined`: all of it. */
  readonly recordsOf: (chosen: Chosen) => ReadonlySet<string> | undefined;
  /** Notes how many items an entry is that is given back whole. */
  readonly count: (chosen: Chosen | LostFolder, counts: ItemCounts) => void;
}

/** What a selection means for a folder: an app is all that lies in its folder. */
export function wantedOf({ paths, recordsIn }: Pick<RestoreSelection, 'paths' | 'recordsIn'>): Wanted {
  const { paths: chosen, records, isWhole } = choosePaths(paths.map(withoutAppKey));
  return {
    paths: paths.length === 0 ? [''] : chosen,
    recordsOf: (entry) => (records.size === 0 ? undefined : records.get(pathOf(entry))),
    count: (entry, counts) => {
      if (recordsIn === undefined || 'damage' in entry || entry.node.type === 'dir') return;
      const names = [...entry.folder.path, entry.node.name];
      const path = names.join('/');
      if (path === MANIFEST_NAME) counts.addMade(path, 0);
      if (recordFileAt(path) === undefined) return;
      const made = madeFileOf(names)?.path.join('/') ?? path;
      if (made === path) counts.addMade(path, recordsIn.get(path) ?? 1);
      else if (isWhole(made)) counts.addBelonging(path, made);
    },
  };
}

const pathOf = ({ folder, node }: Chosen): string => [...folder.path, node.name].join('/');

const APP = /^\/*(apps\/[^/]+)\/app\.json#/;

const withoutAppKey = (path: string): string => (isRecordPath(path) ? (APP.exec(path)?.[1] ?? path) : path);
