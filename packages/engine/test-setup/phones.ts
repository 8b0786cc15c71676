import { connectTcp } from '@holdfast/adb';
import {
  type AndroidFiles,
  type AndroidFilesOptions,
  type AndroidSource,
  type AndroidSourceOptions,
  androidFiles,
  androidSource,
  openPhone,
} from '@holdfast/devices/android';
import { decodeName, encodeName } from '@holdfast/kernel';
import {
  type Android,
  contentBytes,
  type PhoneFolder,
  type PhoneOptions,
  type PhoneShell,
  phoneFolder,
  phoneOptions,
  type SampleOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';

const key = testerKey();

/** A simulated phone and its files as a source. */
export interface PhoneUnderTest extends AsyncDisposable {
  readonly phone: SimulatedPhone;
  readonly source: AndroidFiles;
}

/** A shell that knows the phone's serial number, and may list nothing. */
const sayingWho: PhoneShell = async (line, { out, err }) => {
  if (decodeName(line) === "'getprop'") {
    await out(encodeName('[ro.serialno]: [R58M123ABC]\n'));
    return 0;
  }
  await err(encodeName('Permission denied\n'));
  return 1;
};

/** Starts a phone with this as its own storage, and opens its files. */
export async function phoneWith(
  storage: PhoneFolder,
  options: Omit<PhoneOptions, 'root'> = {},
  files: AndroidFilesOptions = {},
): Promise<PhoneUnderTest> {
  const root = phoneFolder({ storage: phoneFolder({ emulated: phoneFolder({ '0': storage }) }) });
  const phone = await startPhone({ shell: sayingWho, ...options, root });
  return filesOf(phone, files);
}

/** Opens the files of a phone, which ends with them. */
export async function filesOf(
  phone: SimulatedPhone,
  files: AndroidFilesOptions = {},
): Promise<PhoneUnderTest> {
  const transport = await connectTcp({ host: phone.host, port: phone.port, key });
  const source = androidFiles(await openPhone(transport), files);
  return {
    phone,
    source,
    async [Symbol.asyncDispose]() {
      source[Symbol.dispose]();
      await transport[Symbol.asyncDispose]();
      await phone[Symbol.asyncDispose]();
    },
  };
}

/** A simulated phone with everything a person has on one, as a source. */
export interface WholePhone extends AsyncDisposable {
  /** What it remembers: to be changed by tests. */
  readonly android: Android;
  /** Looks at the phone anew; disposed of with it. */
  readonly open: (options?: AndroidSourceOptions) => Promise<AndroidSource>;
}

/** Starts such a phone. */
export async function wholePhone(sample: SampleOptions = {}): Promise<WholePhone> {
  const android = samplePhone(sample);
  const phone = await startPhone(phoneOptions(android));
  const transport = await connectTcp({ host: phone.host, port: phone.port, key });
  const sources: AndroidSource[] = [];
  return {
    android,
    async open(options) {
      const source = androidSource(await openPhone(transport), options);
      sources.push(source);
      return source;
    },
    async [Symbol.asyncDispose]() {
      for (const source of sources) source[Symbol.dispose]();
      await transport[Symbol.asyncDispose]();
      await phone[Symbol.asyncDispose]();
    },
  };
}

/** Every file below a folder of a phone: path → content in Latin-1. */
export function contentsOf(folder: PhoneFolder, path = ''): Map<string, string> {
  const contents = new Map<string, string>();
  for (const [name, node] of folder.entries) {
    const inner = `${path}/${name}`;
    if (node.kind === 'folder')
      for (const [below, text] of contentsOf(node, inner)) contents.set(below, text);
    if (node.kind !== 'file') continue;
    const bytes =
      node.content instanceof Uint8Array ? node.content : node.content.read(0, contentBytes(node.content));
    if (bytes instanceof Uint8Array) contents.set(inner, Buffer.from(bytes).toString('latin1'));
  }
  return contents;
}

/** A name that is not UTF-8. */
export const ODD_NAME = decodeName(Uint8Array.of(0xff, 0xfe, 0x41));
