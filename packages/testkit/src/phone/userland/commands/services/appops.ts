import { type Android, isShut } from '../../android.ts';
import type { Call } from '../../call.ts';
import { securityException } from '../../java.ts';
import { withoutUser } from '../../users.ts';

const MODES = new Set(['allow', 'ignore', 'deny', 'default', 'foreground', 'ask']);

/** Modes of those that are not allowed from the start. */
const DEFAULTS: Readonly<Record<string, string>> = { WRITE_SMS: 'ignore', GET_USAGE_STATS: 'default' };

/** Operations by the permission that is theirs, where its name is another. */
const OPERATION: Readonly<Record<string, string>> = { POST_NOTIFICATIONS: 'POST_NOTIFICATION' };

/** A permission that is not given has its operation ignored for the whole user id, from Android 10 on (AOSP PermissionPolicyService.java). */
function uidModes({ packages, release }: Android, name: string): string[] {
  if (release < 10) return [];
  const denied = [...(packages.get(name)?.permissions ?? [])].filter(([, isGranted]) => !isGranted);
  return denied.map(([permission]) => {
    const last = permission.slice(permission.lastIndexOf('.') + 1);
    return OPERATION[last] ?? last;
  });
}

/** `appops get PACKAGE [OP]`, `set PACKAGE OP MODE`, `reset` (AOSP AppOpsService.java). */
export async function appops(call: Call, words: readonly string[]): Promise<number> {
  const [verb = '', name = '', op, mode = ''] = withoutUser(words).filter((word) => word !== '--uid');
  const { android, print } = call;
  if (verb !== 'reset' && !android.packages.has(name)) {
    await call.complain(`Error: No UID for ${name} in user 0\n`);
    return 255;
  }
  switch (verb) {
    case 'get': {
      const set = [...android.appOps]
        .map(
          ([key, value]) => [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1), value] as const,
        )
        .filter(([owner, each]) => owner === name && (op === undefined || each === op));
      const byUser = uidModes(android, name).filter((each) => op === undefined || each === op);
      for (const each of byUser) await print(`Uid mode: ${each}: ignore\n`);
      for (const [, each, value] of set) await print(`${each}: ${value}\n`);
      if (op === undefined && android.vendor === 'xiaomi') await print('MIUIOP(10017): ask\n');
      if (set.length === 0 && byUser.length === 0) {
        await print('No operations.\n');
        if (op !== undefined) await print(`Default mode: ${DEFAULTS[op] ?? 'allow'}\n`);
      }
      return 0;
    }
    case 'set':
      if (isShut(android))
        throw securityException('uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES.');
      if (op === undefined || !MODES.has(mode)) {
        await call.complain(`Error: Mode ${mode} is not valid\n`);
        return 255;
      }
      if (mode === 'default' || DEFAULTS[op] === mode) android.appOps.delete(`${name} ${op}`);
      else android.appOps.set(`${name} ${op}`, mode);
      return 0;
    case 'reset':
      for (const key of android.appOps.keys())
        if (name === '' || key.startsWith(`${name} `)) android.appOps.delete(key);
      return 0;
    default:
      await call.complain(`Unknown command: ${verb}\n`);
      return 255;
  }
}
