import type { LedgerItem } from '@holdfast/contract/api';

/** The first line of an export. */
export const CSV_HEAD = 'path,kind,title,bytes,modified,state,reason,sentence,since,sha256,proved\r\n';

/** An item as a line of comma-separated values (RFC 4180). */
export function csvLine(item: LedgerItem): string {
  const { path, kind, title, sizeBytes, modified, state, reason, sentence, since, sha256, receipt } = item;
  const cells = [path, kind, title, sizeBytes, modified, state, reason, sentence, since, sha256, receipt?.at];
  return `${cells.map((cell) => csvCell(String(cell ?? ''))).join(',')}\r\n`;
}

/** Names come from outside: what a spreadsheet would take for a formula gets a quote mark before it. */
function csvCell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
