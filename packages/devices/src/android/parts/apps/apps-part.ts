import { RemoteFiles, runShell } from '@holdfast/adb';
import { type ByteSource, decodeName, mapOrdered } from '@holdfast/kernel';
import { type AppFacts, formatAppFacts } from '@holdfast/records';
import type { SourceEntry, SourceFile, SourceFolder } from '#source.ts';
import { unlessSilent } from '../../content/silence.ts';
import { outputOf } from '../../facts/output.ts';
import { valueOf } from '../../facts/told.ts';
import { entryOf, problemEntry } from '../../files/entry.ts';
import { notAFile } from '../../reading/failures.ts';
import { FileReader } from '../../reading/file-reader.ts';
import {
  listed,
  madeFile,
  ownFolder,
  type PartOptions,
  type SourcePart,
  ToldRecords,
  toldRecord,
} from '../part.ts';
import { type Packages, parsePackageDump } from './package-dump.ts';
import { nameOfFile, parsePackageList, parsePackagePaths } from './package-list.ts';

const NAME = 'apps';
const FACTS = 'app.json';
const BYTES_EACH = 500;

/** Programs that are started on the phone at once. */
const ASKED_AT_ONCE = 4;

/** Most that is printed of all packages: some ten kilobytes each, and there are hundreds. */
const MOST_BYTES = 128 * 1024 * 1024;

interface App {
  readonly name: string;
  readonly entries: readonly SourceEntry[];
  /** Paths on the phone, by the name of the file. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Apps that the person installed: their package files as the phone has them, and what it knows of each in `app.json`. */
export function appsPart({ phone, link, clock }: PartOptions): SourcePart {
  const { transport } = phone;
  const options = clock === undefined ? {} : { clock };
  const told = new ToldRecords();
  const reader = new FileReader(transport, options);
  let apps: ReadonlyMap<string, App> = new Map();
  let dump: Promise<Packages> | undefined;

  async function* find(signal: AbortSignal | undefined): AsyncGenerator<App | SourceEntry, void, undefined> {
    const words = ['pm', 'list', 'packages', '-f', '-3', '--user', '0'];
    const { stdout, stderr } = await outputOf(transport, words, options, signal);
    const names = valueOf(parsePackageList(stdout));
    if (names === undefined) {
      yield problemEntry('packages', 'read-error', (stderr === '' ? stdout : stderr).slice(0, 500));
      return;
    }
    yield* mapOrdered(names, ASKED_AT_ONCE, (name, asking) => appOf(name, asking), signal);
  }

  async function appOf(name: string, signal: AbortSignal): Promise<App | SourceEntry> {
    await link.slots.take(signal);
    let output: string;
    try {
      ({ stdout: output } = await outputOf(transport, ['pm', 'path', '--user', '0', name], options, signal));
    } finally {
      link.slots.give();
    }
    const found = valueOf(parsePackagePaths(output));
    if (found === undefined)
      return problemEntry(name, output.trim() === '' ? 'vanished' : 'read-error', output.slice(0, 500));
    const paths = new Map(found.map((path) => [nameOfFile(path), path]));
    const entries: SourceEntry[] = [madeFile(FACTS, 1, BYTES_EACH, clock)];
    const looks = new RemoteFiles(transport, options).stat(found, signal);
    for await (const look of looks) entries.push(packageFile({ ...look, name: nameOfFile(look.path) }));
    return { name, entries, paths };
  }

  async function* factsOf(app: App, signal: AbortSignal | undefined): ByteSource {
    const facts = valueOf((await (dump ??= dumpPackages(signal)))(app.name)) ?? {};
    const apks = app.entries.filter((entry) => entry.kind === 'file' && entry.name !== FACTS) as SourceFile[];
    const record: AppFacts = {
      kind: 'app',
      package: app.name,
      ...facts,
      apks: apks.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    };
    yield formatAppFacts(record);
  }

  /** One for all apps: asking for each takes longer than all of them. */
  async function dumpPackages(signal: AbortSignal | undefined): Promise<Packages> {
    try {
      const words = ['dumpsys', 'package', 'packages'];
      const { stdout } = await runShell(transport, words, {
        mostBytes: MOST_BYTES,
        ...options,
        ...(signal && { signal }),
      });
      return parsePackageDump(decodeName(stdout));
    } catch (error) {
      const silent = new Error('the package manager is silent');
      const failure = await unlessSilent(link, error, () => silent, signal);
      if (failure !== silent) throw failure;
      // Less is known of the apps then; their files are the same.
      return parsePackageDump('');
    }
  }

  return {
    name: NAME,
    async *walk(signal): AsyncGenerator<SourceFolder, void, undefined> {
      dump = undefined;
      const found = await Array.fromAsync(find(signal));
      const isApp = (each: App | SourceEntry): each is App => 'paths' in each;
      apps = new Map(found.filter(isApp).map((app) => [app.name, app]));
      yield listed(
        NAME,
        found.map((each) => (isApp(each) ? ownFolder(each.name) : each)),
      );
      for (const { name, entries } of apps.values()) yield listed(`${NAME}/${name}`, entries);
    },
    async *read(path, signal) {
      const [, name = '', file = ''] = path.split('/');
      const app = apps.get(name);
      if (app === undefined) throw notAFile(path);
      if (file === FACTS) {
        yield* told.reading(path, async function* (tell) {
          for await (const bytes of factsOf(app, signal)) yield bytes;
          tell(toldRecord({ kind: 'app', package: name, apks: [] }, 'app'));
        });
        return;
      }
      const remotePath = app.paths.get(file);
      if (remotePath === undefined) throw notAFile(path);
      yield* reader.read(remotePath, signal);
    },
    recordsOf: (path) => told.of(path),
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}

/** A package file is no item of its own; it is the same as long as its time is. */
function packageFile(look: Parameters<typeof entryOf>[0]): SourceEntry {
  const entry = entryOf(look);
  if (entry.kind === 'link') return problemEntry(entry.name, 'read-error', 'a link');
  return entry.kind === 'file' ? { ...entry, made: { items: 0, isFixed: true } } : entry;
}
