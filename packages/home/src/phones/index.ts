/**
 * The phones of a home folder: looked for, paired with, opened and read. A door of its own, so that what is done with folders alone starts
 * without loading it.
 *
 * ```ts
 * await using seen = await openPhones(host);
 * for (const phone of seen.phones) if (phone.kind === 'open') await using source = phoneSource(phone.phone, { excludes: [] }, host);
 * ```
 */
export { adbKey } from './adb-key.ts';
export { addressOf, lookout } from './lookout.ts';
export { type OpenPhonesOptions, openPhones, type SeenPhone, type SeenPhones } from './open-phones.ts';
export { listen, type PairedPhone, rememberPaired } from './paired.ts';
export { type PairablePhone, pairablePhones, pairByCode } from './pairing.ts';
export { phoneSource } from './phone-source.ts';
export { putBackLeftOver } from './put-back.ts';
export { namesToldApart } from './told-apart.ts';
