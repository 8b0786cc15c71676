import { isShut, type SettingsTable } from '../android.ts';
import type { Call, Command } from '../call.ts';
import { securityException, serviceCommand } from '../java.ts';
import { withoutUser } from '../users.ts';

/** `settings get|put|delete|list TABLE …`. */
export const settings: Command = (call) => {
  const [verb = '', table = '', key = '', value = ''] = withoutUser(call.args);
  return serviceCommand(call, verb, () => run(call, verb, table, key, value));
};

async function run(call: Call, verb: string, name: string, key: string, value: string): Promise<number> {
  const { android, print } = call;
  if (!Object.hasOwn(android.settings, name)) {
    await call.complain(`Error: Invalid namespace '${name}'\n`);
    return 255;
  }
  const table = android.settings[name as SettingsTable];
  switch (verb) {
    case 'get':
      await print(`${table.get(key) ?? 'null'}\n`);
      return 0;
    case 'list':
      for (const [each, text] of [...table].toSorted(([a], [b]) => (a < b ? -1 : 1)))
        await print(`${each}=${text}\n`);
      return 0;
    case 'put':
      mayWrite(call);
      table.set(key, value);
      // The network's time comes a moment later.
      if (name === 'global' && key === 'auto_time' && value === '1') android.clockAheadMs = 0;
      return 0;
    case 'delete':
      mayWrite(call);
      await print(`Deleted ${table.delete(key) ? 1 : 0} rows\n`);
      return 0;
    default:
      await call.complain(`Unknown command: ${verb}\n`);
      return 255;
  }
}

function mayWrite({ android }: Call): void {
  if (!isShut(android)) return;
  throw securityException(
    'Permission denial: writing to settings requires:android.permission.WRITE_SECURE_SETTINGS',
  );
}
