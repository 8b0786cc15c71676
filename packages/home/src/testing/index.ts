/**
 * For tests of what stands on a home folder: one that is made at once, and a computer for it.
 *
 * Nothing that ships may import it.
 *
 * ```ts
 * await cheapHome(home);
 * const { repository } = await openHere(quietHost(home));
 * ```
 */
export { brisk, cheapHome, quietHost, random } from './cheap-home.ts';
