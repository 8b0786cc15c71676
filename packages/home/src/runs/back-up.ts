import { type CapabilityReport, ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Source } from '@holdfast/devices';
import type { AndroidPhone } from '@holdfast/devices/android';
import { type BackupEvent, type BackupOptions, backup } from '@holdfast/engine/backup';
import type { OpenRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { keepLedgers, type Ledgers, NO_LEDGERS } from '#ledger/keep-ledgers.ts';
import { factsOf } from '#phones/facts.ts';
import { openOrCreate, openOrPretend } from '#repository/create.ts';
import type { ChosenSource } from '#sources/sources.ts';

/** What a backup tells: of a phone, before all else, what it gives and takes. */
export type BackUpEvent =
  | BackupEvent
  | {
      readonly kind: 'capabilities';
      readonly phone: AndroidPhone;
      readonly report: CapabilityReport;
      /** What of it is backed up. */
      readonly types: readonly ItemType[];
    };

/** How a device is backed up. */
export interface BackUpOptions
  extends Pick<BackupOptions, 'verify' | 'isDryRun' | 'allowEmpty' | 'excludes' | 'rules'> {
  /** Of a phone only these, as its source was made for; absent: all. */
  readonly types?: readonly ItemType[];
  /** How the program names itself in the snapshot. */
  readonly program: string;
  /** Gives the source that is backed up in place of the device's: without what rules leave out. */
  readonly decorate?: (source: Source) => Source;
  /** Where to; absent: the host's, created where nobody named one, and for a dry run only pretended. It may still be opening. */
  readonly repository?: PromiseLike<OpenRepository>;
  /** Where it is written down; absent: in the home folder's catalog, and nowhere for a dry run. */
  readonly ledgers?: Ledgers;
}

/**
 * Backs a device up, and writes down in the ledger what happens: as `backup` of the engine, whose state machine takes all events but
 * `capabilities`. Aborting `host.signal` stops it.
 */
export async function* backUp(
  host: Host,
  { source, phone }: ChosenSource,
  options: BackUpOptions,
): AsyncGenerator<BackUpEvent, void, undefined> {
  const { clock, isProcessAlive, signal, threads, timeZone } = host;
  const { decorate, isDryRun = false, ledgers: given, repository: opening, types, ...asked } = options;
  const repository = opening ?? openFor(host, isDryRun);
  using own = given === undefined && !isDryRun ? await keepLedgers(host) : NO_LEDGERS;
  let capabilities: CapabilityReport | undefined;
  if (phone !== undefined) {
    const { capabilitiesOf } = await import('@holdfast/devices/android');
    capabilities = await capabilitiesOf(phone, { clock, signal });
    yield { kind: 'capabilities', phone, report: capabilities, types: types ?? ITEM_TYPES };
  }
  const ledger = (given ?? own).begin(source, { types });
  const settings = {
    ...asked,
    clock,
    isProcessAlive,
    isDryRun,
    signal,
    timeZone,
    ...(threads !== undefined && { threads }),
    ...(types && { types }),
    ...(phone && { facts: factsOf(phone) }),
    ...(capabilities && { capabilities }),
    ...(ledger && { stored: ledger.stored, began: ledger.began }),
  };
  let isOver = false;
  try {
    for await (const event of backup(repository, decorate?.(source) ?? source, settings)) {
      ledger?.follow(event);
      yield event;
    }
    isOver = true;
  } catch (error) {
    isOver = true;
    ledger?.stop(error);
    throw error;
  } finally {
    // Nobody listens any more.
    if (!isOver) ledger?.stop(undefined);
  }
}

function openFor(host: Host, isDryRun: boolean): Promise<OpenRepository> {
  const opening = isDryRun ? openOrPretend(host) : openOrCreate(host).then(({ repository }) => repository);
  // Awaited by the backup; until then its failure is nobody's yet.
  opening.catch(() => {});
  return opening;
}
