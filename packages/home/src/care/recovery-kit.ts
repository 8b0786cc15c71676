import { join } from 'node:path';
import type { Host, Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { putPrivateFile, readIfThere } from '#place/private-file.ts';
import { openHere } from '#repository/open.ts';
import { type Kit, kitText } from './kit-text.ts';

/** A recovery kit, and how it is printed. */
export interface RecoveryKit extends Kit {
  readonly text: string;
}

const MOST_BYTES = 1000;

/**
 * Makes the recovery kit of the host's repository, and notes that there is one, for the key that it opens. The repository is opened, so that the
 * password is known to be the right one.
 */
export async function makeRecoveryKit(host: Host): Promise<RecoveryKit> {
  const { repository, password, place } = await openHere(host);
  const { id, version } = repository.config;
  const kit = {
    repositoryId: id,
    location: place.path,
    password: password.text,
    formatVersion: version,
    made: host.clock.now().toString({ smallestUnit: 'second' }),
  };
  await noteKit(host, repository.keyId);
  return { ...kit, text: kitText(kit) };
}

/** The id of the key that the last recovery kit opens; another one is in use once the password was changed. */
export async function keyOfKit(machine: Machine): Promise<string | undefined> {
  const text = await readIfThere(pathOf(machine), MOST_BYTES);
  return /^[0-9a-f]{64}$/.exec(text?.trim() ?? '')?.[0];
}

/** That the note cannot be written is no reason to withhold a kit. */
async function noteKit(machine: Machine, keyId: string): Promise<void> {
  try {
    await putPrivateFile(pathOf(machine), `${keyId}\n`);
  } catch {
    // The app says that there is no kit, until it is made once more.
  }
}

const pathOf = (machine: Machine): string => join(homeOf(machine).folder, 'recovery-kit-made');
