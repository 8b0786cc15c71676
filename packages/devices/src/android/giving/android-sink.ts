import type { RemoteFilesOptions } from '@holdfast/adb';
import type { ItemType } from '@holdfast/contract';
import type { DeviceSink, FileSink, RecordSink, SinkRefusal } from '#device-sink.ts';
import { restoredName } from '#folder/sink/names.ts';
import type { StagesNote } from '#undo-note.ts';
import { contentLink } from '../content/content-query.ts';
import type { PartOptions } from '../parts/part.ts';
import type { AndroidPhone } from '../phone.ts';
import { clearStages } from './files/clear-stages.ts';
import { foldName } from './files/fold-name.ts';
import { giveFiles } from './files/give-files.ts';
import { hashesOf } from './files/hashes.ts';
import { lookAtFolders } from './files/look.ts';
import { MediaScan } from './files/media-scan.ts';
import { refusePath } from './files/name-rules.ts';
import { type TargetVolume, targetVolumes } from './files/target-volumes.ts';
import { appsSink } from './records/apps/apps-sink.ts';
import { CALENDAR_KIND } from './records/calendar/calendar-kind.ts';
import { CALLS_KIND } from './records/calls-kind.ts';
import { CONTACTS_KIND } from './records/contacts/contacts-kind.ts';
import { MESSAGES_KIND } from './records/messages/messages-kind.ts';
import { putBackMode } from './records/messages/write-permission.ts';
import { recordSink } from './records/record-sink.ts';

/** Time, and how much of it a phone gets; and the abort of what is asked first. */
export interface AndroidSinkOptions extends RemoteFilesOptions {
  readonly signal?: AbortSignal;
}

/** Gives a phone as a sink: what it can hold is asked now. Fails with `adb/…` only. */
export async function androidSink(
  phone: AndroidPhone,
  { signal, ...options }: AndroidSinkOptions = {},
): Promise<DeviceSink> {
  const volumes = await targetVolumes(phone, options, signal);
  const clocked = options.clock === undefined ? {} : { clock: options.clock };
  const parts: PartOptions = { phone, link: contentLink(phone.transport, options.clock), ...clocked };
  const records = new Map<ItemType, RecordSink>([
    ['contacts', recordSink(CONTACTS_KIND, parts)],
    ['messages', recordSink(MESSAGES_KIND, parts)],
    ['calls', recordSink(CALLS_KIND, parts)],
    ['calendar', recordSink(CALENDAR_KIND, parts)],
    ['apps', appsSink({ transport: phone.transport, ...clocked })],
  ]);
  return {
    device: phone.device,
    files: fileSink(phone, volumes, options),
    recordsOf: (type) => records.get(type),
    async undo(note, stop) {
      if (note.deviceId !== phone.device.id) return false;
      if (note.kind === 'app-op') await putBackMode(phone, note, clocked, stop);
      else await clearStages(phone, pathsOf(note, volumes), options, stop);
      return true;
    },
  };
}

/** Folders of volumes that are there: of a card that was taken out nothing can be removed. */
const pathsOf = ({ folders }: StagesNote, volumes: readonly TargetVolume[]): string[] =>
  folders.flatMap((folder) => {
    const [id, ...names] = folder.split('/');
    const volume = volumes.find((each) => each.id === id);
    const isSafe = names.every((name) => name !== '' && name !== '.' && name !== '..');
    return volume === undefined || !isSafe ? [] : [[volume.path, ...names].join('/')];
  });

function fileSink(
  phone: AndroidPhone,
  volumes: readonly TargetVolume[],
  options: RemoteFilesOptions,
): FileSink {
  const { transport } = phone;
  const scan = new MediaScan(phone, options.clock);
  const volumeOf = (id: string | undefined): TargetVolume => {
    const volume = volumes.find((each) => each.id === id);
    if (volume === undefined) throw new RangeError(`no volume ${id}`);
    return volume;
  };
  const pathOf = ([id, ...names]: readonly string[]): string => [volumeOf(id).path, ...names].join('/');
  return {
    volumes: volumes.map(({ id, freeBytes }) => ({ id, ...(freeBytes !== undefined && { freeBytes }) })),
    fold: foldName,
    refuse([id, ...names], sizeBytes): SinkRefusal | undefined {
      const { path, rules } = volumeOf(id);
      return refusePath(path, names, sizeBytes, rules);
    },
    otherName: restoredName,
    look: (folders, signal) => lookAtFolders(phone, folders.map(pathOf), options, signal),
    hashes: (paths, sizeBytes, signal) => hashesOf(transport, paths.map(pathOf), sizeBytes, options, signal),
    async *give(files, signal) {
      const paths = new Map<number, readonly string[]>();
      const noted = Iterator.from(files).map((file) => {
        paths.set(file.number, file.to);
        return file;
      });
      for await (const outcome of giveFiles(phone, noted, pathOf, options, signal)) {
        const to = paths.get(outcome.number) ?? [];
        paths.delete(outcome.number);
        if (outcome.kind === 'given') scan.given(to, pathOf(to));
        yield outcome;
      }
    },
    index: (signal) => scan.run(signal),
  };
}
