import { ABSENT, type Told, told, unrecognised } from '../facts/told.ts';

/** What an app may do, as `cmd appops get PACKAGE OP` says it (AOSP `AppOpsService.java`): `allow`, `ignore`, … */
export type AppOpMode = string;

/**
 * The mode of an operation: a line `OP: mode`, with times after a `;` and maybe `Uid mode: ` before, which counts for all apps of
 * that user and comes first. `No operations.` is none: then it is what such operations begin with, if that is said.
 */
export function parseAppOp(output: string, op: string): Told<AppOpMode> {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  for (const line of lines) {
    const [, name, mode] = /^(?:Uid mode: )?(\w+): (\w+)(?:;.*)?$/.exec(line) ?? [];
    if (name === op && mode !== undefined) return told(mode);
  }
  if (!lines.includes('No operations.')) return unrecognised(output);
  const initial = lines.map((line) => /^Default mode: (\w+)$/.exec(line)?.[1]).find(Boolean);
  return initial === undefined ? ABSENT : told(initial);
}

/**
 * How `content insert --bind` takes a value with a `:` in it: `escaped` (newer ones split at each that has no `\` before it) or `raw`
 * (all behind the second). Told apart by what it complains of first when it is given {@link BIND_PROBE}, which changes nothing.
 */
export function parseBindDialect(output: string): Told<'escaped' | 'raw'> {
  if (output.includes('[ERROR] Binding not well formed: ')) return told('escaped');
  if (output.includes('[ERROR] Unsupported argument: --probe')) return told('raw');
  return unrecognised(output);
}

/** Words for which the tool complains of the value or, taking that, of what follows. */
export const BIND_PROBE: readonly string[] = [
  'content',
  'insert',
  '--uri',
  'content://probe',
  '--bind',
  'p:s:a:b',
  '--probe',
];
