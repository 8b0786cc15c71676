import type { Item } from '@holdfast/catalog';
import { type JsonLineOf, type ReasonCode, reasonEntry } from '@holdfast/contract';
import { plainText } from '@holdfast/kernel';
import { formatTime, shortId } from '@holdfast/restic-format';
import { type Screen, shown } from '#output/screen.ts';
import { formatMoment } from '#output/words.ts';

const STYLE = { verified: 'green', waiting: 'yellow', skipped: 'dim', failed: 'red' } as const;

/** What a reason says, and what to do about it. */
export function reasonText(code: ReasonCode, screen: Screen): string {
  const { state, sentence, remedy } = reasonEntry(code);
  const head = `${screen.style(STYLE[state], state)}: ${sentence}`;
  return remedy === undefined ? head : `${head}\n→ ${remedy}`;
}

/** An item, below its reason. */
export function itemText(item: Item, timeZone: string): string {
  const { path, kind, title, detail, since, goneSince, state, receipt } = item;
  const moment = ({ epochNanoseconds }: Temporal.Instant): string => formatMoment(epochNanoseconds, timeZone);
  const more = [
    detail === undefined || detail === '' ? '' : plainText(detail),
    goneSince === undefined ? '' : `gone since ${moment(goneSince)}`,
    receipt?.snapshot === undefined
      ? ''
      : `${state === 'verified' ? 'backup' : 'as it was before: backup'} ${shortId(receipt.snapshot)}`,
  ].filter((text) => text !== '');
  const what = title === undefined ? shown(path) : shown(title);
  const tail = more.length === 0 ? '' : `  (${more.join(', ')})`;
  return `  since ${moment(since)}  ${kind.padEnd(8)}  ${what}${tail}`;
}

/** The same for programs. */
export function itemLine(item: Item): JsonLineOf<'item'> {
  const { path, kind, title, sizeBytes, mtimeNs, state, reason, detail, since, goneSince, sha256, receipt } =
    item;
  const { sentence, remedy } = reasonEntry(reason);
  return {
    type: 'item',
    path,
    kind,
    ...(title !== undefined && { title }),
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(mtimeNs !== undefined && { modified: formatTime(mtimeNs) }),
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
        run: receipt.run,
        at: receipt.at.toString(),
        ...(receipt.snapshot !== undefined && { snapshot: receipt.snapshot }),
        ...(receipt.proved !== undefined && { proved: receipt.proved }),
      },
    }),
  };
}
