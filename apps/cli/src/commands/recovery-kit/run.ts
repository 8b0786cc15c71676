import { resolve } from 'node:path';
import { makeRecoveryKit, writePrivateFile } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES } from '#failures.ts';
import { shown } from '#output/screen.ts';
import type { RecoveryKitGiven } from './table.ts';

/** Shows or writes the recovery kit: the one command that prints a password. */
export async function run(
  { out }: GivenOptions<RecoveryKitGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { screen, world } = context;
  const { text, formatVersion: _format, ...kit } = await makeRecoveryKit(context.host);
  if (out === undefined) {
    screen.note('This is secret: whoever has it and reaches the repository can read everything in it.\n');
    await screen.result({ type: 'recovery-kit', ...kit }, text);
    return 0;
  }
  const path = resolve(world.cwd, out);
  if (!(await writePrivateFile(path, `${text}\n`, world.random))) throw taken(path);
  await screen.result({ type: 'written', path }, `Wrote the recovery kit to ${shown(path)}.`);
  screen.note(
    'It is secret: print it or move it to a drive of its own, and keep it away from this computer.',
  );
  return 0;
}

function taken(path: string): Failure {
  return new Failure(CLI_FAILURES.outFile, `There is something at ${path} already`, {
    hint: 'Name a new file: none is ever written over.',
    details: { path },
  });
}
