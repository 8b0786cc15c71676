import type { Catalog, Item } from '@holdfast/catalog';
import { reasonEntry } from '@holdfast/contract';
import type { LedgerItem } from '@holdfast/contract/api';
import type { SettingsFile } from '@holdfast/home';
import { visibleText } from '@holdfast/kernel';
import type { FastifyInstance } from 'fastify';
import { operation } from '../operation.ts';
import type { Board } from './board.ts';

/** What the ledger's routes need. */
export interface LedgerDeps {
  readonly catalog: Catalog;
  readonly settings: Pick<SettingsFile, 'rulesOf'>;
  readonly board: Pick<Board, 'known'>;
}

/** Registers what a person can see of single items. */
export function ledgerRoutes(app: FastifyInstance, { catalog, settings, board }: LedgerDeps): void {
  operation(app, 'items', async ({ params: { device }, query }) => {
    await board.known(device);
    const { states, reasons, kinds, under, text, gone, after, limit } = query;
    const page = await catalog.items(
      device,
      {
        ...(states && { states }),
        ...(reasons && { reasons }),
        ...(kinds && { kinds }),
        ...(under !== undefined && under !== '' && { pathPrefix: under }),
        ...(text !== undefined && text !== '' && { text }),
        ...(gone !== 'true' && { isGone: gone === 'only' }),
      },
      { after, limit },
    );
    return { items: page.items.map(ledgerItem), ...(page.next !== undefined && { next: page.next }) };
  });
  operation(app, 'counts', async ({ params: { device } }) => {
    await board.known(device);
    const { present, gone } = await catalog.balance(device);
    return { present, gone, rows: await catalog.counts(device) };
  });
  operation(app, 'deviceFolders', async ({ params: { device }, query: { under } }) => {
    await board.known(device);
    const prefix = under.replace(/\/+$/, '');
    const off = new Set(settings.rulesOf(device).foldersOff);
    // A folder that is switched off is no folder of the last listing any more.
    const paths = new Set([
      ...(await catalog.foldersIn(device, prefix)),
      ...[...off].filter((path) => parentOf(path) === prefix),
    ]);
    return {
      folders: [...paths].toSorted().map((path) => ({
        path,
        name: visibleText(path.slice(path.lastIndexOf('/') + 1), 255),
        isOff: off.has(path),
      })),
    };
  });
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Largest time that a date can hold, in milliseconds. */
const LAST_MS = 8.64e15;

function ledgerItem(item: Item): LedgerItem {
  const { path, kind, title, sizeBytes, mtimeNs, state, reason, detail, since, goneSince, sha256, receipt } =
    item;
  const { sentence, remedy } = reasonEntry(reason);
  const modified = mtimeNs === undefined ? undefined : timeOf(mtimeNs);
  return {
    path,
    kind,
    ...(title !== undefined && { title }),
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(modified !== undefined && { modified }),
    state,
    reason,
    sentence,
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
    since: since.toString(),
    ...(goneSince !== undefined && { goneSince: goneSince.toString() }),
    ...(sha256 !== undefined && { sha256 }),
    ...(receipt !== undefined && {
      receipt: {
        at: receipt.at.toString(),
        ...(receipt.snapshot !== undefined && { snapshot: receipt.snapshot }),
        ...(receipt.proved !== undefined && { proved: receipt.proved }),
      },
    }),
  };
}

/** Files may claim any time: one of year 12,000 is none that can be shown. */
function timeOf(ns: bigint): string | undefined {
  const ms = Number(ns / 1_000_000n);
  if (Math.abs(ms) > LAST_MS) return undefined;
  const text = Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return /^\d{4}-/.test(text) ? text : undefined;
}
