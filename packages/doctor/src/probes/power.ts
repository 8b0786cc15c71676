import { ABSENT, parseBattery, type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import type { PowerFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';
import { OFF_OR_ON, parseSwitch } from './switches.ts';

/** Whether battery saver is on. */
export const batterySaverProbe = commandProbe({
  name: 'battery-saver',
  title: 'Battery saver',
  commands: () => [['settings', 'get', 'global', 'low_power']],
  parse: ([output = '']) => parseSwitch(output, OFF_OR_ON),
});

/** What `dumpsys battery` says, as far as both how full it is and whether it charges are known. */
export function parsePower(output: string): Told<PowerFacts> {
  const { percent, isCharging, celsius } = parseBattery(output);
  if (percent.kind === 'absent' && isCharging.kind === 'absent') return ABSENT;
  if (percent.kind !== 'value' || isCharging.kind !== 'value') return unrecognised(output);
  const heat = valueOf(celsius);
  return told({
    percent: percent.value,
    isCharging: isCharging.value,
    ...(heat !== undefined && { celsius: heat }),
  });
}

/** Battery, cable and warmth. */
export const batteryProbe = commandProbe({
  name: 'battery',
  title: 'Battery',
  commands: () => [['dumpsys', 'battery']],
  parse: ([output = '']) => parsePower(output),
  worth: (output) => output.split(/^\[/m, 1)[0]?.slice(0, 1500) ?? '',
});

/** Android 10: before it no phone says. */
const SAYS_HEAT = 29;

/** The status that `dumpsys thermalservice` begins with. */
export function parseHeat(output: string): Told<number> {
  const status = /^Thermal Status: ([0-6])\r?\n/m.exec(output)?.[1];
  return status === undefined ? unrecognised(output) : told(Number(status));
}

/** How hot the phone finds itself. */
export const heatProbe = commandProbe({
  name: 'heat',
  title: 'Heat',
  whyNot: ({ facts }) =>
    (valueOf(facts.sdk) ?? 0) < SAYS_HEAT
      ? 'Android before 10 does not say how hot it finds itself.'
      : undefined,
  commands: () => [['dumpsys', 'thermalservice']],
  parse: ([output = '']) => parseHeat(output),
  worth: (output) => output.split('\n').slice(0, 3).join('\n'),
});
