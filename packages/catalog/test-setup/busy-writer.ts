/**
 * A program that writes into a catalog until it is killed, or for so many runs: `busy-writer.ts PATH DEVICE SEED [RUNS]`.
 * It prints a line for each thing that the catalog has from then on.
 */
import { openCatalog } from '@holdfast/catalog';
import { systemClock } from '@holdfast/kernel';
import { seededRandom } from '@holdfast/testkit';
import { blob, file, folder } from './catalogs.ts';

const [path = '', id = '', seed = '', runs = 'Infinity'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const upTo = (limit: number): number => (random(1)[0] ?? 0) % limit;
using catalog = openCatalog(path, { clock: systemClock });

for (let run = 0; run < Number(runs); run++) {
  const ledger = catalog.beginRun(
    { id, kind: 'android', name: id },
    { kind: 'backup', began: systemClock.now() },
  );
  ledger.listed('', ['0', '1', '2', '3'].map(folder));
  for (let at = 0; at < 20; at++) {
    const where = String(upTo(4));
    const names = Array.from({ length: upTo(60) }, (_, n) => `${n}.jpg`);
    ledger.listed(
      where,
      names.map((name) => file(name, upTo(3), BigInt(upTo(2)))),
    );
    for (const name of names) {
      if (upTo(3) === 0) ledger.settled(`${where}/${name}`, 'read-error');
      else ledger.saved(`${where}/${name}`, { content: [blob(upTo(9))], sizeBytes: 1 });
    }
    ledger.records(
      'contacts.vcf',
      names.map((key) => ({ key, kind: 'contact', title: key })),
    );
    if (upTo(2) === 0) ledger.unchanged(where, names);
    ledger.flush();
    process.stdout.write('written\n');
  }
  if (upTo(3) === 0) ledger.stopped();
  else ledger.finished({ snapshot: blob(run) });
  process.stdout.write('over\n');
}
