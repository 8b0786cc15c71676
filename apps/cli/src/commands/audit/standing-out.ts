import { type JsonLineOf, reasonEntry } from '@holdfast/contract';
import type { AuditedItem } from '@holdfast/engine';
import { plainText } from '@holdfast/kernel';
import { type Screen, shown } from '#output/screen.ts';
import { formatBytes, formatCount } from '#output/words.ts';

/** So many of each group are listed for people. */
const MOST_LISTED = 20;

interface Group {
  readonly sentence: string;
  readonly remedy: string | undefined;
  readonly first: AuditedItem[];
  count: number;
}

/** Gathers what is in no backup, by why: for programs each thing at once, for people the first twenty of each group at the end. */
export class StandingOut {
  readonly #screen: Screen;
  readonly #groups = new Map<string, Group>();

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  async add(item: AuditedItem): Promise<void> {
    if (this.#screen.isJson) await this.#screen.result(auditedLine(item), undefined);
    if (item.verdict === 'in-backup') return;
    const { sentence, remedy } = wordsOf(item);
    let group = this.#groups.get(sentence);
    if (group === undefined) {
      group = { sentence, remedy, first: [], count: 0 };
      this.#groups.set(sentence, group);
    }
    group.count += 1;
    if (group.first.length < MOST_LISTED) group.first.push(item);
  }

  async print(): Promise<void> {
    for (const { sentence, remedy, first, count } of this.#groups.values()) {
      await this.#screen.text(`\n${this.#screen.style('yellow', sentence)} (${formatCount(count)})`);
      if (remedy !== undefined) await this.#screen.text(`→ ${remedy}`);
      for (const item of first) await this.#screen.text(describe(item));
      if (count > first.length)
        await this.#screen.text(`  … and ${formatCount(count - first.length)} more: use --json`);
    }
  }
}

const WHY = {
  new: 'In no backup: it came since the last one.',
  changed: 'In no backup: it was changed since the last one.',
} as const;

function wordsOf(item: Exclude<AuditedItem, { verdict: 'in-backup' }>): {
  readonly sentence: string;
  readonly remedy: string | undefined;
} {
  if (item.verdict === 'not-in-any-backup' && item.why !== 'set-aside')
    return { sentence: WHY[item.why], remedy: undefined };
  if (item.reason === undefined) return { sentence: 'In no backup.', remedy: undefined };
  const { sentence, remedy } = reasonEntry(item.reason);
  const what = item.verdict === 'cannot-tell' ? 'It cannot be told' : 'In no backup';
  return { sentence: `${what}: ${sentence}`, remedy };
}

function describe(item: AuditedItem): string {
  const { kind, title, path, sizeBytes } = item;
  const size = sizeBytes === undefined ? '' : `  ${formatBytes(sizeBytes)}`;
  const detail = item.verdict === 'in-backup' ? undefined : item.detail;
  const why = detail === undefined || detail === '' ? '' : `  (${plainText(detail, 200)})`;
  return `  ${kind.padEnd(8)}  ${shown(title ?? path)}${size}${why}`;
}

function auditedLine(item: AuditedItem): JsonLineOf<'audited'> {
  const { verdict } = item;
  if (verdict === 'in-backup' || item.reason === undefined) return { type: 'audited', ...item };
  const { sentence, remedy } = reasonEntry(item.reason);
  return { type: 'audited', ...item, sentence, ...(remedy !== undefined && { remedy }) };
}
