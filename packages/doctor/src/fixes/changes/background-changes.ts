import { PHOTOS } from '#google-photos.ts';
import type { ChangeOf } from './change.ts';
import type { ChangeEntry } from './change-entry.ts';
import { ABSENT, told, unrecognised } from './told.ts';

/** Nothing was ever set for the app, and this is what the operation does then. */
const UNSET = 'default';

/** What the operations that are set here are to a person. */
const WHAT: Readonly<Record<string, string>> = {
  RUN_ANY_IN_BACKGROUND: 'running in the background',
  RUN_IN_BACKGROUND: 'running in the background',
  READ_MEDIA_IMAGES: 'the switch behind the permission for photos',
  READ_MEDIA_VIDEO: 'the switch behind the permission for videos',
  READ_EXTERNAL_STORAGE: 'the switch behind the permission for photos and videos',
  POST_NOTIFICATION: 'notifications',
};

const MODES: Readonly<Record<string, string>> = {
  allow: 'allowed',
  ignore: 'forbidden',
  deny: 'forbidden',
  ask: 'asked about each time',
  [UNSET]: 'not set',
};

/**
 * The mode of an operation, of the package alone: `cmd appops set` changes that, and what is set for all packages of a user id
 * (`Uid mode: `) is not touched. Setting the mode that is the default anyway may leave no entry at all (AOSP `AppOpsService`).
 */
export const appOp: ChangeEntry<ChangeOf<'app-op'>> = {
  what: ({ op }) => WHAT[op] ?? `operation ${op}`,
  says(value) {
    const [own = '', other] = value.split(':');
    return other === undefined ? (MODES[own] ?? own) : `${MODES[own] ?? own}, so ${MODES[other] ?? other}`;
  },
  ask: ({ op }) => ['cmd', 'appops', 'get', PHOTOS, op],
  parse(output, { op }) {
    const own = new RegExp(`^\\s*${op}: ([\\w-]+)`, 'm').exec(output)?.[1];
    if (own !== undefined) return told(own);
    const unset = /^\s*Default mode: ([\w-]+)/m.exec(output)?.[1];
    if (unset !== undefined) return told(`${UNSET}:${unset}`);
    const isNone = /^No operations\./m.test(output) || new RegExp(`^\\s*Uid mode: ${op}: `, 'm').test(output);
    return isNone ? told(UNSET) : unrecognised(output);
  },
  set: ({ op }, value) => ['cmd', 'appops', 'set', PHOTOS, op, value.startsWith(UNSET) ? UNSET : value],
  isSame: (now, wanted) =>
    now === wanted ||
    now === `${UNSET}:${wanted}` ||
    wanted === `${UNSET}:${now}` ||
    (now.startsWith(UNSET) && wanted.startsWith(UNSET)),
};

/** `UsageStatsManager.STANDBY_BUCKET_*`, with the words of `am set-standby-bucket`. Nobody but Android puts an app in 5. */
const BUCKETS: Readonly<Record<string, { readonly says: string; readonly word?: string }>> = {
  '5': { says: 'exempted' },
  '10': { says: 'active', word: 'active' },
  '20': { says: 'working set', word: 'working_set' },
  '30': { says: 'frequent', word: 'frequent' },
  '40': { says: 'rare', word: 'rare' },
  '45': { says: 'restricted', word: 'restricted' },
  '50': { says: 'never', word: 'never' },
};

/** How often the app may run in the background, by how often it is used. */
export const standbyBucket: ChangeEntry<ChangeOf<'standby-bucket'>> = {
  what: () => 'standby bucket',
  says: (value) => BUCKETS[value]?.says ?? value,
  ask: () => ['am', 'get-standby-bucket', PHOTOS],
  parse(output) {
    const text = output.trim();
    return BUCKETS[text] === undefined ? unrecognised(output) : told(text);
  },
  set(_, value) {
    const word = BUCKETS[value]?.word;
    return word === undefined ? undefined : ['am', 'set-standby-bucket', PHOTOS, word];
  },
};

/** Whether the app is on the list of those that battery optimisation leaves alone. */
export const idleExemption: ChangeEntry<ChangeOf<'idle-exemption'>> = {
  what: () => 'battery optimisation',
  says: (value) => (value === 'optimised' ? 'on' : value === 'exempt' ? 'off' : 'off, as it came'),
  ask: () => ['cmd', 'deviceidle', 'whitelist'],
  parse(output) {
    const rows = output.matchAll(/^(system-excidle|system|user),([\w.]+),\d+\r?$/gm).toArray();
    if (rows.length === 0) return output.trim() === '' ? ABSENT : unrecognised(output);
    const own = rows.filter(([, , name]) => name === PHOTOS).map(([, list]) => list);
    return told(own.includes('user') ? 'exempt' : own.includes('system') ? 'exempt-by-system' : 'optimised');
  },
  set(_, value) {
    if (value === 'exempt-by-system') return undefined;
    return ['cmd', 'deviceidle', 'whitelist', `${value === 'exempt' ? '+' : '-'}${PHOTOS}`];
  },
};
