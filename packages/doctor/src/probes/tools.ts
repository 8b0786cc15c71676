import { type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import type { ToolFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';

/** Android 10. */
const SCANS_VOLUMES = 29;

/** What `cmd package help` lists (AOSP `PackageManagerShellCommand.java`). */
export function parseTools(help: string, sdk: number | undefined): Told<ToolFacts> {
  const lines = help.split(/\r?\n/).map((line) => line.trim());
  const isHelp =
    lines.some((line) => /^clear( |$)/.test(line)) && lines.some((line) => /^path( |$)/.test(line));
  if (!isHelp || sdk === undefined) return unrecognised(help);
  return told({
    canClearCacheOnly: lines.some((line) => /^clear .*--cache-only/.test(line)),
    canRemoveUpdatesOfOne: lines.some((line) => /^uninstall-system-updates \[?<?PACKAGE/i.test(line)),
    canScanVolumes: sdk >= SCANS_VOLUMES,
  });
}

/** What the phone's own tools can do. */
export const toolsProbe = commandProbe({
  name: 'tools',
  title: 'What can be mended from here',
  commands: () => [['cmd', 'package', 'help']],
  parse: ([help = ''], { facts }) => parseTools(help, valueOf(facts.sdk)),
  worth: (output) =>
    output
      .split('\n')
      .filter((line) => /^\s*(?:clear|uninstall-system-updates)\b/.test(line))
      .join('\n'),
});
