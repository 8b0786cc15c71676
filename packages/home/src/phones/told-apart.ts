import { existsSync } from 'node:fs';
import { type Device, toldApart } from '@holdfast/devices';
import { isFailure } from '@holdfast/kernel';
import type { Machine } from '#host.ts';
import { openCatalogHere } from '#ledger/with-catalog.ts';
import { homeOf } from '#place/home.ts';

/** What to call devices, by their ids: told apart from each other and from all that the home folder's ledger knows, if it can be read. */
export async function namesToldApart(
  machine: Machine,
  devices: readonly Device[],
): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, Pick<Device, 'id' | 'name'>>();
  for (const known of await knownDevices(machine)) all.set(known.id, known);
  for (const device of devices) all.set(device.id, device);
  return new Map(toldApart([...all.values()]).map(({ id, name }) => [id, name]));
}

async function knownDevices(machine: Machine): Promise<readonly Device[]> {
  if (!existsSync(homeOf(machine).catalog)) return [];
  try {
    using catalog = await openCatalogHere(machine);
    return await catalog.devices();
  } catch (error) {
    if (!isFailure(error)) throw error;
    return [];
  }
}
