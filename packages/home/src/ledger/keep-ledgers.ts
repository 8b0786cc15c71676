import type { Catalog, Ledger } from '@holdfast/catalog';
import type { Source } from '@holdfast/devices';
import type { BackupEvent, BackupOptions } from '@holdfast/engine/backup';
import { type Clock, isFailure, plainText } from '@holdfast/kernel';
import type { Host, Tell } from '#host.ts';
import { followBackup } from './follow-backup.ts';
import { openCatalogHere } from './with-catalog.ts';

/** One backup's hand on the ledger. Trouble with the ledger is told once, and never stops the backup. */
interface RunLedger {
  /** When it says the backup began. */
  readonly began: Temporal.Instant;
  readonly stored: NonNullable<BackupOptions['stored']>;
  follow(event: BackupEvent): void;
  /** The backup ended before it was done. */
  stop(error: unknown): void;
}

/** The ledgers of the backups of one command. */
export interface Ledgers extends Disposable {
  begin(source: Source, asked: { readonly types?: readonly string[] | undefined }): RunLedger | undefined;
}

/** Opens the catalog for backups. Where that cannot be done it is told, and no ledger begins: it can be made again at any time. */
export async function keepLedgers(host: Host): Promise<Ledgers> {
  const trouble = troubleTeller(host.tell);
  const catalog = await trouble.attempt(() => openCatalogHere(host));
  return catalog === undefined ? NO_LEDGERS : ledgersOn(catalog, host.clock, trouble);
}

/** Of backups that no ledger is kept of: dry runs. */
export const NO_LEDGERS: Ledgers = { begin: () => undefined, [Symbol.dispose]: () => {} };

/** The ledgers in a catalog, which is closed with them. */
export function ledgersOn(catalog: Catalog, clock: Clock, trouble: TroubleTeller): Ledgers {
  return {
    begin(source, { types }) {
      const began = clock.now();
      const ledger = trouble.attemptNow(() => catalog.beginRun(source.device, { kind: 'backup', began }));
      return ledger && { began, ...following(ledger, types !== undefined, trouble.attemptNow) };
    },
    [Symbol.dispose]: () => catalog.close(),
  };
}

/** Does work, and where that fails tells it once and never stops what it is for. */
export interface TroubleTeller {
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  readonly attemptNow: <T>(work: () => T) => T | undefined;
}

function following(
  ledger: Ledger,
  isSelective: boolean,
  attempt: TroubleTeller['attemptNow'],
): Omit<RunLedger, 'began'> {
  return {
    stored: (path, { sizeBytes, mtimeNs }) => attempt(() => ledger.known(path, sizeBytes, mtimeNs)),
    follow: (event) => attempt(() => followBackup(ledger, event, isSelective)),
    stop: (error) => attempt(() => ledger.stopped(isFailure(error) ? error : undefined)),
  };
}

/** One that tells there. */
function troubleTeller({ trouble }: Pick<Tell, 'trouble'>): TroubleTeller {
  let isTold = false;
  const tell = (error: unknown): undefined => {
    if (!isFailure(error)) throw error;
    if (!isTold)
      trouble(
        `The ledger is not kept: ${plainText(error.message, 300)}. The backup goes on. ${error.hint ?? 'Run "holdfast rebuild" afterwards.'}`,
      );
    isTold = true;
  };
  return {
    attempt: <T>(work: () => Promise<T>): Promise<T | undefined> => work().catch(tell),
    attemptNow: <T>(work: () => T): T | undefined => {
      if (isTold) return undefined;
      try {
        return work();
      } catch (error) {
        return tell(error);
      }
    },
  };
}
