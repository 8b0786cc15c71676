/** Of the digits of an id: so many tell two devices of a person apart, and are quickly compared by eye. Next what is needed where they do not. */
const DIGITS = [4, 8, 16] as const;

/**
 * The same devices, in the same order, those that share a name with digits of their ids after it: `Pixel 8 (3f2a)`. An id is made of a phone's
 * serial number, so the digits stay with the phone. Names that look alike (case, composition, spaces) count as the same; no two that are given are.
 */
export function toldApart<D extends { readonly id: string; readonly name: string }>(
  devices: readonly D[],
): readonly D[] {
  let names = devices.map(({ name }) => name);
  for (const digits of DIGITS) {
    const sharing = Map.groupBy(names, looksOf);
    names = names.map((name, at) => {
      const device = devices[at];
      const isShared = (sharing.get(looksOf(name))?.length ?? 0) > 1;
      return isShared && device !== undefined ? withDigits(device, digits) : name;
    });
  }
  return devices.map((device, at) => ({ ...device, name: names[at] ?? device.name }));
}

/** A device's name with the first digits of its id. */
export const withDigits = (
  { id, name }: { readonly id: string; readonly name: string },
  digits: number = DIGITS[0],
): string => `${name} (${id.slice(id.lastIndexOf('-') + 1).slice(0, digits)})`;

const looksOf = (name: string): string =>
  name.toWellFormed().normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
