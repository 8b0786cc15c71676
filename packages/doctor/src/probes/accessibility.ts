import { type Told, told, unrecognised } from '@holdfast/devices/android';

/** Names the services that read the screen for a person, or act for them: TalkBack, a switch, a keeper of passwords. */
export const ACCESSIBILITY_COMMAND = ['settings', 'get', 'secure', 'enabled_accessibility_services'] as const;

const COMPONENT = /^[\w.$]+\/[\w.$]+$/;

/** The services that are on, by the packages they are of; none where none is. */
export function parseAccessibility(output: string): Told<readonly string[]> {
  const text = output.replace(/\r?\n$/, '');
  if (text === output) return unrecognised(output);
  // What was switched off again leaves an empty text, and some phones begin it with a colon.
  const parts = text === 'null' ? [] : text.split(':').filter((part) => part !== '');
  if (!parts.every((part) => COMPONENT.test(part))) return unrecognised(output);
  return told([...new Set(parts.map((part) => part.slice(0, part.indexOf('/'))))]);
}
