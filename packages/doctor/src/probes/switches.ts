import { ABSENT, type Told, told, unrecognised } from '@holdfast/devices/android';

/** What `settings get` says of a switch: one of the values known for it, or `null` where it was never set. */
export function parseSwitch(output: string, values: Readonly<Record<string, boolean>>): Told<boolean> {
  const text = output.replace(/\r?\n$/, '');
  if (text === 'null') return ABSENT;
  const value = Object.hasOwn(values, text) ? values[text] : undefined;
  return value === undefined || !output.endsWith('\n') ? unrecognised(output) : told(value);
}

/** A switch that is 0 or 1. */
export const OFF_OR_ON: Readonly<Record<string, boolean>> = { '0': false, '1': true };
