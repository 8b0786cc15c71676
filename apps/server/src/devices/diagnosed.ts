import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { isFailure } from '@holdfast/kernel';
import type { DiagnosticsFacts } from '../diagnostics/facts.ts';
import type { Parts } from '../routes.ts';

/** Runs that diagnostics tell of. */
const LAST_RUNS = 50;

/** All that diagnostics are made of, as it is now; what of it may be told is chosen later. */
export async function diagnosed(parts: Parts): Promise<DiagnosticsFacts> {
  const { host, version, board, catalog, settings, watcher, runs, care, alerts, decisions } = parts;
  const cards = await board.cards();
  const devices = cards.map(async (card) => {
    const { id } = card.device;
    const decision = decisions.get(id);
    return {
      card,
      facts: (await board.known(id)).facts,
      rules: settings.rulesOf(id),
      counts: await catalog.counts(id),
      heldBy: decision?.kind === 'hold' ? decision.rule : undefined,
    };
  });
  return {
    now: host.clock.now(),
    version,
    machine: {
      node: process.version,
      platform: platform(),
      release: release(),
      architecture: arch(),
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    devices: await Promise.all(devices),
    strangers: watcher.strangers,
    runs: runs.list().slice(0, LAST_RUNS),
    repository: await care.view().catch((error: unknown) => {
      if (!isFailure(error)) throw error;
      return { failure: error.code };
    }),
    alerts: alerts.alerts,
    settings: settings.settings,
  };
}
