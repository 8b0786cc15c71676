import { type Told, told, unrecognised } from '@holdfast/devices/android';

/** Names the services that read the screen for a person, or act for them: TalkBack, a switch, a keeper of passwords. */
export const ACCESSIBILITY_COMMAND = ['settings', 'get', 'secure', 'enabled_accessibility_services'] as const;

/** Says whether a finger reads what it touches before it presses: what screen readers turn on, and other services as a rule do not (Android `Settings.Secure`). */
export const TOUCH_COMMAND = ['settings', 'get', 'secure', 'touch_exploration_enabled'] as const;

const COMPONENT = /^[\w.$]+\/[\w.$]+$/;

/** What readers of the screen are called, by what their components have in their names. */
const READERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^com\.samsung\.android\.app\.talkback\//, 'Voice Assistant'],
  [/talkback/i, 'TalkBack'],
  [/brailleback/i, 'BrailleBack'],
  [/voice_?(?:assistant|view|back)/i, ''],
  [/screen_?reader|talkman/i, ''],
];

/** Other services of packages that have a reader too. */
const NO_READER = /switch_?access|select_?to_?speak|accessibility_?menu|voice_?access/i;

/** The services that are on, by their components; none where none is. */
export function parseAccessibility(output: string): Told<readonly string[]> {
  const text = output.replace(/\r?\n$/, '');
  if (text === output) return unrecognised(output);
  // What was switched off again leaves an empty text, and some phones begin it with a colon.
  const parts = text === 'null' ? [] : text.split(':').filter((part) => part !== '');
  return parts.every((part) => COMPONENT.test(part)) ? told(parts) : unrecognised(output);
}

/** Whether touch is explored; a phone that has no word of it has never done so. */
export function parseTouch(output: string): Told<boolean> {
  const said = /^(null|0|1)\r?\n$/.exec(output)?.[1];
  return said === undefined ? unrecognised(output) : told(said === '1');
}

/**
 * Names of the services that read the screen to somebody: TalkBack, Voice Assistant, a package. Where touch is explored, or nobody knows whether it is, and none is known for a
 * reader, all may be: makers have readers of their own.
 */
export function screenReaders(services: readonly string[], touch: Told<boolean>): readonly string[] {
  const readers = services.flatMap((service) => {
    const [, known] =
      READERS.find(([pattern]) => pattern.test(service) && !NO_READER.test(classOf(service))) ?? [];
    return known === undefined ? [] : [known === '' ? packageOf(service) : known];
  });
  const isExplored = touch.kind !== 'value' || touch.value;
  return [...new Set(readers.length === 0 && isExplored ? services.map(packageOf) : readers)];
}

const packageOf = (service: string): string => service.slice(0, service.indexOf('/'));

/** The last of its names. */
const classOf = (service: string): string => service.slice(service.lastIndexOf('.') + 1);
