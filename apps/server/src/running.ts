import { rm } from 'node:fs/promises';
import {
  claimantHere,
  type Host,
  isClaimantAlive,
  readPrivateFile,
  replaceFile,
  writePrivateFile,
} from '@holdfast/home';
import { Failure, toHex } from '@holdfast/kernel';
import { z } from 'zod';
import { SERVER_FAILURES } from './failures.ts';

const shape = z.strictObject({
  hostname: z.string(),
  pid: z.int(),
  since: z.string(),
  mark: z.string().optional(),
});

/**
 * Notes in a file of the home folder that this process serves it, until disposed of: two would do every run twice. Fails with
 * `server/running`; what a process that has died left there is replaced.
 */
export async function claimHome(path: string, host: Host): Promise<AsyncDisposable> {
  const { random } = host;
  const own = `${JSON.stringify(claimantHere(host))}\n`;
  // Of those that begin in the same moment one makes the file; the others find it.
  for (;;) {
    const there = await readPrivateFile(path);
    if (there !== undefined) {
      const other = parse(there);
      if (other !== undefined && isHeld(other, host)) throw running(other.pid);
      await removeIfStill(path, there, host);
    } else if (await writePrivateFile(path, own, random))
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
  }
}

/** True while a process serves the home folder that such a file is in. */
export async function isServed(path: string, host: Host): Promise<boolean> {
  const other = parse(await readPrivateFile(path));
  return other !== undefined && isHeld(other, host);
}

const isHeld = (other: z.infer<typeof shape>, host: Host): boolean =>
  // In a container every start has the same number.
  other.pid !== host.identity.pid && isClaimantAlive(other, host);

/** Removes what was read there; what somebody else put in its place meanwhile goes back. */
async function removeIfStill(path: string, text: string, { random }: Host): Promise<void> {
  const aside = `${path}.${toHex(random(8))}.old`;
  if (!(await replaceFile(path, aside))) return;
  const moved = await readPrivateFile(aside);
  if (moved !== undefined && moved !== text) await writePrivateFile(path, moved, random);
  await rm(aside, { force: true });
}

const running = (pid: number): Failure =>
  new Failure(SERVER_FAILURES.running, 'Holdfast is running already', {
    hint: `Use the browser it was opened in; for a new link, end it first (process ${pid}).`,
    details: { pid },
  });

function parse(text: string | undefined): z.infer<typeof shape> | undefined {
  try {
    const claim = shape.parse(JSON.parse(text ?? ''));
    Temporal.Instant.from(claim.since);
    return claim;
  } catch {
    return undefined;
  }
}
