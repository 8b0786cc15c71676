import { join } from 'node:path';
import { Contents } from '@holdfast/contents';
import type { Source } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import { backUp, type ChosenSource, type Host, indexHere } from '@holdfast/home';
import { openPhones, phoneSource } from '@holdfast/home/phones';
import { cheapHome, quietHost, random } from '@holdfast/home/testing';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { type Android, phoneOptions, startPhone } from '@holdfast/testkit/phone';
import type { Reader } from '#reading/reading-room.ts';
import type { RestoreDeps } from '#restores/plan-restore.ts';
import { Plans } from '#restores/plans.ts';
import type { RunTools } from '#runs/runner.ts';

/** A home with a repository, phones in memory, and what restores need of both. */
export interface TestRestores extends AsyncDisposable {
  readonly path: string;
  readonly host: Host;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly plans: Plans;
  /** Selections are taken from `wanted`, whatever they say, until a test says otherwise. */
  readonly deps: { -readonly [Key in keyof RestoreDeps]: RestoreDeps[Key] };
  /** What is in the backups. */
  readonly contents: Contents;
  /** What selections mean. */
  wanted: Awaited<ReturnType<RestoreDeps['resolve']>>;
  /** Puts a phone in sight, by the name `phone`. */
  plugIn(android: Android): Promise<AndroidPhone>;
  /** Makes a backup, and gives its id. */
  backUp(chosen: ChosenSource): Promise<string>;
}

const { signal } = new AbortController();

export async function testRestores(): Promise<TestRestores> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const home = join(folder.path, 'home');
  await cheapHome(home);
  // Nothing listens at port 1: there is no adb server.
  const env: Record<string, string> = { HOLDFAST_HOME: home, ANDROID_ADB_SERVER_PORT: '1' };
  const host = quietHost(home, { env, signal });
  const clock = fakeClock();
  const plans = new Plans({ folder: join(home, 'restores'), clock, random });
  const read = async (): Promise<Reader> => {
    const held = await indexHere(host, {}, { prepare: async () => {}, begin: () => undefined });
    return {
      repository: held.indexed,
      signal: held.signal,
      [Symbol.asyncDispose]: () => held[Symbol.asyncDispose](),
    };
  };
  const contents = stack.use(
    new Contents({ folder: join(home, 'contents'), read, clock: host.clock, timeZone: 'UTC' }),
  );
  const moved = stack.move();
  let phone: AndroidPhone | undefined;
  const world: Omit<TestRestores, 'deps' | typeof Symbol.asyncDispose> = {
    path: folder.path,
    host,
    clock,
    plans,
    contents,
    wanted: { paths: [] },
    async plugIn(android) {
      const simulated = moved.use(await startPhone(phoneOptions(android)));
      env['HOLDFAST_PHONES'] = `${simulated.host}:${simulated.port}`;
      const { phones } = moved.use(await openPhones(host));
      if (phones[0]?.kind !== 'open') throw new Error('the phone is not in sight');
      ({ phone } = phones[0]);
      return phone;
    },
    async backUp(chosen) {
      for await (const event of backUp(host, chosen, { program: 'holdfast test' }))
        if (event.kind === 'done' && event.summary.snapshot !== undefined) return event.summary.snapshot;
      throw new Error('no backup was made');
    },
  };
  const deps: TestRestores['deps'] = {
    host,
    plans,
    openDevice: async () => {
      if (phone === undefined) throw new Error('no phone in sight');
      return { phone, [Symbol.asyncDispose]: async () => {} };
    },
    read,
    resolve: async () => world.wanted,
  };
  return Object.assign(world, { deps, [Symbol.asyncDispose]: () => moved.disposeAsync() });
}

/** All of a phone, as a source. */
export const wholePhone = (phone: AndroidPhone, host: Host): { source: Source; phone: AndroidPhone } => ({
  source: phoneSource(phone, { excludes: [] }, host),
  phone,
});

/** Tools of a run that gather what it tells. */
export function gatheringTools(): RunTools & {
  readonly items: Parameters<RunTools['setAside']>[0][];
  readonly phases: Set<string>;
} {
  const items: Parameters<RunTools['setAside']>[0][] = [];
  const phases = new Set<string>();
  return {
    items,
    phases,
    signal,
    report: (progress) => void phases.add(progress().phase),
    setAside: (item) => void items.push(item),
  };
}
