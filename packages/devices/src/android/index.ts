/**
 * Android phones: found, opened, asked what they can, read and given back to. A door of its own, so that what is done with
 * folders alone starts without loading it.
 *
 * ```ts
 * for (const seen of await phonesInSight(lookout)) {
 *   const phone = await openPhone(await seen.connect(), { clock });
 *   await using source = androidSource(phone, { clock });
 * }
 * ```
 */
export { type AndroidFiles, type AndroidFilesOptions, androidFiles } from './android-files.ts';
export { type AndroidSource, type AndroidSourceOptions, androidSource } from './android-source.ts';
export { capabilitiesOf } from './capabilities/capabilities.ts';
export { BIND_PROBE, parseAppOp, parseBindDialect } from './capabilities/probes.ts';
export { type MediaRow, mediaIndexOf } from './content/media-index.ts';
export { type BatteryFacts, batteryOf, parseBattery } from './facts/battery.ts';
export { type DiskSpace, parseDiskSpace } from './facts/disk-space.ts';
export { type Output, outputOf } from './facts/output.ts';
export type { PhoneFacts } from './facts/phone-facts.ts';
export { parseProperties } from './facts/properties.ts';
export { ABSENT, type Told, told, unrecognised, valueOf } from './facts/told.ts';
export type { Volume } from './facts/volumes.ts';
export { type AndroidSinkOptions, androidSink } from './giving/android-sink.ts';
export { type HashesOptions, phoneHashes } from './hashes/phone-hashes.ts';
export {
  LOOPBACK_ADDRESSES,
  type Lookout,
  type PhoneAddress,
  type PhoneInSight,
  phonesInSight,
} from './in-sight/phones-in-sight.ts';
export { type AndroidPhone, type OpenPhoneOptions, openPhone } from './phone.ts';
export { Recorder, type RecorderOptions } from './recording/recorder.ts';
export {
  type PhoneLine,
  parseTranscript,
  type ServiceLine,
  type ShellLine,
  type SyncLine,
  type TranscriptLine,
} from './recording/transcript.ts';
