import type { Device } from '@holdfast/devices';
import type { Host } from '@holdfast/home';

/** What "holdfast devices" calls a device: of phones that share a name, each has digits of its id after it. */
export async function nameOf(device: Device, host: Host): Promise<string> {
  if (device.kind === 'folder') return device.name;
  // Loaded already, where there is a phone.
  const { namesToldApart } = await import('@holdfast/home/phones');
  return (await namesToldApart(host, [device])).get(device.id) ?? device.name;
}
