import { factOf } from '../photos-facts.ts';
import { entry, when } from './entry.ts';

/** Below it Google Photos was seen to pause. */
const LOW_PERCENT = 15;

/** `THERMAL_STATUS_SEVERE`, and what a battery has in the sun. */
const HOT_STATUS = 3;
const HOT_CELSIUS = 45;

/** About battery and heat. */
export const POWER_COMPLAINTS = [
  entry({
    code: 'battery-saver',
    severity: 'warning',
    title: 'Battery saver is on',
    seen: (facts) => when(factOf(facts, 'battery-saver')),
    explain: () => 'While it is, apps do not work in the background, and backing up waits.',
    fix: () => 'Switch battery saver off: Settings → Battery → Battery Saver. It can be done from here.',
    probes: ['battery-saver'],
    fixes: ['battery-saver-off', 'charge'],
  }),
  entry({
    code: 'battery-low',
    severity: 'warning',
    title: 'The battery is nearly empty',
    seen: (facts) => {
      const battery = factOf(facts, 'battery');
      return battery !== undefined && !battery.isCharging && battery.percent <= LOW_PERCENT
        ? battery
        : undefined;
    },
    explain: ({ percent }) =>
      `The battery is at ${percent} % and nothing charges it. Google Photos waits until there is more.`,
    fix: () => 'Charge the phone, and leave it on the charger for the night.',
    probes: ['battery'],
    fixes: ['charge'],
  }),
  entry({
    code: 'too-hot',
    severity: 'warning',
    title: 'The phone is too hot',
    seen: (facts) => {
      const celsius = factOf(facts, 'battery')?.celsius;
      const isHot = (factOf(facts, 'heat') ?? 0) >= HOT_STATUS || (celsius ?? 0) >= HOT_CELSIUS;
      return isHot ? { celsius } : undefined;
    },
    explain: ({ celsius }) =>
      `The phone is hot${celsius === undefined ? '' : ` (its battery has ${celsius} °C)`}. Android slows everything down, and Google Photos pauses until it has cooled.`,
    fix: () => 'Take it out of its case and out of the sun, let it cool for half an hour, then look again.',
    probes: ['heat', 'battery'],
    fixes: ['cool-down'],
  }),
];
