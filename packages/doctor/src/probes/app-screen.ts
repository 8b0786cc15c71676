import { ABSENT, outputOf, type Told, told, unrecognised } from '@holdfast/devices/android';
import { refused } from '../asked.ts';
import { PHOTOS } from '../google-photos.ts';
import type { AppScreenFacts } from '../photos-facts.ts';
import {
  ACCESSIBILITY_COMMAND,
  parseAccessibility,
  parseTouch,
  screenReaders,
  TOUCH_COMMAND,
} from './accessibility.ts';
import { refusalIn } from './command-probe.ts';
import type { Probe } from './probe.ts';
import { parseScreen, SCREEN_COMMANDS } from './screen.ts';
import { screenNodes } from './screen-nodes.ts';
import { statusIn } from './state-words.ts';

/** Ids of the texts that say the state. Ids are the same in all languages. */
const STATUS = ['photos_autobackup_particle_status_title', 'photos_autobackup_particle_status_description'];

/** The picture of the account, whose description may carry the state. */
const ACCOUNT = 'selected_account_disc';

const BACKUP = /^(?:back[ -]?up|sicherung)$/i;

/** What the app's screen says by the ids of what is on it; absent where another app is in front. */
export function parseAppScreen(xml: string): Told<AppScreenFacts> {
  const nodes = screenNodes(xml);
  if (nodes === undefined) return unrecognised(xml);
  const ours = nodes.filter((node) => node.package === PHOTOS);
  if (ours.length === 0) return ABSENT;
  const said = ours.filter(({ id }) => STATUS.includes(id)).map(({ text }) => text);
  const described = ours.filter(({ id }) => id === ACCOUNT).map(({ description }) => description);
  const status = statusIn(said.length > 0 ? said : described);
  let title = '';
  let isBackupOn: boolean | undefined;
  const foldersOff: string[] = [];
  for (const { id, text, isChecked } of ours) {
    if (id === 'title') title = text;
    if (id !== 'switchWidget') continue;
    if (BACKUP.test(title.trim())) isBackupOn ??= isChecked;
    else if (!isChecked && title !== '') foldersOff.push(title);
    title = '';
  }
  const isOff = isBackupOn === false && status.state === undefined;
  return told({
    ...status,
    ...(isOff && { state: 'backup-off' as const }),
    ...(isBackupOn !== undefined && { isBackupOn }),
    foldersOff,
  });
}

/** Where the phone writes what is on its screen; taken away again. */
const FILE = '/data/local/tmp/holdfast-screen.xml';

const DUMP = ['uiautomator', 'dump', FILE];
const READ = ['cat', FILE];
const REMOVE = ['rm', '-f', FILE];

/** Reading takes the one connection such services work by: Android suspends them meanwhile (AOSP `UiAutomation`). */
const INTERRUPTS = 'While it is read, Android stops accessibility services for a moment, and this one is on:';
const INTERRUPTS_SOME =
  'While it is read, Android stops accessibility services for a moment, and these are on:';

const BY_HAND = 'Look at the status in Google Photos: tap your picture at the top right.';

/** What the app shows, where it is in front of somebody: nothing is opened and nothing is touched. */
export const appScreenProbe: Probe<'app-screen'> = {
  name: 'app-screen',
  title: 'What its screen shows',
  asked: () => [ACCESSIBILITY_COMMAND, TOUCH_COMMAND, DUMP, READ, REMOVE],
  async ask({ transport }, { clock, signal, mayInterrupt = false }) {
    const run = (words: readonly string[]): ReturnType<typeof outputOf> =>
      outputOf(transport, words, { clock }, signal);
    const [power, policy] = [await run(SCREEN_COMMANDS[0]), await run(SCREEN_COMMANDS[1])];
    const screen = parseScreen(power.stdout, policy.stdout);
    if (screen.kind !== 'value')
      return { told: refused('It is not known whether the screen is on.'), raw: '' };
    if (!screen.value.isOn || screen.value.isLocked)
      return {
        told: refused('The screen is off or locked: unlock the phone and open Google Photos.'),
        raw: '',
      };
    if (!mayInterrupt) {
      const named = await run(ACCESSIBILITY_COMMAND);
      const touch = await run(TOUCH_COMMAND);
      const services = parseAccessibility(named.stdout);
      const raw = [named, touch].map(({ stdout, stderr }) => `${stdout}${stderr}`).join('');
      const leave = (why: string) => ({ told: { ...refused(why), isForSomebody: true as const }, raw });
      if (services.kind !== 'value')
        return leave(`It is not known whether reading it would stop TalkBack or the like. ${BY_HAND}`);
      const readers = screenReaders(services.value, parseTouch(touch.stdout));
      if (readers.length > 0)
        return leave(
          `${readers.length === 1 ? INTERRUPTS : INTERRUPTS_SOME} ${readers.join(', ')}. ${BY_HAND}`,
        );
    }
    try {
      const dump = await run(DUMP);
      const refusal = refusalIn([dump]);
      if (refusal !== undefined) return { told: refusal, raw: dump.stderr };
      const said = `${dump.stdout}${dump.stderr}`;
      // What is there then is of another time.
      if (!said.includes('dumped to')) return { told: unrecognised(said), raw: said };
      const read = await run(READ);
      const raw = read.stdout === '' ? `${dump.stdout}${dump.stderr}${read.stderr}` : shown(read.stdout);
      return { told: parseAppScreen(read.stdout), raw };
    } finally {
      // Also where it was stopped: the file is ours to take away.
      await outputOf(transport, REMOVE, { clock }).catch(() => undefined);
    }
  },
};

/** Ids and the app's own words for its state: other texts on the screen are the person's. */
const shown = (xml: string): string =>
  (screenNodes(xml) ?? [])
    .filter((node) => node.package === PHOTOS && node.id !== '')
    .map(({ id, text, isChecked }) =>
      STATUS.includes(id)
        ? `${id}: ${text}`
        : id === 'switchWidget'
          ? `${id}: ${isChecked ? 'on' : 'off'}`
          : id,
    )
    .join('\n')
    .slice(0, 3000);
