import { REASONS, type ReasonCode } from '@holdfast/contract';
import type { Clock } from '@holdfast/kernel';
import { formatTime } from '@holdfast/restic-format';
import { Channel } from '../run/channel.ts';
import type { BackupEvent, SetAside } from './events.ts';
import type { ItemReporter } from './item-reporter.ts';
import type { Saver } from './saver.ts';
import { BACKUP_BEGINNING, type BackupState, stepBackup } from './state.ts';

/** How often the saver's counts are told, at most. */
const PROGRESS_MS = 200;

/** What a backup tells, and the state that makes: all of its events go through here. */
export class Telling {
  readonly events = new Channel<BackupEvent>();
  /** In the order in which they were set aside. */
  readonly setAside: SetAside[] = [];
  /** The error by which the device as a whole was lost. */
  lost: { readonly error: unknown } | undefined;
  readonly #clock: Clock;
  readonly #began: string;
  #before: ReadonlyMap<string, SetAside> = new Map();
  #state: BackupState = BACKUP_BEGINNING;
  #toldAt = 0;

  constructor(clock: Clock, began: Temporal.Instant) {
    this.#clock = clock;
    this.#began = formatTime(began.epochNanoseconds);
  }

  get state(): BackupState {
    return this.#state;
  }

  /** What the last backup set aside: set aside again for the same reason, it has been since then. */
  remember(before: readonly SetAside[]): void {
    this.#before = new Map(before.map((item) => [item.path, item]));
  }

  tell(event: BackupEvent): void {
    this.#state = stepBackup(this.#state, event);
    this.events.put(event);
  }

  /** Tells the saver's counts, unless they were told a moment ago. */
  progress({ counts, kept }: Pick<Saver, 'counts' | 'kept'>): void {
    const now = this.#clock.now().epochMilliseconds;
    // A clock that was set back must not silence it.
    if (Math.abs(now - this.#toldAt) < PROGRESS_MS) return;
    this.#toldAt = now;
    const { storedBytes, verifiedBytes } = kept;
    this.tell({ kind: 'progress', readBytes: counts.readBytes, storedBytes, verifiedBytes });
  }

  /** Tells what is reported; `onLost` is called too when the device is lost. */
  reporter(onLost: (error: unknown) => void): ItemReporter {
    return {
      found: (items, bytes) => {
        if (items !== 0 || bytes !== 0) this.tell({ kind: 'found', items, bytes });
      },
      unchanged: (folder, items, bytes, names) =>
        this.tell({ kind: 'unchanged', folder, items, bytes, names }),
      saving: (path) => this.tell({ kind: 'saving', path }),
      saved: (item) => this.tell({ kind: 'saved', ...item }),
      setAside: (path, bytes, reason, detail) => this.#setItemAside(path, bytes, reason, detail),
      lost: (error) => {
        this.lost ??= { error };
        onLost(error);
      },
    };
  }

  #setItemAside(path: string, bytes: number, reason: ReasonCode, detail: string | undefined): void {
    const { state } = REASONS[reason];
    if (state === 'verified') throw new Error(`${reason} is no reason to set an item aside`);
    const before = this.#before.get(path);
    const since = before?.reason === reason ? before.since : this.#began;
    const setAside: SetAside = { path, state, reason, ...(detail !== undefined && { detail }), since };
    this.setAside.push(setAside);
    this.tell({ kind: 'set-aside', bytes, ...setAside });
  }
}
