/** The dump of one package, as the first user has it. */
export interface PackageBlock {
  /** Lines before those of users, trimmed. */
  readonly head: readonly string[];
  /** What the line of the first user says: `installed` → `true`. */
  readonly user: Readonly<Record<string, string>>;
  /** Runtime permissions of that user, by name. */
  readonly granted: Readonly<Record<string, boolean>>;
  /** Permissions the app asks for. */
  readonly requested: ReadonlySet<string>;
}

const USER = /^ {4}User (\d+): (.*)$/;
const GRANT = /^ {8,}([\w.]+): granted=(true|false)(?:, .*)?$/;

/**
 * The live block of a package in `dumpsys package` (AOSP `Settings.java`): the first, for one of an updated system app comes after it.
 * `missing` where there is none, `cut` where it does not end or does not say what is so for the first user.
 */
export function packageBlock(output: string, name: string): PackageBlock | 'missing' | 'cut' {
  const lines = output.split(/\r?\n/);
  // What is not ended is not whole.
  lines.pop();
  const from = lines.findIndex((line) => line.startsWith(`  Package [${name}] (`));
  if (from < 0) return 'missing';
  const length = lines.slice(from + 1).findIndex((line) => !/^ {3,}\S/.test(line));
  if (length < 0) return 'cut';
  const block = lines.slice(from + 1, from + 1 + length);
  const firstUser = block.findIndex((line) => USER.test(line));
  const at = block.findIndex((line) => USER.exec(line)?.[1] === '0');
  if (at < 0) return 'cut';
  const next = block.findIndex((line, place) => place > at && USER.test(line));
  const ofUser = block.slice(at, next < 0 ? block.length : next);
  const head = block.slice(0, firstUser);
  return {
    head: head.map((line) => line.trim()),
    user: wordsOf(USER.exec(ofUser[0] ?? '')?.[2] ?? ''),
    granted: grantsIn(ofUser),
    requested: requestedIn(head),
  };
}

const wordsOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]));

function grantsIn(lines: readonly string[]): Record<string, boolean> {
  const from = lines.findIndex((line) => line.trim() === 'runtime permissions:');
  const granted: Record<string, boolean> = {};
  if (from < 0) return granted;
  for (const line of lines.slice(from + 1)) {
    const [, name, value] = GRANT.exec(line) ?? [];
    if (name !== undefined) granted[name] = value === 'true';
  }
  return granted;
}

function requestedIn(head: readonly string[]): ReadonlySet<string> {
  const from = head.findIndex((line) => line.trim() === 'requested permissions:');
  const names = new Set<string>();
  if (from < 0) return names;
  for (const line of head.slice(from + 1)) {
    const name = /^ {6,}([\w.]+)(?:: .*)?$/.exec(line)?.[1];
    if (name === undefined) break;
    names.add(name);
  }
  return names;
}
