import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, Failure, plainText, toHex } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Machine } from '#host.ts';
import { type Claimant, claimantHere, isClaimantAlive } from '#place/claimant.ts';
import { homeOf } from '#place/home.ts';
import { cannot, makePrivateFolder, readIfThere, removeFile, writePrivateFile } from '#place/private-file.ts';

const MOST_BYTES = 4096;

/** Who claimed a phone, and what for. */
interface Claim extends Claimant {
  readonly work: Work;
}

/** What a phone is claimed for: to be given a backup, or to be mended. */
type Work = 'giving' | 'fixing';

/**
 * Claims a phone until disposed of: of the runs that share a home folder, one at a time changes it. Two would give it everything
 * twice, and take each other's permissions away. A claim ends with its process. Fails with `home/phone-busy`; runs that begin in the
 * same moment may all fail.
 */
export async function claimPhone(
  machine: Machine,
  { id, name }: { readonly id: string; readonly name: string },
  work: Work,
): Promise<AsyncDisposable> {
  const { random } = machine;
  const folder = join(homeOf(machine).folder, 'giving');
  await makePrivateFolder(folder);
  const own = `${id}.${toHex(random(8))}.json`;
  const release = (): Promise<void> => removeFile(join(folder, own));
  const claim: Claim = { ...claimantHere(machine), work };
  await writePrivateFile(join(folder, own), `${JSON.stringify(claim)}\n`, random);
  try {
    // Its own is there before it looks: of two, one at least sees the other.
    for (const other of await namesIn(folder)) {
      if (other === own || !other.startsWith(`${id}.`)) continue;
      const path = join(folder, other);
      // Of a process of another computer nothing is known; a claim is no reason to wait for it for ever.
      const held = parseClaim(await readIfThere(path, MOST_BYTES));
      if (held !== undefined && isClaimantAlive(held, machine)) throw phoneBusy(name, held);
      await removeFile(path);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { [Symbol.asyncDispose]: release };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    throw errnoOf(error) === undefined ? error : cannot('read', folder, error);
  }
}

function parseClaim(text: string | undefined): Claim | undefined {
  try {
    const { hostname, pid, since, mark, work } = JSON.parse(text ?? '') as Record<string, unknown>;
    return {
      hostname: String(hostname),
      pid: Number(pid),
      since: Temporal.Instant.from(String(since)).toString(),
      ...(typeof mark === 'string' && { mark }),
      work: work === 'fixing' ? 'fixing' : 'giving',
    };
  } catch {
    return undefined;
  }
}

const WORDS: Readonly<Record<Work, string>> = {
  giving: 'is giving a backup back to',
  fixing: 'is carrying a fix out on',
};

const phoneBusy = (name: string, { pid, work }: Claim): Failure =>
  new Failure(HOME_FAILURES.phoneBusy, `Process ${pid} ${WORDS[work]} ${plainText(name, 80)}`, {
    hint: 'Wait until it is done, then run the same command again.',
    retry: 'later',
    details: { pid },
  });
