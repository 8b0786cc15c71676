import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { UndoNote, UndoNotes } from '@holdfast/devices';
import { errnoOf } from '@holdfast/kernel';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { cannot, makePrivateFolder, readIfThere, removeFile, writePrivateFile } from '#place/private-file.ts';

/** Much more than a note takes: that of a restore names its folders. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Notes in a folder of the home folder, a file each: what has to be put back on a phone, should this process die first. */
export function undoNotes(machine: Machine): UndoNotes {
  const folder = join(homeOf(machine).folder, 'undo');
  return {
    async pending() {
      const notes: UndoNote[] = [];
      for (const name of await namesIn(folder)) {
        const note = parseNote(await readIfThere(join(folder, name), MOST_BYTES));
        if (note !== undefined) notes.push(note);
      }
      return notes;
    },
    async remember(note) {
      await makePrivateFolder(folder);
      await writePrivateFile(join(folder, await nameOf(note)), `${JSON.stringify(note)}\n`, machine.random);
    },
    async forget(note) {
      await removeFile(join(folder, await nameOf(note)));
    },
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw cannot('read', folder, error);
  }
}

/** The same for the same note. */
async function nameOf(note: UndoNote): Promise<string> {
  const { kind, deviceId } = note;
  const of = kind === 'app-op' ? [note.package, note.op] : [];
  const text = new TextEncoder().encode([kind, deviceId, ...of].join('\0'));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return `${hash.toHex().slice(0, 32)}.json`;
}

function parseNote(text: string | undefined): UndoNote | undefined {
  try {
    const note: unknown = JSON.parse(text ?? '');
    return isNote(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

const isNote = (value: unknown): value is UndoNote => {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, deviceId, folders, ...rest } = value as Record<string, unknown>;
  if (typeof deviceId !== 'string') return false;
  if (kind === 'stages') return Array.isArray(folders) && folders.every((each) => typeof each === 'string');
  return kind === 'app-op' && ['package', 'op', 'mode'].every((name) => typeof rest[name] === 'string');
};
