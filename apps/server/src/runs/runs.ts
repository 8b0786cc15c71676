import type { Run, RunRequest } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import { type Clock, isFailure, type RandomBytes, toHex } from '@holdfast/kernel';
import { conflict, noSuch } from '../failures.ts';
import { BUG, problemOf } from '../problem.ts';
import { Attempt, type EndReason } from './attempt.ts';
import type { Journal, Journals, RunItemFilter, RunItemPage } from './journal.ts';
import { waitsInLine } from './line.ts';
import { Notebook, type Noted } from './notebook.ts';
import { afterRestart, isOver, NOTHING_YET, still } from './run-view.ts';
import type { RunEnd, Runner, Runners } from './runner.ts';
import type { Room } from './waiting.ts';
import { Waits } from './waits.ts';

/** What a run is about, for people. */
export interface About {
  readonly device?: Device | undefined;
  readonly target?: string | undefined;
}

/** What the registry needs. */
export interface RunsOptions {
  readonly journals: Journals;
  readonly runners: Runners;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** What a request is about. Fails where there is no such device or plan. */
  readonly about: (request: RunRequest) => Promise<About>;
  /** Told of every change of a run; `isTurn` where its state is another. */
  readonly onChange: (run: Run, isTurn: boolean) => void;
  readonly onBug: (error: unknown) => void;
}

/** A run that waits for room where it is to write. */
export interface WaitingForRoom {
  readonly id: string;
  readonly request: RunRequest;
  readonly room: Room;
  readonly since: Temporal.Instant;
}

interface Entry extends Noted {
  wants: Journal['wants'];
  view: Run;
  attempt?: Attempt | undefined;
  working?: Promise<void> | undefined;
}

/** Ended runs that are kept. */
const MOST_ENDED = 200;

/** The registry of runs: what was asked is written down before it begins, so that it outlives this program. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new AbortController();
  readonly #waits: Waits;
  readonly #notebook: Notebook;

  private constructor(options: RunsOptions) {
    this.#options = options;
    const { journals, clock, onBug } = options;
    const isKept = (id: string): boolean => this.#entries.has(id);
    this.#notebook = new Notebook({ journals, clock, isKept, onBug });
    this.#waits = new Waits({
      clock,
      signal: this.#closing.signal,
      onWake: () => this.#turn(),
    });
  }

  /** The registry of journals that are there. What was under way goes on once {@link go} is called. */
  static async open(options: RunsOptions): Promise<Runs> {
    const runs = new Runs(options);
    const now = options.clock.now();
    for (const { request, wants, view } of await options.journals.load())
      runs.#entries.set(view.id, { request, wants, view: afterRestart(view, now), savedMs: 0 });
    return runs;
  }

  /** Begins what waits. */
  go(): void {
    this.#turn();
  }

  /** All runs, the newest first. */
  list(device?: string): readonly Run[] {
    const views = [...this.#entries.values()].map(({ view }) => view).toReversed();
    return device === undefined ? views : views.filter((view) => view.device?.id === device);
  }

  /** A run. Fails with `server/unknown`. */
  get(id: string): Run {
    return this.#entry(id).view;
  }

  /** Those that have not come to their end, the oldest first. */
  unfinished(): readonly Run[] {
    return [...this.#entries.values()].map(({ view }) => view).filter((view) => !isOver(view));
  }

  /** A page of what a run set aside. */
  async items(
    id: string,
    filter: RunItemFilter,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<RunItemPage> {
    return this.#options.journals.items(this.#entry(id).view.id, filter, page);
  }

  /** The plans that runs were begun with, and those by which they may be tried again. */
  plans(): ReadonlySet<string> {
    const all = [...this.#entries.values()].flatMap(({ request, view }) => [
      'plan' in request ? request.plan : undefined,
      view.again,
    ]);
    return new Set(all.filter((plan) => plan !== undefined));
  }

  /** Begins a run, or puts it in line. A backup of a device that is being backed up is that one, which goes on when it was paused, or when it waits and a person asks. */
  async start(request: RunRequest, startedBy: Run['startedBy']): Promise<Run> {
    const { clock, random, runners } = this.#options;
    if (runners[request.kind] === undefined)
      throw conflict(`This program cannot do that yet: ${request.kind}`, 'Use the command "holdfast".');
    const { device, target } = await this.#options.about(request);
    this.#closing.signal.throwIfAborted();
    const same = this.#unfinishedBackup(request, device);
    if (same !== undefined) {
      // What a person asks for now does not wait for the next try.
      const isHeld = same.wants !== 'run' || (startedBy === 'person' && this.#waits.has(same.view.id));
      return isHeld ? this.resume(same.view.id) : same.view;
    }
    const began = clock.now();
    const view: Run = {
      id: `${began.toString({ smallestUnit: 'second' }).replaceAll(/[-:Z]/g, '').toLowerCase()}-${toHex(random(4))}`,
      kind: request.kind,
      ...(device !== undefined && { device: { id: device.id, name: device.name, kind: device.kind } }),
      ...(target !== undefined && { target }),
      startedBy,
      began: began.toString({ smallestUnit: 'millisecond' }),
      state: { kind: 'waiting', sentence: 'It begins at once.' },
      ...NOTHING_YET,
      lastSetAside: [],
    };
    const entry: Entry = { request, wants: 'run', view, savedMs: 0 };
    this.#entries.set(view.id, entry);
    this.#waits.untilWritten(view.id);
    try {
      await this.#notebook.save(entry);
    } catch (error) {
      // Who is told that it could not be begun must not find it begun later.
      this.#entries.delete(view.id);
      throw error;
    } finally {
      this.#waits.end(view.id);
    }
    this.#forgetOld();
    this.#turn();
    if (entry.view === view) this.#options.onChange(view, true);
    return entry.view;
  }

  /** Pauses a run soon; what is proved stays, and it is kept. */
  pause(id: string): Promise<Run> {
    return this.#end(id, 'pause', { kind: 'pausing' }, { kind: 'paused' });
  }

  /** Stops a run soon; what is proved stays. */
  stop(id: string): Promise<Run> {
    return this.#end(id, 'stop', { kind: 'stopping' }, { kind: 'stopped' });
  }

  /** Goes on with a run that was paused, or need not wait any longer. */
  async resume(id: string): Promise<Run> {
    const entry = this.#entry(id);
    if (isOver(entry.view)) throw conflict('This run has come to its end', 'Begin a new one.');
    if (entry.wants === 'stop') throw conflict('This run is being stopped', 'Begin a new one when it is.');
    entry.wants = 'run';
    this.#waits.forget(id);
    if (entry.attempt === undefined)
      this.#show(entry, still(entry.view, { kind: 'waiting', sentence: 'It goes on at once.' }));
    await this.#notebook.saveOrLater(entry);
    this.#turn();
    return entry.view;
  }

  /** These devices can be talked to, by a look that began then: what waited for them before it goes on. An older look may still show a phone that has gone. */
  inSight(devices: ReadonlySet<string>, lookedFrom: Temporal.Instant): void {
    let isAnyAwake = false;
    for (const { view } of this.#entries.values())
      if (devices.has(view.device?.id ?? '') && this.#waits.wakeIfHere(view.id, lookedFrom))
        isAnyAwake = true;
    if (isAnyAwake) this.#turn();
  }

  /** The place of the backups is not as it was: what waited for it goes on. */
  storeChanged(): void {
    if (this.#waits.storeChanged()) this.#turn();
  }

  /** Those that wait for room where they are to write, with what they were asked to do. */
  waitingForRoom(): readonly WaitingForRoom[] {
    return this.#waits.forRoom().map((wait) => ({ ...wait, request: this.#entry(wait.id).request }));
  }

  /** There is room for these: they go on. */
  roomCame(ids: readonly string[]): void {
    for (const id of ids) this.#waits.end(id);
    if (ids.length > 0) this.#turn();
  }

  /** Ends all attempts soon. The runs are as they were, and go on when the registry is opened again. */
  async close(): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'));
    const entries = [...this.#entries.values()];
    for (const { attempt } of entries) attempt?.end('close');
    await Promise.all([...entries.map(async ({ working }) => working), this.#waits.closed()]);
    await this.#notebook.closed();
  }

  async #end(
    id: string,
    reason: EndReason & ('pause' | 'stop'),
    soon: Run['state'],
    now: Run['state'],
  ): Promise<Run> {
    const entry = this.#entry(id);
    if (isOver(entry.view)) throw conflict('This run has come to its end', 'Begin a new one.');
    if (entry.wants === 'stop') return entry.view;
    entry.wants = reason;
    this.#waits.end(id);
    if (entry.attempt !== undefined) {
      entry.attempt.end(reason, soon);
      this.#show(entry, { ...entry.view, state: soon });
    } else
      this.#show(
        entry,
        still(entry.view, now, now.kind === 'stopped' ? this.#options.clock.now() : undefined),
      );
    await this.#notebook.saveOrLater(entry);
    this.#turn();
    return entry.view;
  }

  /** Begins what may begin, in the order in which it was asked for. */
  #turn(): void {
    if (this.#closing.signal.aborted) return;
    const entries = [...this.#entries.values()];
    const ahead = entries.filter(({ attempt }) => attempt !== undefined).map(({ view }) => view);
    for (const entry of entries) {
      const { view, wants, attempt } = entry;
      if (attempt !== undefined || wants !== 'run' || this.#waits.has(view.id) || isOver(view)) continue;
      const sentence = waitsInLine(view, ahead);
      if (sentence === undefined) this.#begin(entry);
      else if (view.state.kind !== 'waiting' || view.state.sentence !== sentence)
        this.#show(entry, still(view, { kind: 'waiting', sentence }));
      ahead.push(entry.view);
    }
  }

  #begin(entry: Entry): void {
    const runner = this.#options.runners[entry.request.kind] as Runner | undefined;
    const { clock, journals } = this.#options;
    const { id } = entry.view;
    const view: Run = {
      ...still(entry.view, { kind: 'running', phase: 'connecting' }),
      ...NOTHING_YET,
      // What the attempt before reached is shown until this one knows more.
      balance: entry.view.balance,
      items: entry.view.items,
      bytes: entry.view.bytes,
      lastSetAside: [],
    };
    const attempt = new Attempt(view, {
      clock,
      show: async (shown, items) => {
        this.#show(entry, shown);
        try {
          if (items.length > 0) await journals.addItems(id, items);
          await this.#notebook.saveSometimes(entry);
        } catch (error) {
          // A full drive stops no run: its journal is only older.
          if (!isFailure(error)) this.#options.onBug(error);
        }
      },
    });
    entry.attempt = attempt;
    this.#show(entry, view);
    const work = async (): Promise<void> => {
      let state: Run['state'] | undefined;
      let end: RunEnd | undefined;
      try {
        await journals.clearItems(id);
        if (runner === undefined)
          throw conflict(`This program cannot do that: ${entry.request.kind}`, 'Use the command "holdfast".');
        end = await attempt.run(runner, entry.request);
        state = { kind: 'done', sentence: end.sentence };
      } catch (error) {
        state = this.#stateAfter(entry, attempt, error);
      }
      entry.attempt = undefined;
      entry.working = undefined;
      // Closing: it goes on after the next start.
      if (state !== undefined) await this.#settle(entry, state, end);
      this.#turn();
    };
    entry.working = work().catch(this.#options.onBug);
  }

  async #settle(entry: Entry, state: Run['state'], end: RunEnd | undefined): Promise<void> {
    const isEnd = state.kind !== 'waiting' && state.kind !== 'paused';
    if (isEnd) this.#waits.forget(entry.view.id);
    const view = still(entry.view, state, isEnd ? this.#options.clock.now() : undefined);
    const { snapshot, again = isEnd ? unfinishedPlan(entry.request, state) : undefined } = end ?? {};
    this.#show(entry, {
      ...view,
      ...(snapshot !== undefined && { snapshot }),
      ...(again !== undefined && { again }),
    });
    await this.#notebook.saveOrLater(entry);
  }

  /** What became of a run by what its attempt threw; `undefined` when the program closes. */
  #stateAfter(entry: Entry, attempt: Attempt, error: unknown): Run['state'] | undefined {
    if (entry.wants === 'stop') return { kind: 'stopped' };
    if (entry.wants === 'pause') return { kind: 'paused' };
    if (attempt.endReason === 'close') return undefined;
    // It was paused, and resumed before it had ended.
    if (attempt.endReason !== undefined) return { kind: 'waiting', sentence: 'It goes on at once.' };
    if (!isFailure(error)) {
      this.#options.onBug(error);
      return { kind: 'failed', problem: BUG.problem };
    }
    const waiting = this.#waits.afterFailure(entry.view, error, attempt.reachedBytes);
    return waiting ?? { kind: 'failed', problem: problemOf(error) };
  }

  #show(entry: Entry, view: Run): void {
    const isTurn = entry.view.state.kind !== view.state.kind;
    entry.view = view;
    this.#options.onChange(view, isTurn);
  }

  #forgetOld(): void {
    const ended = [...this.#entries.values()].filter(({ view }) => isOver(view));
    for (const { view } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) {
      this.#entries.delete(view.id);
      this.#notebook.remove(view.id);
    }
  }

  #unfinishedBackup(request: RunRequest, device: Device | undefined): Entry | undefined {
    if (request.kind !== 'backup') return undefined;
    return [...this.#entries.values()].find(
      ({ view, wants }) =>
        view.kind === 'backup' && view.device?.id === device?.id && !isOver(view) && wants !== 'stop',
    );
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw noSuch('run');
    return entry;
  }
}

/** What of a restore can be begun again that failed as a whole, or was stopped: all of it. */
const unfinishedPlan = (request: RunRequest, { kind }: Run['state']): string | undefined =>
  request.kind === 'restore' && kind !== 'done' ? request.plan : undefined;
