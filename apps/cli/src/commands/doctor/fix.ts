import type { ItemType } from '@holdfast/contract';
import type { AndroidPhone } from '@holdfast/devices/android';
import {
  examine,
  fixRecordOf,
  isFixCode,
  type Plan,
  planFix,
  type Rescue,
  SAFE_ORDER,
  shownPlan,
} from '@holdfast/doctor';
import { backUp, type ChosenSource } from '@holdfast/home';
import { phoneSource } from '@holdfast/home/phones';
import { Failure, plainText } from '@holdfast/kernel';
import { carryOutFix, proveRescued, RESCUED_TYPES, rescuedEnd } from '@holdfast/server';
import { nearest } from '#arguments/nearest.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES } from '#failures.ts';
import { plural } from '#output/words.ts';
import { PROGRAM } from '#program.ts';
import { rescuedSoFar } from './rescued.ts';
import { showPlan, showRecord } from './show.ts';

/** Plans a fix, asks, carries it out, and says what came of it. */
export async function fixHere(
  phone: AndroidPhone,
  code: string,
  { yes }: { readonly yes: boolean },
  context: Context,
): Promise<ExitCode> {
  const { host, screen } = context;
  const { clock, signal } = host;
  if (!isFixCode(code)) throw noSuchFix(code);
  const examination = await examine(phone, { clock, signal });
  const plan = await planFix(phone, code, examination.facts, { clock, signal });
  await showPlan(shownPlan(plan, 'now', await rescuedSoFar(phone, examination, context)), screen);
  const rescue = await agree(phone, plan, yes, context);
  const kept = await carryOutFix(host, phone, plan, {
    ...(rescue && { rescue }),
    backUp: async () => rescuedEnd(await backUpAndProve(phone, context)),
  });
  await showRecord(fixRecordOf(kept), screen);
  const { state } = kept;
  return state.kind === 'done' && (state.moved === 'yes' || plan.risk === 'guided') ? 0 : 3;
}

/** Asks for what is needed: a yes; and before what cannot be undone a backup with its proof, or the words that waive it. */
async function agree(
  phone: AndroidPhone,
  plan: Plan,
  yes: boolean,
  context: Context,
): Promise<Rescue | undefined> {
  const { screen, world } = context;
  if (plan.risk !== 'destructive') {
    if (yes || plan.risk === 'guided') return undefined;
    if (!world.stdin.isTTY) throw nobodyThere('With --yes it is not asked.');
    await screen.confirm('Do this now?');
    return undefined;
  }
  if (!world.stdin.isTTY)
    throw nobodyThere('This cannot be undone, so somebody has to be asked: run it in a terminal.');
  await screen.flush();
  const { waiverWords = '' } = shownPlan(plan, 'now', 0);
  const answer = await world.stdin.ask(
    `This cannot be undone. Press Enter to back all photos and videos up first, or type "${waiverWords}": `,
    { isSecret: false, signal: world.signal },
  );
  if (answer.trim() !== '') return { kind: 'waived', words: answer };
  const proved = await backUpAndProve(phone, context);
  if (proved.notProved === 0) await screen.confirm('Everything is saved and proved. Do this now?');
  return proved;
}

/** The ordinary backup of photos and videos, and an audit as its proof. */
async function backUpAndProve(
  phone: AndroidPhone,
  { host, screen }: Context,
): Promise<Extract<Rescue, { kind: 'proved' }>> {
  const types: readonly ItemType[] = RESCUED_TYPES;
  {
    using progress = screen.progress();
    using source = phoneSource(phone, { excludes: [], types }, host);
    const chosen: ChosenSource = { source, phone };
    let done = 0;
    for await (const event of backUp(host, chosen, { types, program: PROGRAM })) {
      if (event.kind === 'capabilities') continue;
      done += 1;
      progress.update(() => ({ phase: 'Saving', noun: ['step', 'steps'], items: { done } }));
    }
  }
  const proved = await proveRescued(host, phone);
  screen.note(
    proved.notProved === 0
      ? 'All photos and videos are in your backup: the audit found none missing.'
      : `${plural(proved.notProved, 'photo or video is', 'photos and videos are')} still in no backup.`,
  );
  return proved;
}

function noSuchFix(code: string): Failure {
  const meant = nearest(code, SAFE_ORDER);
  return new Failure(CLI_FAILURES.usage, `There is no fix "${plainText(code, 80)}"`, {
    hint:
      meant === undefined
        ? `"holdfast doctor" lists those that may help. All there are: ${SAFE_ORDER.join(', ')}.`
        : `Did you mean "${meant}"?`,
  });
}

const nobodyThere = (hint: string): Failure =>
  new Failure(CLI_FAILURES.declined, 'Nothing was changed: nobody is there to be asked', { hint });
