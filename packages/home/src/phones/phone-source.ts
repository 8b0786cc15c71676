import { type AndroidPhone, type AndroidSource, androidSource } from '@holdfast/devices/android';
import type { Host } from '#host.ts';
import type { SourceChoice } from '#sources/sources.ts';

/** A phone as a source, to be disposed of when it was read. */
export const phoneSource = (
  phone: AndroidPhone,
  { excludes, types }: SourceChoice,
  { clock }: Pick<Host, 'clock'>,
): AndroidSource => androidSource(phone, { excludes, clock, ...(types && { types }) });
