import type { Alert, NotificationChannel } from '@holdfast/contract/api';
import { putPrivateFile, readPrivateFile } from '@holdfast/home';
import type { Clock } from '@holdfast/kernel';
import { noSuch } from '../failures.ts';
import type { AlertNow } from './alerts-of.ts';
import {
  channelName,
  formatRemembered,
  isDue,
  parseRemembered,
  type Remembered,
  tried,
} from './remembered.ts';

/** Something to be sent now. */
export interface ToSend {
  readonly alert: Alert;
  readonly channel: NotificationChannel;
}

/**
 * The alerts of a home folder, from when each began to when it ends, through restarts. A dismissed one is silent until it has ended and
 * begins again.
 */
export class AlertBook {
  readonly #path: string;
  readonly #clock: Clock;
  #remembered: ReadonlyMap<string, Remembered>;
  #now: readonly AlertNow[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, clock: Clock, remembered: ReadonlyMap<string, Remembered>) {
    this.#path = path;
    this.#clock = clock;
    this.#remembered = remembered;
  }

  /** Those that a file remembers; it is made with the first. */
  static async load(path: string, clock: Clock): Promise<AlertBook> {
    return new AlertBook(path, clock, parseRemembered((await readPrivateFile(path)) ?? ''));
  }

  /** Those that hold and that nobody dismissed, errors first, then the newest. */
  get alerts(): readonly Alert[] {
    return this.holding.filter(({ id }) => this.#remembered.get(id)?.isDismissed === false);
  }

  /** All that hold, in the same order: who was told of something has not mended it. */
  get holding(): readonly Alert[] {
    return this.#now
      .flatMap((alert) => this.#dated(alert))
      .toSorted((a, b) =>
        a.severity === b.severity ? (a.since < b.since ? 1 : -1) : a.severity === 'error' ? -1 : 1,
      );
  }

  /** Replaces what holds; true when what follows for a person is different now. */
  async update(now: readonly AlertNow[]): Promise<boolean> {
    const before = JSON.stringify(this.holding);
    const sinceMs = this.#clock.now().epochMilliseconds;
    await this.#change((remembered) => {
      const next = now.map(({ id }) => {
        const known = remembered.get(id) ?? { sinceMs, isDismissed: false, deliveries: {} };
        return [id, known] as const;
      });
      return new Map(next);
    });
    this.#now = now;
    return JSON.stringify(this.holding) !== before;
  }

  /** The person knows. Fails with `server/unknown`. */
  async dismiss(id: string): Promise<void> {
    if (!this.#now.some((alert) => alert.id === id)) throw noSuch('alert');
    await this.#change((remembered) => {
      const one = remembered.get(id);
      return one === undefined ? remembered : new Map(remembered).set(id, { ...one, isDismissed: true });
    });
  }

  /** What channels were not told yet, or are to be told again since it failed. */
  toSend(channels: readonly NotificationChannel[]): ToSend[] {
    const nowMs = this.#clock.now().epochMilliseconds;
    return this.alerts.flatMap((alert) => {
      const one = this.#remembered.get(alert.id);
      if (one === undefined) return [];
      return channels
        .filter((channel) => isDue(one, channelName(channel), nowMs))
        .map((channel) => ({ alert, channel }));
    });
  }

  /** What became of sending it. */
  async tried({ alert, channel }: ToSend, isSent: boolean): Promise<void> {
    const nowMs = this.#clock.now().epochMilliseconds;
    await this.#change((remembered) => {
      const one = remembered.get(alert.id);
      if (one === undefined) return remembered;
      return new Map(remembered).set(alert.id, tried(one, channelName(channel), isSent, nowMs));
    });
  }

  #dated(alert: AlertNow): Alert[] {
    const one = this.#remembered.get(alert.id);
    if (one === undefined) return [];
    const since = Temporal.Instant.fromEpochMilliseconds(one.sinceMs).toString();
    return [{ ...alert, since }];
  }

  #change(
    next: (remembered: ReadonlyMap<string, Remembered>) => ReadonlyMap<string, Remembered>,
  ): Promise<void> {
    const changed = this.#writing.then(async () => {
      const remembered = next(this.#remembered);
      const text = formatRemembered(remembered);
      const isSame = text === formatRemembered(this.#remembered);
      this.#remembered = remembered;
      // What cannot be written is remembered as long as this runs: a full drive is itself an alert.
      if (!isSame) await putPrivateFile(this.#path, text).catch(() => {});
    });
    this.#writing = changed;
    return changed;
  }
}
