import type { Machine } from '@holdfast/home';
import { fakeClock, seededRandom, temporaryFolder } from '@holdfast/testkit';

/** A machine with a home folder of its own, on a clock that stands still. */
export async function machineIn(): Promise<
  { readonly machine: Machine; readonly folder: string } & AsyncDisposable
> {
  const temporary = await temporaryFolder();
  const machine: Machine = {
    env: { HOLDFAST_HOME: temporary.path },
    cwd: temporary.path,
    platform: 'linux',
    homeFolder: temporary.path,
    clock: fakeClock(),
    timeZone: 'UTC',
    random: seededRandom(1),
    identity: { hostname: 'testing', username: 'tester', uid: 1000, gid: 1000, pid: 1 },
    isProcessAlive: () => true,
    signal: new AbortController().signal,
  };
  return {
    machine,
    folder: temporary.path,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
