import type { Host } from '@holdfast/home';
import type { GlobalOptions } from '#arguments/global-options.ts';
import type { Screen } from '#output/screen.ts';
import type { World } from '#world.ts';

/** The host that a command line means: the repository it names, and its screen to tell and to ask on. */
export function hostOf(world: World, screen: Screen, { repository, passwordFile }: GlobalOptions): Host {
  const {
    stdin,
    stdout: _stdout,
    stderr: _stderr,
    openLink: _openLink,
    webFolder: _webFolder,
    ...machine
  } = world;
  const { signal } = world;
  return {
    ...machine,
    ...(repository !== undefined && { repository }),
    ...(passwordFile !== undefined && { passwordFile }),
    tell: { note: (text) => screen.note(text), trouble: (text) => screen.trouble(text) },
    ...(stdin.isTTY &&
      !screen.isJson && { askPassword: (question) => stdin.ask(question, { isSecret: true, signal }) }),
  };
}
