import { parseAppOp, type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import { PHOTOS } from '../google-photos.ts';
import { commandProbe } from './command-probe.ts';

/** Modes of AOSP. Makers have others, of which it is not known what they do. */
const MODES = new Set(['allow', 'ignore', 'deny', 'default', 'foreground']);

/** Android 9: from here on one switch is for everything in the background. */
const ANY_IN_BACKGROUND = 28;

/** The operation that the switch for the background is, on a phone of this interface. */
const backgroundOp = (sdk: number | undefined): string =>
  (sdk ?? ANY_IN_BACKGROUND) >= ANY_IN_BACKGROUND ? 'RUN_ANY_IN_BACKGROUND' : 'RUN_IN_BACKGROUND';

/** The mode of an operation, where it is one of AOSP's. */
export function parseBackground(output: string, op: string): Told<string> {
  const mode = parseAppOp(output, op);
  return mode.kind === 'value' && !MODES.has(mode.value) ? unrecognised(output) : mode;
}

/** Whether it may run while nobody looks at it. */
export const backgroundProbe = commandProbe({
  name: 'background',
  title: 'Running in the background',
  commands: ({ facts }) => [['cmd', 'appops', 'get', PHOTOS, backgroundOp(valueOf(facts.sdk))]],
  parse: ([output = ''], { facts }) => parseBackground(output, backgroundOp(valueOf(facts.sdk))),
});

const BUCKETS = new Set([5, 10, 20, 30, 40, 45, 50]);

/** The number that `am get-standby-bucket` prints. */
export function parseStandbyBucket(output: string): Told<number> {
  const number = /^(\d{1,2})\r?\n$/.exec(output)?.[1];
  return number !== undefined && BUCKETS.has(Number(number)) ? told(Number(number)) : unrecognised(output);
}

/** How often Android lets it work. */
export const standbyProbe = commandProbe({
  name: 'standby-bucket',
  title: 'How often Android lets it work',
  commands: () => [['am', 'get-standby-bucket', '--user', '0', PHOTOS]],
  parse: ([output = '']) => parseStandbyBucket(output),
});

const EXEMPT = /^(?:system-excidle|system|user),([\w.]+),\d+$/;

/** Whether the list of `cmd deviceidle whitelist` has the app. */
export function parseExemption(output: string): Told<{ readonly isExempt: boolean }> {
  const lines = output.split(/\r?\n/);
  if (lines.pop() !== '') return unrecognised(output);
  const names = lines.map((line) => EXEMPT.exec(line)?.[1]);
  if (names.includes(PHOTOS)) return told({ isExempt: true });
  return names.includes(undefined) ? unrecognised(output) : told({ isExempt: false });
}

/** Whether it is free of battery optimisation. */
export const optimisationProbe = commandProbe({
  name: 'battery-optimisation',
  title: 'Battery optimisation',
  commands: () => [['cmd', 'deviceidle', 'whitelist']],
  parse: ([output = '']) => parseExemption(output),
  worth: (output) =>
    output
      .split('\n')
      .filter((line) => line.includes(PHOTOS))
      .map((line) => `${line}\n`)
      .join(''),
});
