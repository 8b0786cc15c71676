import { ownReport } from '@holdfast/doctor';
import {
  type Host,
  isHalfRebuilt,
  lookAtRepository,
  openCatalogHere,
  openHere,
  type RepositoryFacts,
} from '@holdfast/home';
import { type Failure, isFailure } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { complaintText } from './show.ts';

/** Says what is wrong with Holdfast itself, as far as the home folder shows it: runs and devices are the app's to watch. */
export async function ownDoctor({ host, screen }: Context): Promise<ExitCode> {
  using catalog = await openCatalogHere(host);
  const looked = await look(host);
  const isWell = !isFailure(looked);
  const devices = await catalog.devices();
  const report = ownReport(
    {
      now: host.clock.now(),
      runs: [],
      devices: [],
      notSeenDays: 0,
      hasBackups: isWell && looked.backups > 0,
      hasRecoveryKit: isWell && looked.hasRecoveryKit,
      freeBytes: isWell ? looked.freeBytes : undefined,
      repositoryProblem: problemIn(looked, devices.length > 0),
      isCatalogHalfRebuilt: await isHalfRebuilt(catalog),
    },
    'command-line',
  );
  await screen.result({ type: 'own-doctor', ...report }, undefined);
  await screen.text(shown(report.verdict.sentence));
  for (const complaint of report.complaints) await screen.text(`\n${complaintText(complaint, screen)}`);
  return report.complaints.length === 0 ? 0 : 3;
}

async function look(host: Host): Promise<RepositoryFacts | Failure> {
  try {
    return await lookAtRepository(host, () => openHere(host));
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
}

/** A repository that never was there is not missed. */
function problemIn(
  looked: RepositoryFacts | Failure,
  wasThere: boolean,
): { code: string; message: string; hint?: string } | undefined {
  if (isFailure(looked)) {
    const { code, message, hint } = looked;
    return { code, message, ...(hint !== undefined && { hint }) };
  }
  if (looked.isThere || !wasThere) return undefined;
  return {
    code: 'repository/missing',
    message: 'The place that backups are kept in is not there',
    hint: 'Connect its drive. Nothing is backed up until then.',
  };
}
