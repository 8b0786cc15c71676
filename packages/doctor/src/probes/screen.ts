import { type Told, told, unrecognised } from '@holdfast/devices/android';
import type { ScreenFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';

/** What `dumpsys power` and `dumpsys window policy` say of the screen. */
export function parseScreen(power: string, policy: string): Told<ScreenFacts> {
  const wakefulness = /^\s*mWakefulness=(Awake|Asleep|Dozing|Dreaming)\r?\n/m.exec(power)?.[1];
  const locked =
    /^\s*(?:showing|mIsShowing|isKeyguardShowing)=(true|false)\r?\n/m.exec(policy)?.[1] ??
    /^\s*mShowingLockscreen=(true|false)\r?\n/m.exec(policy)?.[1];
  if (wakefulness === undefined || locked === undefined) return unrecognised(`${power}${policy}`);
  return told({ isOn: wakefulness === 'Awake', isLocked: locked === 'true' });
}

/** Commands by which the screen's state is known. */
export const SCREEN_COMMANDS = [
  ['dumpsys', 'power'],
  ['dumpsys', 'window', 'policy'],
] as const;

/** Whether somebody could look at the screen. */
export const screenProbe = commandProbe({
  name: 'screen',
  title: 'Screen',
  commands: () => SCREEN_COMMANDS,
  parse: ([power = '', policy = '']) => parseScreen(power, policy),
  worth: (output) =>
    `${(output.match(/^\s*(?:mWakefulness|showing|mIsShowing|inputRestricted)=.*$/gm) ?? []).join('\n')}\n`,
});
