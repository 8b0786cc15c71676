import { Failure } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import { CLI_FAILURES } from '#failures.ts';

/** Asks before something that cannot be undone, where someone is there to answer and has not answered beforehand. */
export async function consent({ world, screen }: Context, yes: boolean, question: string): Promise<void> {
  if (!yes && world.stdin.isTTY) await screen.confirm(question);
}

/** As `consent`, for what no script should do unasked: without a terminal only `--yes` will do. */
export async function insistentConsent(context: Context, yes: boolean, question: string): Promise<void> {
  if (yes || context.world.stdin.isTTY) return await consent(context, yes, question);
  throw new Failure(CLI_FAILURES.declined, 'Nothing was changed: nobody is there to be asked', {
    hint: 'When you know that no program is at work, run it again with --yes.',
  });
}
