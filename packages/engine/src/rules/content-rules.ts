import { formatBytes, type ItemType, type ReasonCode } from '@holdfast/contract';
import { fileKindOf, type SourceEntry, type SourceFile, TYPE_OF_FILE } from '@holdfast/devices';
import { visibleText } from '@holdfast/kernel';

/** What of a device is left out. Paths are the source's, which are the ledger's. */
export interface ContentRules {
  /** Absent: all. Of files; a source makes records only of types it was itself asked for. */
  readonly types?: readonly ItemType[] | undefined;
  readonly foldersOff?: readonly string[] | undefined;
  readonly maxSizeBytes?: number | undefined;
  /** `2026-01-31`: only files changed on this day or later, by the clock of `timeZone`. */
  readonly newerThan?: string | undefined;
  readonly items?: readonly { readonly path: string; readonly what: 'skip' | 'hold' }[] | undefined;
}

/** Why an entry is left out. */
export interface RuledOut {
  readonly reason: ReasonCode;
  /** Names the rule. */
  readonly detail: string;
}

/** Rules, ready to be asked. */
export interface Judge {
  /** What alone the paths of things right inside a folder decide, by name; `undefined` where no rule names any of them. */
  named(folder: string): ReadonlyMap<string, RuledOut> | undefined;
  /** What a file's type, size and time decide; absent when no rule looks at them. */
  readonly file?: ((file: SourceFile) => RuledOut | undefined) | undefined;
}

/** Gives rules as something to be asked, or `undefined` when they leave nothing out. `timeZone` is an IANA name. */
export function judgeBy(rules: ContentRules, timeZone: string): Judge | undefined {
  const named = namedOut(rules);
  const file = fileJudge(rules, timeZone);
  if (named.size === 0 && file === undefined) return undefined;
  return { named: (folder) => named.get(folder), file };
}

/** The rule that leaves an entry out, if one does: what names it goes before what it is like. */
export function ruledOut(judge: Judge, folder: string, entry: SourceEntry): RuledOut | undefined {
  if (entry.kind === 'problem') return undefined;
  const byName = judge.named(folder)?.get(entry.name);
  if (byName !== undefined)
    return byName.reason === 'rule-folder' && entry.kind !== 'folder' ? undefined : byName;
  return entry.kind === 'file' ? judge.file?.(entry) : undefined;
}

/** What rules say in words, in an order of their own: two that say the same have the same words. */
export function wordsOf(rules: ContentRules): string[] {
  const { foldersOff = [], maxSizeBytes, newerThan, items = [] } = rules;
  return [
    ...foldersOff.map((path) => `folder ${path} off`),
    ...(maxSizeBytes === undefined ? [] : [`at most ${maxSizeBytes} bytes`]),
    ...(newerThan === undefined ? [] : [`since ${newerThan}`]),
    ...items.map(({ path, what }) => `${what} ${path}`),
  ].toSorted();
}

function namedOut({ foldersOff = [], items = [] }: ContentRules): Map<string, Map<string, RuledOut>> {
  const byFolder = new Map<string, Map<string, RuledOut>>();
  const add = (path: string, ruled: RuledOut): void => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, slash));
    const names = byFolder.get(folder) ?? new Map<string, RuledOut>();
    names.set(path.slice(slash + 1), ruled);
    byFolder.set(folder, names);
  };
  for (const { path, what } of items)
    add(
      path,
      what === 'skip'
        ? { reason: 'rule-item', detail: 'chosen to be skipped' }
        : { reason: 'held', detail: 'chosen to be held back' },
    );
  for (const path of foldersOff)
    add(path, {
      reason: 'rule-folder',
      detail: `folder ${visibleText(lastName(path), 100)} is switched off`,
    });
  return byFolder;
}

function fileJudge(
  { types, maxSizeBytes, newerThan }: ContentRules,
  timeZone: string,
): ((file: SourceFile) => RuledOut | undefined) | undefined {
  const chosen = new Set(types);
  const isEveryType = types === undefined || Object.values(TYPE_OF_FILE).every((type) => chosen.has(type));
  if (isEveryType && maxSizeBytes === undefined && newerThan === undefined) return undefined;
  const firstNs = newerThan === undefined ? undefined : startOf(newerThan, timeZone);
  const bySize: RuledOut | undefined =
    maxSizeBytes === undefined
      ? undefined
      : { reason: 'rule-size', detail: `larger than ${formatBytes(maxSizeBytes)}` };
  const byAge: RuledOut = { reason: 'rule-age', detail: `changed before ${newerThan}` };
  return ({ name, sizeBytes, mtimeNs, made }) => {
    // What a made file is like says nothing of the records in it.
    if (made !== undefined) return undefined;
    const type = TYPE_OF_FILE[fileKindOf(name)];
    if (!isEveryType && !chosen.has(type)) return { reason: 'rule-type', detail: type };
    if (maxSizeBytes !== undefined && sizeBytes > maxSizeBytes) return bySize;
    return firstNs !== undefined && mtimeNs < firstNs ? byAge : undefined;
  };
}

const startOf = (day: string, timeZone: string): bigint =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochNanoseconds;

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
