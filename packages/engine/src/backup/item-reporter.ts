import type { ReasonCode } from '@holdfast/contract';
import type { SavedItem } from './events.ts';

/** What happens to items, as it happens. */
export interface ItemReporter {
  /** So many more (or fewer) than the listings said. */
  found(items: number, bytes: number): void;
  /** These of the folder's files; `names` absent: all that it lists, in it and below it. */
  unchanged(folder: string, items: number, bytes: number, names: readonly string[]): void;
  saving(path: string): void;
  saved(item: SavedItem): void;
  setAside(path: string, bytes: number, reason: ReasonCode, detail?: string): void;
  /** The device failed, not the item: the backup ends with this error. */
  lost(error: unknown): void;
}
