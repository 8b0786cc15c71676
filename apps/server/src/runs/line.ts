import type { RunKind } from './runner.ts';

/** A run that is under way or wants to be. */
export interface InLine {
  readonly kind: RunKind;
  /** Of what is done with one device. */
  readonly device?: { readonly id: string; readonly name: string } | undefined;
}

/** So many devices at a time: two phones keep two cores and a drive busy. */
const MOST_DEVICES = 2;

/** Runs that rewrite the repository, or the ledger, and have both for themselves. */
const ALONE: ReadonlySet<RunKind> = new Set(['forget', 'prune', 'rebuild']);

/** What a run has to wait for before it may begin, as a sentence; `undefined`: it may. `ahead` are those under way, and those that came before it and wait in the line. */
export function waitsInLine(run: InLine, ahead: readonly InLine[]): string | undefined {
  if (ALONE.has(run.kind)) return ahead.length > 0 ? 'Waits until the other runs are done.' : undefined;
  const alone = ahead.find(({ kind }) => ALONE.has(kind));
  if (alone !== undefined)
    return alone.kind === 'rebuild'
      ? 'Waits until the ledger is made again.'
      : 'Waits until the repository is tidied up.';
  if (run.device === undefined)
    return ahead.some(({ kind }) => kind === run.kind) ? 'Waits until the one before it is done.' : undefined;
  const { id, name } = run.device;
  if (ahead.some(({ device }) => device?.id === id)) return `Waits until ${name} is free.`;
  const devices = ahead.filter(({ device }) => device !== undefined).length;
  return devices >= MOST_DEVICES ? 'Waits until another device is done.' : undefined;
}
