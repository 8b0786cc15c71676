import { RECORD } from '#arguments/shared.ts';
import type { CommandTable } from '#arguments/table.ts';

const options = { record: RECORD } as const;

/** Options of `devices`. */
export type DevicesGiven = typeof options;

/** `holdfast devices`. */
export const devices: CommandTable<DevicesGiven> = {
  name: 'devices',
  group: 'Back up and restore',
  purpose: 'List the phones in sight: by cable, over Wi-Fi, and on this computer.',
  details: [
    'A phone is in sight when an adb server on this computer has it, when it was paired and is in the same Wi-Fi, or when it listens on this computer, as emulators and "npm run phone" do (ports 5555, 5557, … 5585). With HOLDFAST_PHONES ("HOST:PORT", several with commas) those addresses are tried instead of these ports. One that cannot be used yet is listed with what to do on it.',
    'To let a phone be seen by cable: on the phone, in Settings, About phone, tap "Build number" seven times; then, in Developer options, switch on "USB debugging"; plug it in, and accept the question it asks. The adb server comes with Debian\'s package "adb": "adb start-server".',
    'Over Wi-Fi, without adb: "holdfast help pair".',
  ],
  positionals: [],
  options,
  examples: [
    { line: 'holdfast devices', does: 'List the phones in sight.' },
    { line: 'holdfast devices --json', does: 'The same, for a program.' },
    { line: 'holdfast devices --record phone.jsonl', does: 'Write down, masked, what the phones say.' },
  ],
  exits: {
    0: undefined,
    1: undefined,
    2: undefined,
    3: 'A phone is in sight that cannot be used yet.',
    130: undefined,
  },
  load: () => import('./run.ts'),
};
