import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '@holdfast/catalog';
import { type DrilledItem, drill } from '@holdfast/engine';
import { freeBytes, type Host, homeOf, withIndex } from '@holdfast/home';
import { errnoOf, plainText } from '@holdfast/kernel';
import { listSnapshots } from '@holdfast/repository';
import type { Runner } from '../runs/runner.ts';
import type { CareNotes } from './notes.ts';

/** What a drill needs. */
export interface DrillDeps {
  readonly host: Host;
  readonly notes: CareNotes;
  /** The ledger, to compare with what it says; absent where there is none. */
  readonly catalog: Pick<Catalog, 'item'> | undefined;
}

/** Files of each device. */
const FILES = 25;
const MOST_BYTES = 500_000_000;
/** Of what is free on the drive of the home folder. */
const SHARE = 1 / 4;

/** Gives a random sample of the newest backups back into a folder that only its owner may enter, compares it, and removes it. */
export function drillRunner({ host, notes, catalog }: DrillDeps): Runner<'drill'> {
  return async (_request, { signal, report, setAside }) => {
    const folder = join(homeOf(host).folder, 'drill');
    // What an interruption left.
    await removeAll(folder);
    await mkdir(folder, { mode: 0o700 });
    const free = (await freeBytes(folder)) ?? MOST_BYTES;
    const limits = { files: FILES, bytes: Math.min(MOST_BYTES, Math.floor(free * SHARE)) };
    const devices = new Set<string>();
    let done = 0;
    let doneBytes = 0;
    let wrong = 0;
    try {
      await withIndex(
        { ...host, signal },
        {},
        (repository, stop) => listSnapshots(repository, { tolerate: true, signal: stop }),
        async (indexed, { entries }, stop) => {
          const scratch = (number: number): string => join(folder, String(number));
          let total = { items: 0, bytes: 0 };
          for await (const event of drill(indexed, entries, {
            limits,
            random: host.random,
            scratch,
            signal: stop,
          })) {
            if (event.kind === 'began') total = event;
            else {
              devices.add(event.device.id);
              const detail = await wrongWith(event, catalog);
              done += 1;
              doneBytes += event.bytes;
              if (detail !== undefined) {
                wrong += 1;
                setAside(itemOf(event, detail));
              }
            }
            report(() => ({
              phase: 'comparing',
              items: { done, total: total.items },
              bytes: { done: doneBytes, total: total.bytes },
            }));
          }
        },
      );
    } finally {
      await removeAll(folder);
    }
    const sentence = sentenceOf(done, wrong, devices.size);
    const doneMs = host.clock.now().epochMilliseconds;
    const isGood = wrong === 0;
    await notes.change((before) => ({
      ...before,
      drill: { doneMs, isGood, items: done, sentence },
      ...(isGood && done > 0 && { provedMs: doneMs }),
    }));
    return { sentence };
  };
}

/** What is wrong with a file that was given back; `undefined`: it is what the backup and the ledger say. */
async function wrongWith(
  { outcome, detail, device, path, bytes, sha256 }: DrilledItem,
  catalog: Pick<Catalog, 'item'> | undefined,
): Promise<string | undefined> {
  if (outcome === 'lost') return detail ?? 'it could not be given back';
  if (outcome === 'differs') return 'what was given back is not what was saved';
  const item = await catalog?.item(device.id, device.kind === 'folder' ? belowFolder(path) : path);
  if (item?.state !== 'verified' || item.goneSince !== undefined) return undefined;
  if (item.sizeBytes !== undefined && item.sizeBytes !== bytes)
    return `it has ${bytes} bytes, and ${item.sizeBytes} by the ledger`;
  return item.sha256 === undefined || item.sha256 === sha256 ? undefined : 'the ledger has another content';
}

/** A folder's items are in `files/<its name>`. */
const belowFolder = (path: string): string => path.split('/').slice(2).join('/');

const itemOf = ({ path }: DrilledItem, detail: string) =>
  ({
    path,
    state: 'failed',
    reason: 'damaged-in-backup',
    sentence: 'It did not come back as it was saved.',
    remedy: 'Run "holdfast check --read-data", then back up again.',
    detail: plainText(detail, 1000),
  }) as const;

function sentenceOf(items: number, wrong: number, devices: number): string {
  if (items === 0) return 'There is no backup to give back from yet.';
  const of = `${items === 1 ? 'One item' : `${items} items`} of ${devices === 1 ? 'a device' : `${devices} devices`}`;
  if (wrong === 0) return `${of} ${items === 1 ? 'was' : 'were'} given back and came back as saved.`;
  return `${of} ${items === 1 ? 'was' : 'were'} to be given back; ${wrong} did not come back as saved.`;
}

/** Removes a folder whatever permissions its folders were given back with. */
async function removeAll(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) !== 'EACCES' && errnoOf(error) !== 'EPERM') throw error;
    await openUp(Buffer.from(folder));
    await rm(folder, { recursive: true, force: true });
  }
}

async function openUp(folder: Buffer): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' }))
    if (entry.isDirectory()) await openUp(Buffer.concat([folder, Buffer.from('/'), entry.name]));
}
