import { openPhones, type SeenPhones } from '@holdfast/home/phones';
import type { Context } from '#context.ts';
import { recordInto } from './record.ts';

/** The phones in sight. With `record`, all that is said is written into that new file, masked; fails as {@link recordInto} does. */
export async function openPhonesHere(context: Context, record: string | undefined): Promise<SeenPhones> {
  await using stack = new AsyncDisposableStack();
  const recording = record === undefined ? undefined : stack.use(await recordInto(record, context));
  const { phones } = stack.use(await openPhones(context.host, recording));
  const links = stack.move();
  return { phones, [Symbol.asyncDispose]: () => links.disposeAsync() };
}
