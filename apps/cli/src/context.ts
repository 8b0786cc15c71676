import type { GlobalOptions } from '#arguments/global-options.ts';
import type { Screen } from '#output/screen.ts';
import type { World } from '#world.ts';

/** What a command gets besides its own words and options. */
export interface Context {
  readonly world: World;
  readonly screen: Screen;
  readonly globals: GlobalOptions;
}
