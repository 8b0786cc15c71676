import { stat } from 'node:fs/promises';
import { type Host, homeOf, openCatalogHere } from '@holdfast/home';
import { errnoOf, isFailure } from '@holdfast/kernel';

/** What may be wrong with the ledger while it is shown. */
export type LedgerTrouble = 'gone' | 'damaged';

/** Looks whether the ledger that is open is as it should be. */
export interface LedgerLook {
  /** What is wrong with it. */
  trouble(): Promise<LedgerTrouble | undefined>;
  /** Another was put in its place on purpose, and is open now. */
  renewed(): Promise<void>;
}

/**
 * Looks after the ledger that was opened just now. What an open file still shows says nothing: another may have taken its
 * place, and pages of it may be remembered that cannot be read any more.
 */
export async function ledgerLook(host: Host): Promise<LedgerLook> {
  const { catalog: path } = homeOf(host);
  let opened = await fileAt(path);
  const trouble: LedgerLook['trouble'] = async () => {
    if ((await fileAt(path)) !== opened) return 'gone';
    try {
      using catalog = await openCatalogHere(host);
      for (const { id } of await catalog.devices())
        await Promise.all([catalog.balance(id), catalog.runs(id, 1)]);
      return undefined;
    } catch (error) {
      if (!isFailure(error)) throw error;
      // A medium that fails and a program at work may be over in a moment.
      return error.retry === 'later' ? undefined : 'damaged';
    }
  };
  return {
    trouble,
    renewed: async () => {
      opened = await fileAt(path);
    },
  };
}

async function fileAt(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev} ${ino}`;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

/** True for trouble with the ledger itself, which backups go on without. */
export const isAboutLedger = (error: unknown): boolean =>
  isFailure(error) && error.code.startsWith('catalog/');
