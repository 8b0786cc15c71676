import { rm } from 'node:fs/promises';
import type { Host } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import { z } from 'zod';
import { SERVER_FAILURES } from './failures.ts';
import { readPrivate, writePrivate } from './private-file.ts';

const shape = z.strictObject({
  hostname: z.string(),
  pid: z.int(),
  since: z.string(),
});

/**
 * Notes in a file of the home folder that this process serves it, until disposed of: two would do every run twice. Fails with
 * `server/running`; what a process that has died left there is replaced.
 */
export async function claimHome(path: string, host: Host): Promise<AsyncDisposable> {
  const { identity, clock, isProcessAlive } = host;
  const other = parse(await readPrivate(path));
  const isAlive =
    other !== undefined &&
    other.hostname === identity.hostname &&
    // In a container every start has the same number.
    other.pid !== identity.pid &&
    isProcessAlive(other.pid, Temporal.Instant.from(other.since));
  if (isAlive)
    throw new Failure(SERVER_FAILURES.running, 'Holdfast is running already', {
      hint: `Use the browser it was opened in; for a new link, end it first (process ${other.pid}).`,
      details: { pid: other.pid },
    });
  const { hostname, pid } = identity;
  await writePrivate(path, `${JSON.stringify({ hostname, pid, since: clock.now().toString() })}\n`);
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

function parse(text: string | undefined): z.infer<typeof shape> | undefined {
  try {
    const claim = shape.parse(JSON.parse(text ?? ''));
    Temporal.Instant.from(claim.since);
    return claim;
  } catch {
    return undefined;
  }
}
