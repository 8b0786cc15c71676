import { isChange } from './changes/changes.ts';
import { isFixCode } from './fixes.ts';
import { type JournalEntry, type KeptFix, keptFix } from './record.ts';

/** The fix that was written down, from what was read back; `undefined` for what is none: nothing is undone by a guess. */
export function parseJournal(entries: readonly unknown[]): KeptFix | undefined {
  return entries.every(isEntry) ? keptFix(entries) : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isMoved = (value: unknown): boolean => value === 'yes' || value === 'no' || value === 'unknown';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isEntry(entry: unknown): entry is JournalEntry {
  if (!isObject(entry)) return false;
  const { kind, id, device, code, at, change, before, to, place, after, moved, sentence, problem } = entry;
  switch (kind) {
    case 'begun':
      return (
        isText(id) &&
        isObject(device) &&
        isText(device['id']) &&
        isText(device['name']) &&
        device['kind'] === 'android' &&
        isText(code) &&
        isFixCode(code) &&
        isText(at)
      );
    case 'changing':
      return isChange(change) && isText(before) && isText(to);
    case 'changed':
      return isPlace(place) && isText(after);
    case 'put-back':
      return isPlace(place);
    case 'done':
      return isMoved(moved) && isText(sentence);
    case 'refused':
      return isObject(problem) && isText(problem['code']) && isText(problem['message']);
    case 'undone':
      return isText(at);
    default:
      return false;
  }
}
