import { isFailure } from '@holdfast/kernel';
import { parseCommandLine, type Request } from '#arguments/parse.ts';
import { TABLES } from '#commands/tables.ts';
import { type ExitCode, exitCodeOf } from '#exit-codes.ts';
import { CLI_FAILURES, interrupted } from '#failures.ts';
import { helpPage } from '#help-page.ts';
import { hostOf } from '#host-of.ts';
import { failureLine, failureText } from '#output/failure-text.ts';
import { Screen } from '#output/screen.ts';
import type { World } from '#world.ts';

/**
 * Does what the words after `holdfast` ask for and gives the exit status; whatever goes wrong is told on stderr. Never
 * throws and never ends the process; aborting `world.signal` stops it soon.
 */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  const beforeDashes = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  // Known before the words are understood, so that a refusal of them has the form that was asked for.
  const screen = new Screen(world, {
    isJson: beforeDashes.includes('--json'),
    isQuiet: beforeDashes.some((word) => word === '--quiet' || /^-[a-z]*q[a-z]*$/.test(word)),
    noColor: beforeDashes.includes('--no-color'),
  });
  const isVerbose = beforeDashes.some((word) => word === '--verbose' || /^-[a-z]*v[a-z]*$/.test(word));
  const onStop = (): void => screen.note('Stopping. Press Ctrl-C again to stop at once.');
  world.signal.addEventListener('abort', onStop, { once: true });
  try {
    const status = await obey(parseCommandLine(argv, TABLES), world, screen);
    await screen.finish();
    return status;
  } catch (error) {
    return await end(error, world, screen, isVerbose);
  } finally {
    world.signal.removeEventListener('abort', onStop);
  }
}

async function obey(request: Request, world: World, screen: Screen): Promise<ExitCode> {
  if (request.kind === 'help') {
    await screen.raw(helpPage(request.words, screen.columns));
    return 0;
  }
  const { table, given, words, globals } = request;
  const command = await table.load();
  return await command.run(given, words, {
    world,
    host: hostOf(world, screen, globals),
    screen,
    globals,
  });
}

/** Tells why, in the order in which things happened, and gives the status. */
async function end(thrown: unknown, world: World, screen: Screen, isVerbose: boolean): Promise<ExitCode> {
  const error = world.signal.aborted && isAbort(thrown, world.signal) ? interrupted() : thrown;
  try {
    await screen.finish();
  } catch {
    // The output is gone; the first failure is the one to tell.
  }
  if (!isFailure(error, CLI_FAILURES.outputClosed)) {
    const paint = (text: string): string => screen.style('red', text, 'stderr');
    screen.failure(failureLine(error), failureText(error, isVerbose, paint));
    await screen.finish().catch(() => {});
  }
  return exitCodeOf(error);
}

/** True when an error is the abort itself, and no other failure that happened to come during it. */
function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === 'AbortError');
}
