/**
 * A phone made of software: it listens on 127.0.0.1 and speaks ADB as a phone on the network does, with files in memory, a
 * shell, and what goes wrong on a script. Debian's adb takes it for a phone; where the two disagree, this is wrong.
 *
 * ```ts
 * await using phone = await startPhone({ root: phoneFolder({ sdcard: phoneFolder({ 'a.txt': phoneFile('one') }) }) });
 * await using transport = await connectTcp({ host: phone.host, port: phone.port, key: testerKey() });
 * ```
 */

export { type Announcement, type AnnouncementOptions, announce } from './announcement.ts';
export { contentBytes, generatedContent, type LazyContent, type PhoneContent } from './content.ts';
export { copyFolder } from './copy-folder.ts';
export { type PhoneInMemory, phoneInMemory } from './in-memory.ts';
export {
  type PairingOptions,
  type PairingStep,
  type SimulatedPairing,
  startPairing,
} from './pairing.ts';
export { ANDROID_14_FEATURES, type PhoneOptions, type SimulatedPhone, startPhone } from './phone.ts';
export { hostShell, type PhoneShell } from './shell-service.ts';
export { onStorage } from './storage-entries.ts';
export { testerKey } from './tester-key.ts';
export {
  nodeAt,
  type PhoneFile,
  type PhoneFolder,
  type PhoneNode,
  phoneFile,
  phoneFolder,
  phoneLink,
} from './tree.ts';
export {
  type Android,
  androidShell,
  type CommandFault,
  GOOGLE_PHOTOS,
  itemsLeft,
  lockPhone,
  type Mending,
  makeApk,
  NASTY_TEXTS,
  type PhotosApp,
  type PhotosState,
  PROVOCABLE,
  phoneOptions,
  provoke,
  type Release,
  type SampleOptions,
  SCREENS,
  samplePhone,
  stateOf,
  tick,
  unlockPhone,
  type Vendor,
} from './userland/index.ts';
