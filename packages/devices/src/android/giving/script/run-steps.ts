import { type AdbTransport, quoteLine, RemoteFiles, runShell, shell } from '@holdfast/adb';
import { type Clock, concatBytes, decodeName, encodeName } from '@holdfast/kernel';

/** One command, and the number by which its complaint is told. */
export interface Step {
  readonly number: number;
  readonly words: readonly string[];
}

/** Programs that are started on the phone at once. */
const LANES = 4;

/** Where the user `shell` may write, and nobody else reads. */
const FOLDER = '/data/local/tmp';

/** Most that a command says which is kept. */
const MOST_SAID = 2000;

/**
 * Runs commands from scripts that are pushed first: one trip over the link for hundreds. The steps of a group run one after
 * another; groups run at the same time, four or so. Gives what commands said, by their numbers: those that are absent said nothing.
 *
 * A script is removed as it starts. Fails with `adb/…`; what had been started by then may have been done.
 */
export async function runSteps(
  link: { readonly transport: AdbTransport; readonly clock?: Clock },
  groups: readonly (readonly Step[])[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const lanes = Array.from({ length: LANES }, (): Step[] => []);
  for (const group of groups) lanes.toSorted((a, b) => a.length - b.length)[0]?.push(...group);
  const said = new Map<number, string>();
  const used = lanes.filter((steps) => steps.length > 0);
  await Promise.all(used.map((steps) => runLane(link, steps, said, signal)));
  return said;
}

/** A line of ours comes between two commands; no output of theirs is taken for it, as it is new each time. */
async function runLane(
  { transport, clock }: { readonly transport: AdbTransport; readonly clock?: Clock },
  steps: readonly Step[],
  said: Map<number, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const mark = crypto.randomUUID();
  const path = `${FOLDER}/.holdfast-${mark}.sh`;
  const parts = [quoteLine(['rm', '-f', path]), encodeName('\n')];
  for (const { number, words } of steps)
    parts.push(
      encodeName(`echo; echo ${mark}:${number}\n`),
      quoteLine(words),
      encodeName(' </dev/null 2>&1\n'),
    );
  const options = clock === undefined ? {} : { clock };
  let number: number | undefined;
  const take = (line: string): void => {
    if (line.startsWith(`${mark}:`)) number = Number(line.slice(mark.length + 1));
    else if (number !== undefined && line.trim() !== '')
      said.set(number, `${said.get(number) ?? ''}${line}\n`.slice(0, MOST_SAID));
  };
  try {
    await new RemoteFiles(transport, options).push(
      path,
      (async function* () {
        yield concatBytes(parts);
      })(),
      { mode: 0o600, mtime: 0 },
      signal,
    );
    let rest = '';
    for await (const event of shell(transport, ['sh', path], { ...options, ...(signal && { signal }) })) {
      if (event.kind === 'exit') continue;
      const lines = (rest + decodeName(event.bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    }
    take(rest);
  } catch (error) {
    // Stopped before it started, it would stay, with what it was to insert.
    if (signal?.aborted === true)
      await runShell(transport, ['rm', '-f', path], options).catch(() => undefined);
    throw error;
  }
}
