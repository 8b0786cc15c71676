import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Recorder } from '@holdfast/devices/android';
import { cannot } from '@holdfast/home';
import { errnoOf, Failure } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import { CLI_FAILURES } from '#failures.ts';
import { shown } from '#output/screen.ts';
import { PROGRAM } from '#program.ts';

/** A masked transcript that is being written; disposed of once every link was. */
interface Recording extends AsyncDisposable {
  listenTo: Recorder['listenTo'];
}

/**
 * Begins a transcript in a new file that only its owner may read. It grows as phones are spoken with, so that it is there also
 * when that ends badly. A drive that is full ends the transcript, and nothing else.
 *
 * Fails with `cli/out-file` when the name is taken, and with `home/folder` when the file cannot be made.
 */
export async function recordInto(file: string, { world, screen }: Context): Promise<Recording> {
  const path = resolve(world.cwd, file);
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw errnoOf(error) === 'EEXIST' ? taken(path) : cannot('make', path, error);
  });
  let writing: Promise<unknown> = Promise.resolve();
  let failed: unknown;
  const write = (line: string): void => {
    writing = writing
      .then(() => (failed === undefined ? handle.appendFile(line) : undefined))
      .catch((error: unknown) => {
        failed = error;
      });
  };
  const recorder = new Recorder({ clock: world.clock, program: PROGRAM, write });
  return {
    listenTo: (transport) => recorder.listenTo(transport),
    async [Symbol.asyncDispose]() {
      recorder.finish();
      await writing;
      await handle.close();
      if (failed !== undefined)
        screen.trouble(`The transcript ends too early: ${shown(path)} (${errnoOf(failed) ?? 'unknown'}).`);
      screen.note(
        `Wrote a masked transcript to ${shown(path)}.\n→ Look through it before you send it to anyone: no name, number or text of yours should be in it.`,
      );
    },
  };
}

function taken(path: string): Failure {
  return new Failure(CLI_FAILURES.outFile, `There is something at ${path} already`, {
    hint: 'Name a new file: none is ever written over.',
    details: { path },
  });
}
