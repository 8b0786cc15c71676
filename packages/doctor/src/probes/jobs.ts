import { type Told, told, unrecognised } from '@holdfast/devices/android';
import { PHOTOS } from '../google-photos.ts';
import type { PhotosJob } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';

const JOB = /^ *JOB (?:@\S+@)?#?(?:u\d+a\d+|\d+)\/(?:\S+:)?(-?\d+): (?:\S+ )+?([\w.]+)\/([\w.$]+)$/;
const UNSATISFIED = /^ *Unsatisfied constraints:(.*)$/;

/**
 * The app's jobs in `dumpsys jobscheduler PACKAGE` (AOSP `JobStatus.java`), each with what it still waits for. One that does not say
 * leaves all of it not understood: it may be the one that matters.
 */
export function parseJobs(output: string): Told<readonly PhotosJob[]> {
  const lines = output.split(/\r?\n/);
  if (lines.pop() !== '') return unrecognised(output);
  const jobs: (Omit<PhotosJob, 'unsatisfied'> & { unsatisfied?: readonly string[] })[] = [];
  let isOurs = false;
  for (const line of lines) {
    if (/^ *JOB /.test(line)) {
      const [, id, name, service] = JOB.exec(line) ?? [];
      isOurs = name === PHOTOS;
      if (isOurs && id !== undefined && service !== undefined) jobs.push({ id, service });
      else if (name === undefined && line.includes(PHOTOS)) return unrecognised(output);
      continue;
    }
    const words = isOurs ? UNSATISFIED.exec(line)?.[1] : undefined;
    const last = jobs.at(-1);
    if (words !== undefined && last !== undefined) last.unsatisfied ??= words.match(/[A-Z_]{3,}/g) ?? [];
  }
  if (jobs.length === 0 && !/^ *(?:Registered \d+ jobs:|None\.)/m.test(output)) return unrecognised(output);
  const whole = jobs.flatMap(({ unsatisfied, ...job }) => (unsatisfied ? [{ ...job, unsatisfied }] : []));
  return whole.length === jobs.length ? told(whole) : unrecognised(output);
}

/** Work that waits, and for what. */
export const jobsProbe = commandProbe({
  name: 'jobs',
  title: 'Work it has waiting',
  commands: () => [['dumpsys', 'jobscheduler', PHOTOS]],
  parse: ([output = '']) => parseJobs(output),
  worth: (output) =>
    output
      .split('\n')
      .filter((line) => /^ *(?:JOB |Required|Satisfied|Unsatisfied|Ready|Registered)/.test(line))
      .join('\n'),
});
