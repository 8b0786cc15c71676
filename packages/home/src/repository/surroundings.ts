import type { Surroundings } from '@holdfast/repository';
import type { Machine } from '#host.ts';

/** The part of the machine that a repository needs. */
export function surroundingsOf({ clock, random, identity }: Machine): Surroundings {
  return { clock, random, identity };
}
