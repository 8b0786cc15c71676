import { type ReasonCode, reasonEntry } from '@holdfast/contract';
import type { RunItem } from '@holdfast/contract/api';
import type { AuditedItem, AuditSummary } from '@holdfast/engine';
import { auditHere, type ChosenSource, type Host } from '@holdfast/home';
import type { Progress, Runner } from '../runs/runner.ts';
import { formatCount, plural } from '../words.ts';

/** What an audit needs. */
export interface AuditDeps {
  readonly host: Host;
  /** Opens a device in sight, as its rules choose; disposed of when done. */
  readonly openSource: (device: string, signal: AbortSignal) => Promise<ChosenSource & AsyncDisposable>;
}

/** Says what is on a device and in no backup. */
export function auditRunner({ host, openSource }: AuditDeps): Runner<'audit'> {
  return async ({ device }, tools) => {
    const { signal } = tools;
    let progress: Progress = { phase: 'connecting', items: { done: 0 }, bytes: { done: 0 } };
    tools.report(() => progress);
    await using opened = await openSource(device, signal);
    let [looked, hashed, hashedBytes] = [0, 0, 0];
    let total = { files: 0, bytes: 0 };
    for await (const event of auditHere({ ...host, signal }, opened, { isThorough: false })) {
      switch (event.kind) {
        case 'opened':
        case 'unread':
          break;
        case 'looked':
          looked += event.items;
          progress = { phase: 'looking', items: { done: looked }, bytes: { done: 0 } };
          break;
        case 'doubtful':
          total = { files: event.files, bytes: event.bytes };
          break;
        case 'hashed':
          hashed += 1;
          hashedBytes += event.bytes;
          progress = {
            phase: 'comparing',
            items: { done: hashed, total: total.files },
            bytes: { done: hashedBytes, total: total.bytes },
          };
          break;
        case 'item': {
          const item = itemOf(event.item);
          if (item !== undefined) tools.setAside(item);
          break;
        }
        case 'done':
          return {
            sentence: sentenceOf(event.summary),
            progress: { ...progress, balance: balanceOf(event.summary) },
          };
        default:
          event satisfies never;
      }
      tools.report(() => progress);
    }
    throw new Error('an audit ended without its summary');
  };
}

/** What is in a backup is nothing to tell. */
function itemOf(item: AuditedItem): RunItem | undefined {
  const { path, title } = item;
  switch (item.verdict) {
    case 'in-backup':
      return undefined;
    case 'cannot-tell':
      return { path, ...(title !== undefined && { title }), ...words(item.reason), ...detailOf(item) };
    case 'not-in-any-backup':
      return {
        path,
        ...(title !== undefined && { title }),
        // What no backup has for no reason waits for the next one.
        ...words(item.reason ?? 'discovered'),
        ...detailOf(item),
      };
    default:
      return item satisfies never;
  }
}

const detailOf = ({ detail }: { readonly detail?: string }): { detail?: string } =>
  detail === undefined ? {} : { detail };

function words(reason: ReasonCode): Pick<RunItem, 'state' | 'reason' | 'sentence' | 'remedy'> {
  const { state, sentence, remedy } = reasonEntry(reason);
  return { state, reason, sentence, ...(remedy !== undefined && { remedy }) };
}

function sentenceOf({ found, notInAnyBackup, cannotTell }: AuditSummary): string {
  if (notInAnyBackup + cannotTell === 0) return `All ${plural(found, 'item')} are in a backup.`;
  const unknown = cannotTell === 0 ? '' : ` Of ${plural(cannotTell, 'item')} it cannot be told.`;
  return `${plural(notInAnyBackup, 'item')} of ${formatCount(found)} in no backup.${unknown}`;
}

/** `found` is the sum of the others. */
const balanceOf = ({ found, inBackup, notInAnyBackup, cannotTell }: AuditSummary) => ({
  found,
  verified: inBackup,
  waiting: notInAnyBackup,
  skipped: cannotTell,
  failed: 0,
});
