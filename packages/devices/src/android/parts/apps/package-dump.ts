import { ABSENT, type Told, told, unrecognised } from '../../facts/told.ts';

/** What the phone's package manager knows of an installed app, as it prints it. */
interface PackageFacts {
  readonly versionName?: string;
  readonly versionCode?: string;
  readonly installer?: string;
  readonly firstInstallTime?: string;
  readonly lastUpdateTime?: string;
}

type Fact = keyof PackageFacts;

/** Keys of lines `key=value`, and what of the line counts. */
const LINES: readonly (readonly [line: RegExp, fact: Fact])[] = [
  [/^versionName=(.+)$/, 'versionName'],
  [/^versionCode=(\d+)(?: |$)/, 'versionCode'],
  [/^installerPackageName=([\w.]+)$/, 'installer'],
  [/^firstInstallTime=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/, 'firstInstallTime'],
  [/^lastUpdateTime=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/, 'lastUpdateTime'],
];

const BLOCK = /^ {2}Package \[([\w.]+)\] \(/;
const USER = /^ {4}User (\d+): /;

/** A package without a version name. */
const NONE = 'null';

/** Looks a package up in a dump. */
export type Packages = (name: string) => Told<PackageFacts>;

/**
 * What `dumpsys package` says (AOSP `Settings.java`, `dumpPackageLPr`): a block a package. A package of the system that was updated
 * has a second one, of what it was: the first counts. From Android 14 on the time of installing is said of each user; ours is the
 * first. A block without the line of that user is cut off, and not understood.
 */
export function parsePackageDump(output: string): Packages {
  const blocks = new Map<string, Told<PackageFacts>>();
  let isTold = false;
  let name: string | undefined;
  let facts: Partial<Record<Fact, string>> = {};
  let user: string | undefined;
  let raw: string[] = [];
  const end = (): void => {
    if (name === undefined || blocks.has(name)) return;
    blocks.set(name, isTold ? told(facts) : unrecognised(raw.join('\n')));
  };
  const lines = output.split(/\r?\n/);
  // Without a line end it is not known whether there is more of it.
  lines.pop();
  for (const line of lines) {
    const found = BLOCK.exec(line)?.[1];
    if (found !== undefined || /^\S/.test(line)) {
      end();
      name = found;
      [facts, user, raw, isTold] = [{}, undefined, [], false];
      continue;
    }
    if (name === undefined) continue;
    raw.push(line);
    user = USER.exec(line)?.[1] ?? user;
    if (user === '0') isTold = true;
    if (user !== undefined && user !== '0') continue;
    for (const [pattern, fact] of LINES) {
      const value = pattern.exec(line.trim())?.[1];
      if (value !== undefined && value !== NONE) facts[fact] ??= value;
    }
  }
  end();
  if (blocks.size === 0) return () => unrecognised(output);
  return (asked) => blocks.get(asked) ?? ABSENT;
}
