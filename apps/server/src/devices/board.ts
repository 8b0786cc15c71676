import type { Catalog, KnownDevice } from '@holdfast/catalog';
import { reasonEntry } from '@holdfast/contract';
import type { Card, Home, Run } from '@holdfast/contract/api';
import { toldApart } from '@holdfast/devices';
import type { Decision } from '@holdfast/engine';
import type { Host, SettingsFile } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import type { AlertBook } from '../alerts/alert-book.ts';
import { doubtOf } from '../alerts/doubt.ts';
import { noSuch } from '../failures.ts';
import { isAboutLedger } from '../ledger/ledger-look.ts';
import { problemOf } from '../problem.ts';
import { isOver } from '../runs/run-view.ts';
import type { Runs } from '../runs/runs.ts';
import { type CardFacts, cardOf } from './card.ts';
import type { Folders } from './folders.ts';
import { verdictOf } from './verdict.ts';
import type { Obstacle, Watcher } from './watcher.ts';

/** What the first screen is made of. */
export interface BoardOptions {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
  readonly watcher: Pick<Watcher, 'phones' | 'strangers' | 'obstacles'>;
  readonly folders: Pick<Folders, 'here' | 'obstacles'>;
  readonly runs: Pick<Runs, 'list'>;
  /** What automatic backup decided last, by device. */
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly alerts: Pick<AlertBook, 'alerts' | 'holding'>;
  readonly store: () => Home['store'];
}

const PROVED: ReadonlySet<string> = new Set(['cache', 'device', 'mixed', 'off', 'nothing-new']);

/** Gives cards and the first screen, as things are now. */
export class Board {
  readonly #options: BoardOptions;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** The first screen. */
  async home(): Promise<Home> {
    const { host, watcher, alerts, store } = this.#options;
    let cards: readonly Card[] = [];
    let verdict: Home['verdict'];
    try {
      cards = await this.cards();
      verdict = verdictOf(cards, alerts.holding, host.clock.now());
    } catch (error) {
      // Who has the first screen open must not go on reading that all is safe.
      if (!isFailure(error) || !isAboutLedger(error)) throw error;
      const { message, hint } = problemOf(error);
      verdict = {
        kind: 'attention',
        sentence: `Nothing can be said of your devices: ${message}. ${hint ?? ''}`.trim(),
        about: { kind: 'alert', alert: 'ledger-damaged' },
      };
    }
    return {
      verdict,
      cards: [...cards],
      strangers: [...watcher.strangers],
      alerts: [...alerts.alerts],
      store: store(),
    };
  }

  /** A card for each device that was not taken off the first screen, the one that is known longest first: none moves as devices come and go. */
  async cards(): Promise<Card[]> {
    const removed = new Set(this.#options.settings.removed);
    const known = (await this.devices()).filter(({ id }) => !removed.has(id));
    return Promise.all(known.map((device) => this.#card(device)));
  }

  /** All devices that are known, under names that tell them apart, the one that is known longest first. */
  async devices(): Promise<readonly KnownDevice[]> {
    const known = toldApart(await this.#options.catalog.devices());
    return known.toSorted(
      (a, b) => Temporal.Instant.compare(a.firstSeen, b.firstSeen) || (a.id < b.id ? -1 : 1),
    );
  }

  /** One of them, also one that was taken off. Fails with `server/unknown`. */
  async card(id: string): Promise<{ readonly card: Card; readonly known: KnownDevice }> {
    const known = await this.known(id);
    return { card: await this.#card(known), known };
  }

  /** What is known of a device. Fails with `server/unknown`. */
  async known(id: string): Promise<KnownDevice> {
    const known = (await this.devices()).find((device) => device.id === id);
    if (known === undefined) throw noSuch('device');
    return known;
  }

  async #card(known: KnownDevice): Promise<Card> {
    const { host, catalog, settings, runs, decisions, alerts } = this.#options;
    const { id, name, kind } = known;
    const [{ present: balance }, counts, past, alarms] = await Promise.all([
      catalog.balance(id),
      catalog.counts(id),
      catalog.runs(id, 50),
      catalog.alarms(id),
    ]);
    const here = counts.filter(({ isGone }) => !isGone);
    const sum = (isMeant: (count: (typeof here)[number]) => boolean): number =>
      here.reduce((all, count) => (isMeant(count) ? all + count.items : all), 0);
    const waiting = here.find(({ state, reason }) => state === 'waiting' && reason !== 'held');
    const last = past.find((run) => run.kind === 'backup' && run.snapshot !== undefined);
    const own = runs.list(id);
    const facts: CardFacts = {
      device: { id, name, kind },
      now: host.clock.now(),
      lastSeen: this.#route(id) === undefined ? known.lastSeen : host.clock.now(),
      route: this.#route(id),
      obstacle: this.#obstacle(id),
      balance,
      waitingFor: waiting && { reason: waiting.reason, ...reasonEntry(waiting.reason) },
      refused: sum(({ state, reason }) => state === 'skipped' && !/^rule-|^excluded$/.test(reason)),
      held: sum(({ reason }) => reason === 'held'),
      rules: settings.rulesOf(id),
      run: own.findLast((run) => !isOver(run)),
      failure: failureOf(own, last?.began),
      lastBackup:
        last?.snapshot === undefined
          ? undefined
          : {
              id: last.snapshot,
              time: (last.ended ?? last.began).toString(),
              proved: (PROVED.has(last.proved ?? '') ? last.proved : 'unknown') as NonNullable<
                Card['lastBackup']
              >['proved'],
            },
      decision: decisions.get(id),
      alarm: alarms[0],
      notSeenDays: settings.settings.notSeenDays,
      doubt: doubtOf(alerts.holding)?.sentence,
    };
    return cardOf(facts);
  }

  #route(id: string): Card['route'] {
    const { watcher, folders } = this.#options;
    if (folders.here.has(id)) return 'folder';
    const phone = watcher.phones.get(id);
    if (phone !== undefined) return phone.seen.route === 'cable' ? 'cable' : 'network';
    return watcher.obstacles.has(id) ? 'cable' : undefined;
  }

  #obstacle(id: string): Obstacle | undefined {
    const { watcher, folders } = this.#options;
    return watcher.obstacles.get(id) ?? folders.obstacles.get(id);
  }
}

/** Why the last backup failed, if none got to its end since. */
function failureOf(runs: readonly Run[], lastBackup: Temporal.Instant | undefined): CardFacts['failure'] {
  const ended = runs.find(
    ({ kind, state }) => kind === 'backup' && (state.kind === 'done' || state.kind === 'failed'),
  );
  if (ended?.state.kind !== 'failed') return undefined;
  const isOld =
    lastBackup !== undefined && Temporal.Instant.compare(Temporal.Instant.from(ended.began), lastBackup) < 0;
  return isOld ? undefined : ended.state.problem;
}
