import { ABSENT, type Told, told, unrecognised } from '@holdfast/devices/android';
import { PHOTOS } from '../google-photos.ts';
import type { StatusFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';
import { statusIn } from './state-words.ts';

const RECORD = /^\s*NotificationRecord\(/;
const HEADING = /^\s*(?:Current Notification Manager state:?|Notification List:)\s*$/m;

/** The app's records in the list of what is shown, each its lines. What was shown before is kept in other lists. */
function recordsOf(output: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let isList = false;
  let record: string[] | undefined;
  for (const line of output.split(/\r?\n/)) {
    // Texts of notifications may have lines of their own, at the edge too.
    const isHeading = /^ {2}[A-Za-z][\w ]*[:=]/.test(line);
    if (isHeading) {
      isList = line.trim() === 'Notification List:';
      record = undefined;
    } else if (RECORD.test(line)) {
      const isOurs = isList && new RegExp(`[ (]pkg=${PHOTOS.replaceAll('.', '\\.')} `).test(line);
      record = isOurs ? [line] : undefined;
      if (record !== undefined) records.push(record);
    } else record?.push(line);
  }
  return records;
}

const EXTRA =
  /^\s*android\.(title|text|subText|infoText|bigText|progress|progressMax|title\.big|summaryText)=(\w+) \((.*)\)$/;

function statusOf(record: readonly string[]): StatusFacts {
  const extras = new Map<string, string>();
  for (const line of record) {
    const [, key, , value] = EXTRA.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !extras.has(key)) extras.set(key, value);
  }
  const texts = ['title', 'title.big', 'text', 'bigText', 'subText', 'infoText', 'summaryText'];
  const [at, of] = [extras.get('progress') ?? '', extras.get('progressMax') ?? ''];
  const hasProgress = /^\d{1,9}$/.test(at) && /^[1-9]\d{0,8}$/.test(of);
  return {
    ...statusIn(texts.flatMap((key) => extras.get(key) ?? [])),
    ...(hasProgress && { progress: { at: Number(at), of: Number(of) } }),
  };
}

/** What the app's notification in `dumpsys notification --noredact` says; the one that says most. */
export function parseNotification(output: string): Told<StatusFacts> {
  if (!HEADING.test(output) || !output.endsWith('\n')) return unrecognised(output);
  const [first, ...others] = recordsOf(output).map(statusOf);
  if (first === undefined) return ABSENT;
  return told(others.reduce((best, each) => (weight(each) > weight(best) ? each : best), first));
}

const weight = ({ state, left, progress }: StatusFacts): number =>
  (state === undefined ? 0 : 4) + (left === undefined ? 0 : 2) + (progress === undefined ? 0 : 1);

/** Of all that is shown on the phone, what is this app's, and of that the parts that are read. */
const oursOf = (output: string): string =>
  recordsOf(output)
    .flatMap((record) => [
      `    NotificationRecord(pkg=${PHOTOS})`,
      ...record.filter((line) => EXTRA.test(line)),
    ])
    .map((line) => `${line}\n`)
    .join('');

/** What the app tells while it works, or why it does not. */
export const notificationProbe = commandProbe({
  name: 'notification',
  title: 'What its notification says',
  commands: () => [['dumpsys', 'notification', '--noredact']],
  parse: ([output = '']) => parseNotification(output),
  worth: oursOf,
});
