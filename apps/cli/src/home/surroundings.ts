import type { Surroundings } from '@holdfast/repository';
import type { World } from '#world.ts';

/** The part of the world that a repository needs. */
export function surroundingsOf({ clock, random, identity }: World): Surroundings {
  return { clock, random, identity };
}
