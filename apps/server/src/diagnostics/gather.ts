import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import type { Catalog } from '@holdfast/catalog';
import type { Alert, Card, RepositoryCare, Run, Stranger } from '@holdfast/contract/api';
import type { Decision } from '@holdfast/engine';
import type { SettingsFile } from '@holdfast/home';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { DiagnosedDevice, DiagnosticsFacts } from './facts.ts';

/** Where diagnostics come from. */
export interface DiagnosticsSources {
  readonly clock: Clock;
  readonly version: string;
  readonly catalog: Pick<Catalog, 'devices' | 'counts'>;
  readonly settings: Pick<SettingsFile, 'settings' | 'rulesOf'>;
  readonly board: { cards(): Promise<readonly Card[]> };
  readonly strangers: () => readonly Stranger[];
  readonly runs: { list(): readonly Run[] };
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly alerts: () => readonly Alert[];
  readonly care: { view(): Promise<RepositoryCare> };
}

/** Gathers all that is known: what of it may be told is for `diagnosticsText`. */
export async function gatherDiagnostics(sources: DiagnosticsSources): Promise<DiagnosticsFacts> {
  const { clock, version, catalog, settings, board, decisions } = sources;
  const facts = new Map((await catalog.devices()).map((device) => [device.id, device.facts]));
  const devices: DiagnosedDevice[] = [];
  for (const card of await board.cards()) {
    const { id } = card.device;
    const decision = decisions.get(id);
    devices.push({
      card,
      facts: facts.get(id) ?? {},
      rules: settings.rulesOf(id),
      counts: await catalog.counts(id),
      heldBy: decision?.kind === 'hold' ? decision.rule : undefined,
    });
  }
  return {
    now: clock.now(),
    version,
    machine: {
      node: process.version,
      platform: platform(),
      release: release(),
      architecture: arch(),
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    devices,
    strangers: sources.strangers(),
    runs: sources.runs.list(),
    repository: await sources.care.view().catch(failureOf),
    alerts: sources.alerts(),
    settings: settings.settings,
  };
}

function failureOf(error: unknown): { readonly failure: string } {
  if (!isFailure(error)) throw error;
  return { failure: error.code };
}
