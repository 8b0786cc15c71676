import { ownReport } from '@holdfast/doctor';
import { openCatalogHere } from '@holdfast/home';
import { ownFactsHere } from '@holdfast/server';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { openPhonesHere } from '#phones/open-phones.ts';
import { complaintText } from './show.ts';

/** Says what is wrong with Holdfast itself: its repository and drive, its runs and devices, and what was last checked. */
export async function ownDoctor(context: Context): Promise<ExitCode> {
  const { host, screen } = context;
  using catalog = await openCatalogHere(host);
  await using sight = await openPhonesHere(context, undefined);
  const report = ownReport(await ownFactsHere(host, catalog, sight.phones), 'command-line');
  await screen.result({ type: 'own-doctor', ...report }, undefined);
  await screen.text(shown(report.verdict.sentence));
  for (const complaint of report.complaints) await screen.text(`\n${complaintText(complaint, screen)}`);
  return report.complaints.length === 0 ? 0 : 3;
}
