import type { AndroidPhone } from '@holdfast/devices/android';
import { canBeUndone, fixRecordOf, reportOf } from '@holdfast/doctor';
import { openCatalogHere } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import { fixesOn, lookAgain, notRescued, undoKept } from '@holdfast/server';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES } from '#failures.ts';
import { formatMoment } from '#output/words.ts';
import { nameOf } from '#phones/name-of.ts';
import { openPhonesHere } from '#phones/open-phones.ts';
import { choosePhone } from '#sources/choose-phone.ts';
import { fixHere } from './fix.ts';
import { showIphoneGuide } from './iphone.ts';
import { ownDoctor } from './own.ts';
import { showRecord, showReport } from './show.ts';
import type { DoctorGiven } from './table.ts';

type Given = GivenOptions<DoctorGiven>;

/** Says what keeps Google Photos from backing up, or mends it. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const { fix, undo, records, self, iphone } = given;
  const asked = [fix !== undefined, undo !== undefined, records, self, iphone].filter(Boolean).length;
  if (asked > 1)
    throw new Failure(
      CLI_FAILURES.usage,
      'Only one of --fix, --undo, --records, --self and --iphone goes at a time',
      {
        hint: 'Leave the others out.',
      },
    );
  if (self) return await ownDoctor(context);
  const { host, screen, world } = context;
  if (iphone) {
    await showIphoneGuide(screen);
    return 0;
  }
  await using seen = await openPhonesHere(context, given.record);
  const { phone } = choosePhone(seen.phones, words[0], world, { canBeFolder: false });
  if (records) {
    const kept = await fixesOn(host, phone.device.id);
    for (const each of kept) await showRecord(fixRecordOf(each), screen, momentOf(each.at, host.timeZone));
    if (kept.length === 0) await screen.text('No fix was carried out on this phone.');
    return 0;
  }
  if (undo !== undefined) {
    await showRecord(fixRecordOf(await undoKept(host, phone, undo)), screen);
    return 0;
  }
  return fix === undefined ? await report(phone, given, context) : await fixHere(phone, fix, given, context);
}

/** When something was done, on the clocks here. */
const momentOf = (at: string, timeZone: string): string =>
  formatMoment(Temporal.Instant.from(at).epochNanoseconds, timeZone);

async function report(phone: AndroidPhone, given: Given, context: Context): Promise<ExitCode> {
  const { host, screen } = context;
  const { clock, signal } = host;
  using progress = screen.progress();
  progress.update(() => ({ phase: 'Asking', noun: ['question', 'questions'], items: { done: 0 } }));
  using catalog = await openCatalogHere(host);
  const examination = await lookAgain(phone, catalog, {
    clock,
    signal,
    mayInterrupt: given.readScreen,
    onAsk: ({ done }) =>
      progress.update(() => ({ phase: 'Asking', noun: ['question', 'questions'], items: { done } })),
  });
  progress.clear();
  const left = await notRescued(catalog, phone.device.id, examination.facts);
  const kept = await fixesOn(host, phone.device.id);
  const shown = reportOf(examination, left, kept);
  const name = await nameOf(phone.device, host);
  const cutOff = kept
    .filter(({ state }) => state.kind === 'begun')
    .filter(canBeUndone)
    .map(fixRecordOf);
  await showReport(shown, { name, hasEvidence: given.evidence, cutOff }, screen);
  return shown.verdict.kind === 'healthy' ? 0 : 3;
}
