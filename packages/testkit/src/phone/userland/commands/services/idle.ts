import { type Android, isShut } from '../../android.ts';
import type { Call } from '../../call.ts';
import { securityException } from '../../java.ts';

/** Packages freed from battery optimisation, as both `cmd deviceidle whitelist` and its dump list them. */
export function idleLines({ idleAllowed, packages }: Android): string[] {
  return [...idleAllowed].flatMap((name) => {
    const uid = packages.get(name)?.appId ?? 0;
    const kinds = name === EXEMPT_BY_MAKER ? ['system-excidle', 'system'] : ['user'];
    return kinds.map((kind) => `${kind},${name},${uid}`);
  });
}

/** Freed by whoever made the phone, not by the person. */
const EXEMPT_BY_MAKER = 'com.google.android.gms';

/** `cmd deviceidle whitelist [+PACKAGE|-PACKAGE …]`. */
export async function deviceidle(call: Call, [verb = '', ...words]: readonly string[]): Promise<number> {
  const { android, print } = call;
  if (verb !== 'whitelist' && verb !== 'except-idle-whitelist') {
    await print(`Unknown command: ${verb}\n`);
    return 255;
  }
  if (words.length > 0 && isShut(android)) throw securityException('DEVICE_POWER is not granted to uid 2000');
  for (const word of words) {
    const name = word.slice(1);
    if (!android.packages.has(name)) {
      await print(`Unknown package: ${name}\n`);
      return 255;
    }
    if (word.startsWith('+')) {
      android.idleAllowed.add(name);
      await print(`Added: ${name}\n`);
    } else {
      android.idleAllowed.delete(name);
      await print(`Removed: ${name}\n`);
    }
  }
  if (words.length === 0) for (const line of idleLines(android)) await print(`${line}\n`);
  return 0;
}
