import { factOf } from '../photos-facts.ts';
import { entry, when } from './entry.ts';

/** From here on servers begin to refuse what a phone signs. */
const WRONG_SECONDS = 5 * 60;

/** How long that is, for a person. */
function lasting(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  const [name, size] = units.find(([, each]) => seconds >= 2 * each) ?? ['minute', 60];
  return `${Math.round(seconds / size)} ${name}s`;
}

/** About the clock. */
export const CLOCK_COMPLAINTS = [
  entry({
    code: 'clock-wrong',
    severity: 'blocking',
    title: 'The phone’s clock is wrong',
    seen: (facts) => {
      const clock = factOf(facts, 'clock');
      return clock !== undefined && Math.abs(clock.aheadSeconds) > WRONG_SECONDS ? clock : undefined;
    },
    explain: ({ aheadSeconds }) =>
      `The phone’s clock is ${lasting(Math.abs(aheadSeconds))} ${aheadSeconds > 0 ? 'ahead of' : 'behind'} this computer’s. With a wrong clock, secure connections to Google fail without a word.`,
    fix: ({ isAutomatic }) =>
      isAutomatic === true
        ? 'The network sets it, and wrongly: Settings → System → Date & time → Set time automatically, off and on again. Or restart the phone.'
        : 'Settings → System → Date & time → Set time automatically. It can be done from here.',
    probes: ['clock'],
    fixes: ['automatic-clock', 'restart-phone'],
  }),
  entry({
    code: 'clock-by-hand',
    severity: 'info',
    title: 'The phone’s clock is set by hand',
    seen: (facts) => when(factOf(facts, 'clock')?.isAutomatic === false),
    explain: () => 'The clock is right now, but nothing keeps it right.',
    fix: () => 'Settings → System → Date & time → Set time automatically.',
    hiddenBehind: ['clock-wrong'],
    probes: ['clock'],
    fixes: ['automatic-clock'],
  }),
];
