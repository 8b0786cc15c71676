import { isFailure } from '@holdfast/kernel';
import { repairConfig } from '@holdfast/repository';
import { LocalStore } from '@holdfast/store';
import type { Host } from '#host.ts';
import { repositoryPlace } from '#place/home.ts';
import { passwordsHere } from './open.ts';
import { surroundingsOf } from './surroundings.ts';

/** Makes the config of the repository anew where it is lost or damaged; `false` where there is nothing to do. Fails as `repairConfig` does. */
export async function repairConfigHere(host: Host): Promise<boolean> {
  const place = repositoryPlace(host);
  const settings = { ...surroundingsOf(host), onTrying: () => host.tell.trying?.() };
  let refusal: unknown;
  for (const { text } of await passwordsHere(host, place)) {
    try {
      return await repairConfig(new LocalStore(place.path), text, settings, host.signal);
    } catch (error) {
      if (!isFailure(error, 'repository/wrong-password')) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}
