import { byteLength } from '../os-path.ts';
import { LONGEST_NAME } from '../reach.ts';

/** The `attempt`th name beside `name`: `photo (restored).jpg`, `photo (restored 2).jpg`, …; cut where names end. */
export function restoredName(name: string, attempt: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const mark = attempt === 1 ? ' (restored)' : ` (restored ${attempt})`;
  // An extension as long as a name is none.
  const ending = byteLength(extension) > LONGEST_NAME / 2 ? mark : mark + extension;
  return cut(stem, LONGEST_NAME - byteLength(ending)) + ending;
}

function cut(text: string, mostBytes: number): string {
  let points = [...text];
  while (byteLength(points.join('')) > mostBytes) points = points.slice(0, -1);
  return points.join('');
}
