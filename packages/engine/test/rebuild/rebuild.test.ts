import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { type Catalog, openCatalog } from '@holdfast/catalog';
import { type RebuildEvent, type RebuildSummary, rebuild } from '@holdfast/engine';
import { collect } from '@holdfast/kernel';
import {
  type Contact,
  contact,
  formatAppFacts,
  formatCalendar,
  formatCalls,
  formatContacts,
  formatMessages,
  formatSettings,
} from '@holdfast/records';
import { listSnapshots, loadIndex, type OpenRepository, saveSnapshot } from '@holdfast/repository';
import { onStore } from '@holdfast/repository/testing';
import { failOnce, faulty } from '@holdfast/store/testing';
import { type DeviceFile, deviceSource } from '../../test-setup/device-source.ts';
import { newRepository, runBackup } from '../../test-setup/runs.ts';
import { withoutBlobs } from '../../test-setup/without-blobs.ts';

type Told = { readonly summary: RebuildSummary; readonly events: readonly RebuildEvent[] };

/** Rebuilds a catalog; `isLost` takes blobs of data away. */
async function rebuilt(
  repository: OpenRepository,
  catalog: Catalog,
  isLost: (id: string) => boolean = () => false,
): Promise<Told> {
  const snapshots = await listSnapshots(repository, { tolerate: true });
  await using indexed = await loadIndex(repository, { threads: 0 });
  const saved = withoutBlobs(indexed, isLost);
  const events = await Array.fromAsync(rebuild(saved, snapshots, catalog));
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error('the rebuild told no end');
  return { summary: last.summary, events };
}

const inShort = async (catalog: Catalog): Promise<string[]> =>
  (await catalog.items('phone-1')).items.map(({ path, title, kind, reason, goneSince }) =>
    [path.replace(/#.*/, '#'), title, kind, reason, goneSince && 'gone'].filter(Boolean).join(' | '),
  );

const memory = (repository: OpenRepository): Catalog => openCatalog(':memory:', { clock: repository.clock });

const text = async (bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<string> =>
  new TextDecoder().decode(bytes instanceof Uint8Array ? bytes : await collect(bytes, 1e6));

const person = (display: string): Contact => ({ ...contact({}), name: { display } });

test('it knows every kind of record by the file that holds it', async () => {
  const repository = await newRepository();
  const sms = { kind: 'sms', columns: { address: '123', body: 'Hi', date: '1', type: '1' } } as const;
  const call = { kind: 'call', columns: { number: '456', date: '2' } } as const;
  const app = { kind: 'app', package: 'org.example', label: 'Example', apks: [] } as const;
  const setting = { kind: 'setting', namespace: 'system', key: 'font', value: '1' } as const;
  const calendar = { kind: 'calendar', name: 'Home', extras: {} } as const;
  const made = async (bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<DeviceFile> => ({
    content: await text(bytes),
    saysItems: 1,
  });
  const files = {
    'apps/org.example/app.json': await made(formatAppFacts(app)),
    'apps/org.example/base.apk': { content: 'PK', saysItems: 0 },
    'calendar/home.ics': await made(formatCalendar(calendar, [])),
    'calls/calls.ndjson': await made(formatCalls([call])),
    'contacts/contacts.vcf': await made(formatContacts([person('Ann'), person('Ann'), person('Bob')])),
    'files/internal/a.jpg': { content: 'a' },
    'files/internal/app.json': { content: '{}' },
    'messages/messages.ndjson': await made(formatMessages([sms])),
    'messages/parts/1.jpg': { content: 'picture', saysItems: 0 },
    'settings/settings.json': await made(formatSettings({ settings: [setting], networks: [] })),
  };
  await runBackup(repository, deviceSource(files));
  using catalog = memory(repository);
  const { summary } = await rebuilt(repository, catalog);
  deepEqual(summary, { devices: 1, snapshots: 1, foreign: 0, unread: 0 });
  deepEqual((await inShort(catalog)).sort(), [
    'apps/org.example/app.json# | Example | app | stored',
    'calls/calls.ndjson# | 456 | call | stored',
    'contacts/contacts.vcf# | Ann | contact | stored',
    'contacts/contacts.vcf# | Ann | contact | stored',
    'contacts/contacts.vcf# | Bob | contact | stored',
    'files/internal/a.jpg | photo | stored',
    'files/internal/app.json | document | stored',
    'messages/messages.ndjson# | 123: Hi | message | stored',
    'settings/settings.json# | system/font | setting | stored',
  ]);
});

test('it counts what the repository has lost as failed, until a backup has it again', async () => {
  const repository = await newRepository();
  const contacts = await text(formatContacts([person('Ann')]));
  const files = {
    'contacts/contacts.vcf': { content: contacts, saysItems: 1 },
    'files/internal/a.jpg': { content: 'a' },
    'files/internal/b.jpg': { content: 'b' },
  };
  const lost = new Set<string>();
  const { events } = await runBackup(repository, deviceSource(files));
  for (const event of events)
    if (event.kind === 'saved' && !event.path.endsWith('b.jpg')) for (const id of event.content) lost.add(id);
  using catalog = memory(repository);
  const told = await rebuilt(repository, catalog, (id) => lost.has(id));
  equal(told.summary.unread, 2);
  deepEqual(await inShort(catalog), [
    'files/internal/a.jpg | photo | damaged-in-backup',
    'files/internal/b.jpg | photo | stored',
  ]);
  // The same tree once more, and then a whole file.
  await runBackup(repository, deviceSource({ ...files, 'files/internal/c/d.jpg': { content: 'd' } }));
  using again = memory(repository);
  await rebuilt(repository, again, (id) => lost.has(id));
  deepEqual((await inShort(again))[0], 'files/internal/a.jpg | photo | damaged-in-backup');
  await runBackup(repository, deviceSource({ 'files/internal/a.jpg': { content: 'A', mtimeNs: 2n } }));
  using whole = memory(repository);
  await rebuilt(repository, whole, (id) => lost.has(id));
  deepEqual((await inShort(whole))[0], 'files/internal/a.jpg | photo | stored');
});

test('it reads what is as it was in the snapshot before only once', async () => {
  const repository = await newRepository();
  const files: Record<string, DeviceFile> = {};
  for (let at = 0; at < 30; at++) files[`files/internal/${at % 3}/${at}.jpg`] = { content: `${at}` };
  await runBackup(repository, deviceSource(files));
  await runBackup(repository, deviceSource({ ...files, 'files/internal/1/new.jpg': { content: 'new' } }));
  using catalog = memory(repository);
  const { events } = await rebuilt(repository, catalog);
  const folders = events.flatMap((event) => (event.kind === 'folder' ? [event.path] : []));
  deepEqual(folders.slice(6), ['', 'files', 'files/internal', 'files/internal/1']);
});

test('it leaves out what other programs saved, and says so', async () => {
  const repository = await newRepository();
  await runBackup(repository, deviceSource({ 'files/a': { content: 'a' } }));
  const [ours] = (await listSnapshots(repository)).entries;
  if (ours === undefined) throw new Error('there is no snapshot');
  await saveSnapshot(repository, { ...ours.snapshot, tags: ['mine'], hostname: 'desk' });
  using catalog = memory(repository);
  const { summary } = await rebuilt(repository, catalog);
  deepEqual(summary, { devices: 1, snapshots: 1, foreign: 1, unread: 0 });
});

test('it stops at trouble with the store that passes, and takes nothing for unreadable', async () => {
  const repository = await newRepository();
  await runBackup(repository, deviceSource({ 'files/internal/a/b': { content: 'b' } }));
  for (let n = 1; ; n++) {
    using catalog = memory(repository);
    const store = faulty(repository.store, failOnce(n));
    const ended = await rebuilt(onStore(repository, store), catalog).then(
      ({ summary }) => summary.unread,
      (error: { code: string }) => error.code,
    );
    if (store.faults.length === 0) break;
    equal(ended, 'store/io', store.faults.join());
  }
});
