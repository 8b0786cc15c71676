import type { Host } from '@holdfast/home';
import type { GlobalOptions } from '#arguments/global-options.ts';
import type { Screen } from '#output/screen.ts';
import type { World } from '#world.ts';

/** What a command gets besides its own words and options. */
export interface Context {
  readonly world: World;
  /** The same without streams, with the repository that was named: what a home folder is opened for. */
  readonly host: Host;
  readonly screen: Screen;
  readonly globals: GlobalOptions;
}
