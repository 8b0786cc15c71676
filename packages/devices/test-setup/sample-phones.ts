import { type AdbTransport, connectTcp } from '@holdfast/adb';
import type { SourceEntry, SourceFolder, SourceRecord } from '@holdfast/devices';
import {
  type AndroidPhone,
  type AndroidSource,
  type AndroidSourceOptions,
  androidSource,
  openPhone,
} from '@holdfast/devices/android';
import { concatBytes } from '@holdfast/kernel';
import {
  type Android,
  phoneOptions,
  type SampleOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';

const key = testerKey();

/** A simulated phone with apps, messages and so on, that was looked at. */
export interface SampleUnderTest extends AsyncDisposable {
  /** What it remembers: to be changed by tests. */
  readonly android: Android;
  readonly simulated: SimulatedPhone;
  readonly transport: AdbTransport;
  readonly phone: AndroidPhone;
  readonly source: AndroidSource;
}

/** Starts a phone and opens it, after `change`. */
export async function samplePhoneWith(
  sample: SampleOptions = {},
  change: (android: Android) => void = () => {},
  options: AndroidSourceOptions = {},
): Promise<SampleUnderTest> {
  const android = samplePhone({ photos: 0, ...sample });
  change(android);
  const simulated = await startPhone(phoneOptions(android));
  const transport = await connectTcp({ host: simulated.host, port: simulated.port, key });
  const phone = await openPhone(transport);
  const source = androidSource(phone, options);
  return {
    android,
    simulated,
    transport,
    phone,
    source,
    async [Symbol.asyncDispose]() {
      source[Symbol.dispose]();
      await transport[Symbol.asyncDispose]();
      await simulated[Symbol.asyncDispose]();
    },
  };
}

/** What a source gives of one folder of its root: listings, every file's bytes, and the records of those that are made. */
export interface Given {
  readonly folders: readonly SourceFolder[];
  readonly entries: ReadonlyMap<string, SourceEntry>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly records: ReadonlyMap<string, readonly SourceRecord[]>;
}

/** Walks a source and reads what is below a folder of its root. */
export async function given(source: AndroidSource, below: string): Promise<Given> {
  const folders: SourceFolder[] = [];
  const entries = new Map<string, SourceEntry>();
  for await (const folder of source.walk()) {
    if (folder.path !== below && !folder.path.startsWith(`${below}/`)) continue;
    folders.push(folder);
    for (const entry of folder.entries) entries.set(`${folder.path}/${entry.name}`, entry);
  }
  const files = new Map<string, Uint8Array>();
  const records = new Map<string, readonly SourceRecord[]>();
  for (const [path, entry] of entries) {
    if (entry.kind !== 'file') continue;
    const chunks = await Array.fromAsync(source.read(path), (chunk) => Uint8Array.from(chunk));
    files.set(path, concatBytes(chunks));
    records.set(path, source.recordsOf?.(path) ?? []);
  }
  return { folders, entries, files, records };
}
