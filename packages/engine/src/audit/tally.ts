import type { AuditEvent, AuditedItem, AuditSummary } from './events.ts';
import type { SavedContent } from './saved-contents.ts';

/** Makes the events of an audit, and counts what they tell. */
export class Tally {
  #counts = { found: 0, inBackup: 0, notInAnyBackup: 0, cannotTell: 0, notInAnyBackupBytes: 0 };
  #elsewhere = 0;
  #hashed = 0;
  #unread = 0;
  #untold: AuditEvent[] = [];

  item(item: AuditedItem): AuditEvent {
    const counts = this.#counts;
    counts.found += 1;
    if (item.verdict === 'in-backup') {
      counts.inBackup += 1;
      if (item.savedAs !== undefined) this.#elsewhere += 1;
    } else if (item.verdict === 'cannot-tell') counts.cannotTell += 1;
    else {
      counts.notInAnyBackup += 1;
      counts.notInAnyBackupBytes += item.sizeBytes ?? 0;
    }
    return { kind: 'item', item };
  }

  hashed(bytes: number): AuditEvent {
    this.#hashed += 1;
    return { kind: 'hashed', bytes };
  }

  /** Something of a backup cannot be read: to be told with the next events. */
  unread({ snapshot, path }: Pick<SavedContent, 'snapshot' | 'path'>, detail: string): void {
    this.#unread += 1;
    this.#untold.push({ kind: 'unread', snapshot, path, detail });
  }

  untold(): readonly AuditEvent[] {
    return this.#untold.splice(0);
  }

  summary(): AuditSummary {
    return { ...this.#counts, elsewhere: this.#elsewhere, hashed: this.#hashed, unread: this.#unread };
  }
}
