import type { Told } from '@holdfast/devices/android';
import { PHOTOS } from '#google-photos.ts';
import type { ChangeOf } from './change.ts';
import type { ChangeEntry } from './change-entry.ts';
import { type PackageState, parsePackageState } from './package-state.ts';
import { ABSENT, told, unrecognised } from './told.ts';
import { PHOTOS_USER } from './user.ts';

const DUMP = ['dumpsys', 'package', PHOTOS] as const;
const FOR_USER = ['--user', PHOTOS_USER, PHOTOS] as const;

/** What the permissions that are set here are for. */
const WHAT: Readonly<Record<string, string>> = {
  READ_MEDIA_IMAGES: 'permission for photos',
  READ_MEDIA_VIDEO: 'permission for videos',
  READ_EXTERNAL_STORAGE: 'permission for photos and videos',
  POST_NOTIFICATIONS: 'permission for notifications',
};

/** Whether the app may do something that is asked for while it runs. */
export const permission: ChangeEntry<ChangeOf<'permission'>> = {
  what: ({ name }) => WHAT[shortName(name)] ?? `permission ${shortName(name)}`,
  says: (value) => value,
  ask: () => DUMP,
  parse: (output, { name }) =>
    inState(output, ({ granted }) => {
      const isGranted = granted.get(name);
      return isGranted === undefined ? undefined : isGranted ? 'granted' : 'denied';
    }),
  set: ({ name }, value) => ['pm', value === 'granted' ? 'grant' : 'revoke', ...FOR_USER, name],
};

/** `PackageManager.COMPONENT_ENABLED_STATE_*`, and the command of `pm` that sets each. */
const ENABLED_STATES: Readonly<Record<string, { readonly says: string; readonly command: string }>> = {
  '0': { says: 'enabled, as it came', command: 'default-state' },
  '1': { says: 'enabled', command: 'enable' },
  '2': { says: 'disabled', command: 'disable' },
  '3': { says: 'disabled by the person', command: 'disable-user' },
  '4': { says: 'disabled until it is used', command: 'disable-until-used' },
};

/** Whether the app is enabled. */
export const enabled: ChangeEntry<ChangeOf<'enabled'>> = {
  what: () => 'Google Photos',
  says: (value) => ENABLED_STATES[value]?.says ?? value,
  ask: () => DUMP,
  parse: (output) => inState(output, ({ values }) => values.get('enabled'), /^[0-4]$/),
  set: (_, value) => {
    const command = ENABLED_STATES[value]?.command;
    return command === undefined ? undefined : ['pm', command, ...FOR_USER];
  },
};

/** Whether the app is hidden, as companies that manage phones do. */
export const hidden: ChangeEntry<ChangeOf<'hidden'>> = {
  ...flag('hidden', ['hidden', 'not hidden']),
  set: (_, value) => ['pm', value === 'true' ? 'hide' : 'unhide', ...FOR_USER],
};

/** Whether the app is suspended, as digital wellbeing does. */
export const suspended: ChangeEntry<ChangeOf<'suspended'>> = {
  ...flag('suspended', ['suspended', 'not suspended']),
  set: (_, value) => ['pm', value === 'true' ? 'suspend' : 'unsuspend', ...FOR_USER],
};

/** Whether the app is there for the person; a system app that is not stays on the phone. */
export const installed: ChangeEntry<ChangeOf<'installed'>> = {
  ...flag('installed', ['installed', 'not installed for this person']),
  set: (_, value) =>
    value === 'true'
      ? ['cmd', 'package', 'install-existing', ...FOR_USER]
      : ['pm', 'uninstall', '-k', ...FOR_USER],
};

function flag(
  name: string,
  [yes, no]: readonly [string, string],
): Pick<ChangeEntry, 'what' | 'says' | 'ask' | 'parse'> {
  return {
    what: () => 'Google Photos',
    says: (value) => (value === 'true' ? yes : no),
    ask: () => DUMP,
    parse: (output) => inState(output, ({ values }) => values.get(name), /^(?:true|false)$/),
  };
}

/** `undefined` from `pick` is a phone that has no such thing. */
function inState(
  output: string,
  pick: (state: PackageState) => string | undefined,
  known = /^\w+$/,
): Told<string> {
  const state = parsePackageState(output);
  if (state.kind !== 'value') return state;
  const value = pick(state.value);
  if (value === undefined) return ABSENT;
  return known.test(value) ? told(value) : unrecognised(value);
}

/** `READ_MEDIA_IMAGES` */
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
