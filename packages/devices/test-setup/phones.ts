import { type AdbTransport, connectTcp } from '@holdfast/adb';
import {
  type AndroidFiles,
  type AndroidFilesOptions,
  androidFiles,
  openPhone,
} from '@holdfast/devices/android';
import {
  type PhoneFolder,
  type PhoneNode,
  type PhoneOptions,
  phoneFolder,
  type SimulatedPhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';
import { fileShell, type Printed } from './phone-shell.ts';

const key = testerKey();

/** A phone, a link to it and its files. */
export interface PhoneUnderTest extends AsyncDisposable {
  readonly phone: SimulatedPhone;
  readonly transport: AdbTransport;
  readonly source: AndroidFiles;
}

/** What a phone of tests is like besides its files. */
export type PhoneTraits = Omit<PhoneOptions, 'root' | 'shell'> & { readonly printed?: Printed };

/** What `getprop` prints of these properties. */
export const printedProperties = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `[${name}]: [${value}]\n`)
    .join('');

/** A phone with this as its own storage and, by their id, these cards. */
export function storageOf(
  internal: PhoneFolder,
  cards: Readonly<Record<string, PhoneNode>> = {},
): PhoneFolder {
  const emulated = phoneFolder({ '0': internal });
  return phoneFolder({ storage: phoneFolder({ emulated, self: phoneFolder(), ...cards }) });
}

/** Starts a phone with these files, from `/` on, and opens it. */
export async function openedPhone(
  root: PhoneFolder,
  { printed = {}, ...options }: PhoneTraits = {},
  files: AndroidFilesOptions = {},
): Promise<PhoneUnderTest> {
  const shell = fileShell(root, { getprop: '[ro.serialno]: [R58M123ABC]\n', ...printed });
  const phone = await startPhone({ ...options, root, shell });
  const transport = await connectTcp({
    host: phone.host,
    port: phone.port,
    key,
    ...(files.clock && { clock: files.clock }),
  });
  const source = androidFiles(await openPhone(transport, files), files);
  return {
    phone,
    transport,
    source,
    async [Symbol.asyncDispose]() {
      source[Symbol.dispose]();
      await transport[Symbol.asyncDispose]();
      await phone[Symbol.asyncDispose]();
    },
  };
}
