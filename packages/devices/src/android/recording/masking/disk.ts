import { maskText } from './mask-text.ts';
import type { Names } from './names.ts';

const ROW = /^(.*?)(\s+)(\d+)(\s+)(\d+)(\s+)(\d+)(\s+\d{1,3}%\s+)(\/.*)$/s;
const HEADING = /^Filesystem\s+[\w%-]+(?:\s+[\w%-]+)*\s+Mounted on\r?$/;

/** No row is longer; searching in one that is could take long. */
const MOST_CHARACTERS = 4096;

/** The number with its first digit, and noughts for the others: as long as it was. */
const roughly = (digits: string): string => digits.charAt(0) + '0'.repeat(digits.length - 1);

/** What `df` printed: sizes roughly, names of what is mounted by their stand-ins. */
export function maskDisk(text: string, names: Names): string {
  return text
    .split('\n')
    .map((line) => {
      if (HEADING.test(line)) return line;
      const row = line.length > MOST_CHARACTERS ? null : ROW.exec(line);
      if (row === null) return maskText(line);
      const [, name = '', a = '', total = '', b = '', used = '', c = '', free = '', d = '', mount = ''] = row;
      return (
        names.path(name) + a + roughly(total) + b + roughly(used) + c + roughly(free) + d + names.path(mount)
      );
    })
    .join('\n');
}
