import assert from 'node:assert/strict';
import type { BackupContents, Card, RestorePlan, Run } from '@holdfast/contract/api';
import { type Clock, systemClock } from '@holdfast/kernel';
import {
  type Android,
  nodeAt,
  type PhoneFolder,
  phoneFile,
  phoneFolder,
  phoneOptions,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { type Browser, type TestHome, testServer } from './test-server.ts';

/** What is waited for a moment is there at once; phones get the time they need to answer, and are looked for all the time. */
const PATIENT: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    const ms = duration.total({ unit: 'milliseconds' });
    const brisk = ms < 1000 ? 1 : ms === 3000 ? 30 : ms;
    await systemClock.sleep(Temporal.Duration.from({ milliseconds: brisk }), signal);
  },
};

/** Of what else a sample phone has. */
export const none = { messages: 0, multimedia: 0, contacts: 0, events: 0, calls: 0, apps: 0 } as const;
/** How many the phone that was backed up has. */
export const PHOTOS = 150;
/** The same of contacts. */
export const CONTACTS = 3;

const photos = (): PhoneFolder =>
  phoneFolder({
    DCIM: phoneFolder(
      Object.fromEntries(
        Array.from({ length: PHOTOS }, (_, n) => [`${n}.jpg`, phoneFile(`photo ${n} `.repeat(500))]),
      ),
    ),
  });

/** A computer that sees the phone at this address, and gives it the time it needs. */
export const seeing = ({ host }: TestHome, address: string): TestHome['host'] => ({
  ...host,
  clock: PATIENT,
  env: { ...host.env, HOLDFAST_PHONES: address },
});

/** Backs a phone up, and gives the backup's id. */
export async function backedUp(home: TestHome): Promise<string> {
  const android = samplePhone({ serial: 'OLD', storage: photos(), ...none, contacts: CONTACTS });
  await using phone = await startPhone(phoneOptions(android));
  await using server = await testServer(seeing(home, `${phone.host}:${phone.port}`));
  const { device } = await server.card(({ isInSight }) => isInSight);
  const { id } = await server.start({ kind: 'backup', device: device.id });
  const run = await server.run(id, ended);
  assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
  return run.snapshot ?? '';
}

/** True for a run that is over. */
export const ended = (run: Run): boolean => run.ended !== undefined;

/** The plan of giving its photos and contacts to the phone in sight, once both can be asked. */
export async function planned(server: Browser, backup: string, conflict = 'skip'): Promise<RestorePlan> {
  for (;;) {
    const contents = await server.get<BackupContents>(`/api/backups/${backup}/contents`);
    if (contents.kind !== 'opening') break;
  }
  for (;;) {
    const { cards } = await server.get<{ cards: Card[] }>('/api/devices');
    const card = cards.find((each) => each.isInSight);
    if (card === undefined) continue;
    const body = {
      backup,
      selection: { types: ['photos', 'contacts'] },
      to: { kind: 'device', device: card.device.id },
      conflict,
    };
    return await server.send<RestorePlan>('POST', '/api/restores/plans', body);
  }
}

/** Begins to carry it out. */
export const begin = (server: Browser, { plan }: RestorePlan): Promise<Run> =>
  server.start({ kind: 'restore', plan });

/** Names of the files that a phone has. */
export const folderOn = ({ root }: Android): readonly string[] => {
  const folder = nodeAt(root, '/storage/emulated/0/DCIM');
  return folder?.kind === 'folder' ? [...folder.entries.keys()] : [];
};

/** Files that have not got their names. */
export const stagesOn = (android: Android): number =>
  folderOn(android).filter((name) => name.startsWith('.')).length;

/** How many contacts it has. */
export const contactsOn = ({ database }: Android): number =>
  Number(database.prepare('SELECT COUNT(*) AS n FROM raw_contacts WHERE deleted = 0').get()?.['n']);

/** All of it once, and nothing else. */
export function assertWhole(android: Android): void {
  const names = Array.from({ length: PHOTOS }, (_, n) => `${n}.jpg`);
  assert.deepEqual(folderOn(android).toSorted(), names.toSorted());
  assert.equal(contactsOn(android), CONTACTS);
}

/** A phone that has nothing yet. */
export const fresh = (): Android =>
  samplePhone({ serial: 'NEW', release: 16, storage: phoneFolder(), ...none });
