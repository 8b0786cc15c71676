import type { JsonLineOf } from '@holdfast/contract';
import { openHere } from '@holdfast/home';
import { type LockEntry, planUnlock, unlock } from '@holdfast/repository';
import { type Id, shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { formatMoment, plural } from '#output/words.ts';
import { insistentConsent } from '../consent.ts';
import type { UnlockGiven } from './table.ts';

/** Takes locks away. */
export async function run(
  { all, yes }: GivenOptions<UnlockGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen, world } = context;
  const { isProcessAlive, signal, timeZone } = world;
  const { repository } = await openHere(context.host);
  const plan = await planUnlock(repository, { all, isProcessAlive, signal });
  for (const entry of plan.locks) await screen.result(lockLine(entry), describe(entry, timeZone));
  for (const { name } of plan.unreadable) await screen.result(damagedLine(name), describeDamaged(name));
  const needed = plan.locks.filter(({ state }) => state === 'held').length + plan.unreadable.length;
  if (needed > 0) {
    const whose = needed === 1 ? 'the lock of a program' : `${needed} locks of programs`;
    await insistentConsent(context, yes, `Take away ${whose} that may be at work?`);
  }
  const removed = await unlock(repository, plan, signal);
  const nothing = all ? 'There was no lock.' : 'No lock was left behind by a program that is gone.';
  const text = removed === 0 ? nothing : `Took ${plural(removed, 'lock')} away.`;
  await screen.result({ type: 'unlock', removed }, text);
  return 0;
}

function lockLine({ id, state, lock }: LockEntry): JsonLineOf<'lock'> {
  const { hostname, username, pid, exclusive, time } = lock;
  return { type: 'lock', id, state, hostname, username, pid, isExclusive: exclusive, time };
}

function damagedLine(id: Id): JsonLineOf<'lock'> {
  return { type: 'lock', id, state: 'damaged' };
}

const WORDS: Readonly<Record<LockEntry['state'], string>> = {
  held: 'it may be at work',
  expired: 'not refreshed for more than half an hour',
  dead: 'it is gone',
};

function describe({ id, state, lock, lockedAt }: LockEntry, timeZone: string): string {
  const since = formatMoment(lockedAt.epochNanoseconds, timeZone);
  const who = `process ${lock.pid} of ${shown(lock.username) || 'somebody'} on ${shown(lock.hostname)}`;
  return `${shortId(id)}  ${since}  ${who}${lock.exclusive ? ', for itself alone' : ''}: ${WORDS[state]}`;
}

function describeDamaged(id: Id): string {
  return `${shortId(id)}  damaged: nobody knows whose it is`;
}
