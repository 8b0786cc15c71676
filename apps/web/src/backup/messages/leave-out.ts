import type { Message } from '@holdfast/contract/api';
import { call } from '#api/call.ts';
import { setThings, type Thing } from '../selection/selection.ts';
import type { TickedStore } from '../selection/store.ts';

/** Gives a message as something to tick. */
export function messageThing(entry: number, thread: number): Thing {
  return { entry, thread, type: 'messages', items: 1 };
}

/** Leaves one thread out where all messages are ticked: its messages are read, and each is left out. */
export async function leaveThreadOut(store: TickedStore, backup: string, thread: number): Promise<void> {
  const messages: Message[] = [];
  for (let after: string | undefined; ; ) {
    const page = await call('messages', {
      params: { backup, thread },
      query: { limit: 1000, ...(after !== undefined && { after }) },
    });
    messages.push(...page.messages);
    after = page.next;
    if (after === undefined) break;
  }
  const things = messages.map(({ entry }) => messageThing(entry, thread));
  store.change((ticked) => setThings(ticked, things, false));
}
