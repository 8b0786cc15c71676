import type { Context } from '#context.ts';

/** Asks before something that cannot be undone, where someone is there to answer and has not answered beforehand. */
export async function consent({ world, screen }: Context, yes: boolean, question: string): Promise<void> {
  if (!yes && world.stdin.isTTY) await screen.confirm(question);
}
