import { changePassword } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { Host } from '#host.ts';
import { withLock } from '#repository/with-repository.ts';
import { changingHome } from './change-password.ts';

/** A password that was changed. */
export interface ChangedPassword {
  /** Of the new key. */
  readonly keyId: Id;
  /** What the person should know of where the passwords are now. */
  readonly told: readonly string[];
}

/**
 * Changes the password that is in use, in the repository and, where it is the home folder's, there. `check` is given the one in use, before anything
 * is changed, and throws where it should not be.
 */
export async function changePasswordHere(
  host: Host,
  next: string,
  check: (current: string) => void = () => {},
): Promise<ChangedPassword> {
  return await withLock(host, { exclusive: true }, async (opened, signal) => {
    check(opened.password.text);
    const home = await changingHome(host, opened, next);
    const { keyId } = await changePassword(opened.repository, next, signal);
    return { keyId, told: await home.settle() };
  });
}
