import type { Catalog, KnownDevice } from '@holdfast/catalog';
import { withDigits } from '@holdfast/devices';
import { Failure, plainText } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';

/** A device of the ledger, and how to name it in a command: not at all, where it is the only one. */
export interface ChosenDevice {
  readonly device: KnownDevice;
  /** With a space before it. */
  readonly word: string;
}

/**
 * The device that a word names: its id, its name in any case, or how only one of either begins; without a word the only device
 * there is. Fails with `cli/unknown-device` and `cli/which-device`.
 */
export async function chooseDevice(catalog: Catalog, word: string | undefined): Promise<ChosenDevice> {
  const all = await catalog.devices();
  const matching = word === undefined ? all : named(all, word);
  const [device, ...more] = matching;
  if (device === undefined) throw unknown(all, word);
  if (more.length > 0) throw several(matching, word);
  return { device, word: all.length === 1 ? '' : ` ${device.id}` };
}

/** The whole id or name before the beginnings of them. */
function named(all: readonly KnownDevice[], word: string): readonly KnownDevice[] {
  const wanted = word.toLowerCase();
  const texts = (device: KnownDevice): string[] =>
    [device.id, device.name, withDigits(device)].map((text) => text.toLowerCase());
  const whole = all.filter((device) => texts(device).includes(wanted));
  if (whole.length > 0 || wanted === '') return whole;
  return all.filter((device) => texts(device).some((text) => text.startsWith(wanted)));
}

const listOf = (devices: readonly KnownDevice[]): string =>
  devices.map(({ id, name }) => `${plainText(name, 60)} (${id})`).join(', ');

/** The failure for a ledger that has no device at all. */
export const nothingKnown = (): Failure =>
  new Failure(CLI_FAILURES.unknownDevice, 'The ledger knows no device yet', {
    hint: 'Run "holdfast backup"; or, where the repository has backups already, "holdfast rebuild".',
  });

function unknown(all: readonly KnownDevice[], word: string | undefined): Failure {
  if (all.length === 0) return nothingKnown();
  return new Failure(
    CLI_FAILURES.unknownDevice,
    `The ledger knows no device "${plainText(word ?? '', 80)}"`,
    {
      hint: `It knows ${listOf(all)}.`,
    },
  );
}

const several = (devices: readonly KnownDevice[], word: string | undefined): Failure =>
  new Failure(
    CLI_FAILURES.whichDevice,
    word === undefined
      ? `The ledger knows ${devices.length} devices`
      : `"${plainText(word, 80)}" could be any of ${devices.length} devices`,
    { hint: `Name the one you mean: ${listOf(devices)}.` },
  );
