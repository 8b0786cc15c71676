import type { Android } from '../../android.ts';
import type { Call } from '../../call.ts';

/** Lines that vendors put behind AOSP's: sentences, a second counter, logs. */
const EXTRA: Readonly<Record<Android['vendor'], readonly string[]>> = {
  aosp: [],
  samsung: [
    '  mSavedBatteryAsoc: 99',
    '  mSavedBatteryUsage: 41200',
    '  current now: 412',
    ' health check of the voltage: level: 7 was read twice',
    'Battery current event time: -58s',
    '[SS]BattInfo',
    '  level: 12',
    '  charge counter: 1',
    '[EventLogBuffer]',
    '03-14 09:20:11.123  Sending ACTION_BATTERY_CHANGED: level:81, status:2, health:2',
  ],
  xiaomi: [
    '  Capacity level: -1',
    '  Charging state: 1',
    '  Charging policy: 0',
    '[EventLogBuffer]',
    '03-14 09:20:11.123  Sending ACTION_BATTERY_CHANGED: level:81, status:2, health:2, remain:0',
  ],
};

/** `dumpsys battery`, and `unplug`, `set level N`, `reset` behind it. */
export async function battery({ android, args, print }: Call): Promise<number> {
  const [, verb, what, value] = args;
  if (verb === 'unplug') android.battery.plugged = 'none';
  if (verb === 'set' && what === 'level') android.battery.level = Number(value);
  if (verb === 'reset') android.battery.plugged = 'USB';
  if (verb !== undefined) return 0;
  const { level, scale, status, plugged, temperature } = android.battery;
  const powered = (kind: string): string => `  ${kind} powered: ${plugged === kind}`;
  const lines = [
    'Current Battery Service state:',
    powered('AC'),
    powered('USB'),
    powered('Wireless'),
    ...(android.release >= 14 ? ['  Dock powered: false'] : []),
    '  Max charging current: 500000',
    '  Max charging voltage: 5000000',
    '  Charge counter: 3154000',
    `  status: ${status}`,
    '  health: 2',
    '  present: true',
    `  level: ${level}`,
    `  scale: ${scale}`,
    '  voltage: 4213',
    `  temperature: ${temperature}`,
    '  technology: Li-ion',
    ...EXTRA[android.vendor],
  ];
  await print(`${lines.join('\n')}\n`);
  return 0;
}
