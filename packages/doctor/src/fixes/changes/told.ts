import type { Told } from '@holdfast/devices/android';

/** A value that was read. */
export const told = (value: string): Told<string> => ({ kind: 'value', value });

/** There is none. */
export const ABSENT: Told<never> = { kind: 'absent' };

/** Text that is none we know. */
export const unrecognised = (raw: string): Told<never> => ({ kind: 'unrecognised', raw });
